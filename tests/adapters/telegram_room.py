"""A Telegram chat with our handlers in it, made of PTB's own objects and no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext

from adapters.telegram import TelegramPublisher
from adapters.telegram.handlers import Handlers
from adapters.telegram.keyboard import Keyboards
from adapters.telegram.pace import Pace, Quota
from adapters.telegram.replies import Replies
from adapters.telegram.rights import Rights
from bot.message import Button, Card, Message, Style, paragraph
from bot.model import Request
from config.words import load_words
from tests.adapters.telegram_fakes import USER, Json, Outcome, Wire
from tests.fakes.platforms import FakeButtons

PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Amal"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "News"}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "Wire"}
WORDS = load_words()
TABLE = WORDS["ar"].table
MEMBER: Outcome = (200, {"ok": True, "result": {"status": "member", "user": USER}})


@dataclass
class Room:
    """The handlers with one wire; `asked` is what reached the core."""

    wire: Wire
    fail: Exception | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    card: Card | None = None
    asked: list[Request] = field(default_factory=list)
    kept: FakeButtons = field(default_factory=FakeButtons)
    rights: Rights = field(default_factory=Rights)
    quota: Quota = field(default_factory=Quota)

    async def answer(self, request: Request) -> Message:
        self.asked.append(request)
        if self.fail:
            raise self.fail
        return Message((paragraph(Style.TEXT, "جواب " * 60),), self.buttons, request.locale, self.card)

    async def get(self, update: Json) -> None:
        """Do as PTB does: run the handler, and the error handler if that fails."""
        app = ApplicationBuilder().bot(self.wire.bot()).build()
        bot = app.bot
        await bot.initialize()
        given = Update.de_json({"update_id": 1, **update}, bot)
        context: Any = CallbackContext.from_update(given, app)
        keyboards = Keyboards(self.kept)
        replies = Replies(TelegramPublisher(bot, keyboards), WORDS, Pace())
        handlers = Handlers(self.answer, replies, keyboards, rights=self.rights, quota=self.quota)
        handle: Callable[..., Any] = handlers.on_press if given.callback_query else handlers.on_text
        try:
            await handle(given, context)
        except Exception as error:  # noqa: BLE001 - as PTB does
            context.error = error
            with capture_logs():
                await handlers.on_error(given, context)

    def said(self, method: str = "sendMessage") -> list[Json]:
        return [call for name, call in self.wire.calls if name == method]


def written(text: str, chat: Json = PRIVATE, **more: Any) -> Json:
    kind = "channel_post" if chat["type"] == "channel" else "message"
    sender = {} if chat["type"] == "channel" else {"from": USER}
    return {kind: {"message_id": 1, "date": 1, "chat": chat, "text": text, **sender, **more}}


def pressed(command: str, chat: Json = PRIVATE, **message: Any) -> Json:
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "x", **message}
    query = {"id": "9", "from": USER, "chat_instance": "1", "data": command, "message": message}
    return {"callback_query": query}
