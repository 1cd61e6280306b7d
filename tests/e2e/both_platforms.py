"""Either platform's peer behind a line that breaks: a publisher, how it refuses, and what readers saw."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from telegram import Bot
from telegram.request import HTTPXRequest

from adapters.slack import SlackPublisher, open_client
from adapters.slack.workspaces import OneWorkspace
from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import Keyboards
from bot.model import Chat, Platform
from bot.ports.platforms import Publisher
from tests.e2e.broken_line import Line, Says, line_to
from tests.e2e.slack_peer import BOT_TOKEN, CHANNEL, TEAM, workspace
from tests.e2e.telegram_chats import TOKEN, chats_of
from tests.fakes.platforms import FakeButtons

OTHER_CHANNEL = "C0OTHER"
READ_SECONDS = 3.0  #: for an answer, so that a test need not wait long for one that never comes


@dataclass(frozen=True)
class Refusals:
    """How a platform says no."""

    wait: Callable[[int], Says]  #: so many seconds
    broken: Says
    closed: Says
    wrong: Says  #: this message, as it is
    markup: Says


def _telegram(code: int, description: str, **parameters: int) -> Says:
    body = {"ok": False, "error_code": code, "description": description}
    return Says(code, body | ({"parameters": parameters} if parameters else {}))


def _slack(error: str, status: int = 200, **headers: str) -> Says:
    return Says(status, {"ok": False, "error": error}, headers)


REFUSALS = {
    Platform.TELEGRAM: Refusals(
        wait=lambda s: _telegram(429, f"Too Many Requests: retry after {s}", retry_after=s),
        broken=_telegram(502, "Bad Gateway"),
        closed=_telegram(403, "Forbidden: bot was blocked by the user"),
        wrong=_telegram(400, "Bad Request: message is too long"),
        markup=_telegram(400, "Bad Request: can't parse entities: unsupported start tag"),
    ),
    Platform.SLACK: Refusals(
        wait=lambda s: _slack("ratelimited", 429, **{"Retry-After": str(s)}),
        broken=_slack("", 502),
        closed=_slack("is_archived"),
        wrong=_slack("msg_too_long"),
        markup=_slack("invalid_blocks"),
    ),
}
MOVED = _telegram(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)


@dataclass(frozen=True)
class Peer:
    """A platform that nothing has happened in yet."""

    platform: Platform
    line: Line
    publisher: Publisher
    seen: Callable[[], Awaitable[Sequence[str]]]  #: what arrived, in order
    says: Refusals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "says", REFUSALS[self.platform])

    @property
    def chat(self) -> Chat:
        if self.platform is Platform.TELEGRAM:
            return Chat(self.platform, "42")
        return Chat(self.platform, CHANNEL, workspace=TEAM)

    @property
    def other(self) -> Chat:
        return replace(self.chat, id="43" if self.platform is Platform.TELEGRAM else OTHER_CHANNEL)


async def at_once(_: float) -> None:
    """Wait no time."""


@asynccontextmanager
async def publisher_of(platform: Platform, port: int) -> AsyncIterator[Publisher]:
    """Our publisher, whose platform is at a port of ours and answers soon or never."""
    if platform is Platform.TELEGRAM:
        request = HTTPXRequest(connection_pool_size=8, read_timeout=READ_SECONDS, connect_timeout=1)
        async with Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request) as bot:
            yield TelegramPublisher(bot, Keyboards(FakeButtons()), sleep=at_once)
    else:
        async with open_client(BOT_TOKEN, f"http://127.0.0.1:{port}/api/") as client:
            yield SlackPublisher(OneWorkspace(client), pause=at_once)


@asynccontextmanager
async def telegram_peer(url: str) -> AsyncIterator[Peer]:
    """Telegram, whose process is at `url`."""
    async with chats_of(url) as chats, line_to(urlsplit(url).port or 0) as line:

        async def seen() -> list[str]:
            return await chats.texts(0)

        async with publisher_of(Platform.TELEGRAM, line.port) as publisher:
            yield Peer(Platform.TELEGRAM, line, publisher, seen)


@asynccontextmanager
async def slack_peer() -> AsyncIterator[Peer]:
    """A Slack workspace of its own."""
    async with workspace(more=[OTHER_CHANNEL]) as slack, line_to(urlsplit(slack.url).port or 0) as line:

        async def seen() -> list[str]:
            posts = [await slack.posts(channel) for channel in (CHANNEL, OTHER_CHANNEL)]
            return [str(post["text"]) for channel in posts for post in channel]

        async with publisher_of(Platform.SLACK, line.port) as publisher:
            yield Peer(Platform.SLACK, line, publisher, seen)
