"""What people do in Telegram, and what they see: a client of the peer's process."""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import ClientSession

from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Chat, Platform
from tests.e2e.serving import free_port
from tests.e2e.telegram_peer import ADMINISTRATOR
from tests.e2e.waiting import until

Json = dict[str, Any]

TOKEN = "7:test-token"
READER, ADMIN = 42, 11
START = 20.0  #: seconds the process has to start
PRIVATE: Json = {"id": READER, "type": "private", "first_name": "Amal"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "News", "is_forum": True}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "Wire"}

NEWS = Chat(Platform.TELEGRAM, str(CHANNEL["id"]))
DIGEST = Message(
    (
        paragraph(Style.HEADING, "🤝 الصين والولايات المتحدة — بكين"),
        paragraph(Style.BULLET, "تعزيز التعاون في <G20> & COVID-19"),
        paragraph(Style.BULLET, "5G: استقبال الطلبة من كلا البلدين"),
        paragraph(Style.QUOTE, "«اتفق الجانبان على استقبال الطلبة»"),
        Paragraph(Style.NOTE, (Run("المصدر: "), Run("الوكالة", url="https://example.test/a?b=1&c=2"))),
        Paragraph(Style.NOTE, (Run("لموضوع بعينه: "), Run("/topics ai", code=True))),
    ),
    ((Button("🗂 المواضيع", "/topics"), Button("نص الخبر", "/source 2")),),
)


class Chats:
    """The methods are what people do; `texts` is what they read."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._numbers = itertools.count(100)
        self.url = url
        self.base_url = f"{url}/bot"

    async def write(self, text: str, *, chat: Json = PRIVATE, user: int = READER, **more: Any) -> None:
        """Send a message, or in a channel post it."""
        message = {"message_id": next(self._numbers), "date": 1, "chat": chat, "text": text, **more}
        if chat["type"] == "channel":
            await self.update(channel_post={**message, "sender_chat": chat})
        else:
            await self.update(message={**message, "from": person(user)})

    async def press(self, command: str, *, chat: Json = PRIVATE, user: int = READER) -> None:
        """Press a button under a message of the bot's."""
        message = {"message_id": next(self._numbers), "date": 1, "chat": chat, "text": "…"}
        query = {"id": "9", "from": person(user), "chat_instance": "1", "data": command, "message": message}
        await self.update(callback_query=query)

    async def member(self, chat: Json, old: str, new: str, *, user: int = ADMIN) -> None:
        """Make the bot something else in a chat: "member", "left", "kicked", "administrator"."""
        change = {"chat": chat, "from": person(user), "date": 1}
        await self.update(
            my_chat_member={**change, "old_chat_member": _bot(old), "new_chat_member": _bot(new)}
        )

    async def types(self, typed: str, *, offset: str = "", user: int = READER) -> None:
        """Type the bot's name and something after it."""
        await self.update(inline_query={"id": "5", "from": person(user), "query": typed, "offset": offset})

    async def inline(self, typed: str, *, offset: str = "", user: int = READER) -> list[Json]:
        """Do that, and return what is offered."""
        before = len(await self.calls("answerInlineQuery"))
        await self.types(typed, offset=offset, user=user)
        call = (await self.called("answerInlineQuery", before + 1))[before]
        offered: list[Json] = json.loads(call["fields"]["results"])
        return offered

    async def update(self, **update: Any) -> None:
        """Queue an update for the bot, and push it where there is a webhook."""
        await self._post("/__fixture/updates", {"token": TOKEN, "update": update})
        await self._post("/__fixture/deliver", {"token": TOKEN})

    async def fail(self, method: str, code: int, description: str, **more: Any) -> None:
        """Let one call fail."""
        await self._post(
            "/__peer/faults", {"method": method, "code": code, "description": description, **more}
        )

    async def calls(self, method: str) -> list[Json]:
        """What the bot called so far; each call has passed the judges."""
        async with self._session.get(f"{self.url}/__peer/calls") as answer:
            calls = [call for call in await answer.json() if call["method"] == method]
        judged = [(call["method"], call["judged"]) for call in calls if call["judged"]]
        assert judged == []
        return calls

    async def called(self, method: str, count: int = 1) -> list[Json]:
        """Wait until the bot has called a method so often."""
        return await until(lambda: self.calls(method), lambda calls: len(calls) >= count)

    async def texts(self, count: int = 1) -> list[str]:
        """Wait for so many messages that arrived; return what readers see, in order."""

        async def arrived() -> list[str]:
            return [call["text"] for call in await self.calls("sendMessage") if call["status"] == 200]

        return await until(arrived, lambda texts: len(texts) >= count)

    async def _post(self, path: str, body: Json) -> None:
        async with self._session.post(self.url + path, json=body) as answer:
            assert answer.status == 200, await answer.text()


def _bot(status: str) -> Json:
    me = {"id": 7, "is_bot": True, "first_name": "Mujaz", "username": "mujaz_bot"}
    rights = dict.fromkeys(ADMINISTRATOR, True) if status == "administrator" else {}
    return {"status": status, "user": me, **rights, **({"until_date": 0} if status == "kicked" else {})}


def person(user: int) -> Json:
    """A user who reads Arabic."""
    return {"id": user, "is_bot": False, "first_name": "Amal", "language_code": "ar"}


@contextmanager
def telegram() -> Iterator[str]:
    """Run Telegram in its own process; yield its address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.e2e.telegram_peer", str(port)])  # noqa: S603 - our own peer
    try:
        deadline = time.monotonic() + START
        while not _listens(port):
            assert time.monotonic() < deadline, "the peer did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@asynccontextmanager
async def chats_of(url: str) -> AsyncIterator[Chats]:
    """Give a Telegram in which nothing has happened yet."""
    async with ClientSession() as session:
        async with session.post(f"{url}/__peer/reset") as answer:
            assert answer.status == 200
        yield Chats(session, url)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
