"""A correction and a kill reach what was sent, over real sockets: stored, owed, edited and answered."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.corrections import amend
from bot.deliver import Post, serve
from bot.message import Message, Style, paragraph
from bot.model import Change, Chat, Platform, Status, Subscription, Wants
from bot.pace import Pace
from bot.plan import plan
from bot.ports.platforms import Publisher
from config.words import load_words
from storage.database import Database
from tests.builders import NOON, agreement
from tests.e2e.both_platforms import at_once, publisher_of
from tests.e2e.slack_peer import CHANNEL, TEAM, workspace
from tests.e2e.telegram_chats import chats_of, telegram
from tests.storage.contract.given import DAY, HOUR, Stores, holding
from tests.storage.stored import stores_of

pytestmark = pytest.mark.peers

WORDS = load_words(latin=True)
SIXTY, FIFTY = "إيفاد 60 طبيباً إلى القاهرة", "إيفاد 50 طبيباً إلى القاهرة"
BRIDGE = "بناء جسر فوق النهر"


@dataclass(frozen=True)
class Readers:
    """A chat on a platform: how we send to it, and what its readers see."""

    chat: Chat
    publisher: Publisher
    stands: Callable[[], Awaitable[str]]  #: the bulletin's words now
    answers: Callable[[], Awaitable[list[str]]]  #: what stands under it


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@asynccontextmanager
async def in_telegram(url: str) -> AsyncIterator[Readers]:
    port = urlsplit(url).port or 0
    async with chats_of(url) as chats, publisher_of(Platform.TELEGRAM, port) as publisher:

        async def stands() -> str:
            written = await chats.calls("sendMessage") + await chats.calls("editMessageText")
            return str([call["text"] for call in written if not call["fields"].get("reply_parameters")][-1])

        async def answers() -> list[str]:
            under = [
                (json.loads(asked), call["text"])
                for call in await chats.calls("sendMessage")
                if (asked := call["fields"].get("reply_parameters"))
            ]
            assert len({asked["message_id"] for asked, _ in under}) <= 1
            return [text for _, text in under]

        yield Readers(Chat(Platform.TELEGRAM, "42"), publisher, stands, answers)


@asynccontextmanager
async def in_slack(_: str) -> AsyncIterator[Readers]:
    async with workspace() as slack:
        port = urlsplit(slack.url).port or 0
        async with publisher_of(Platform.SLACK, port) as publisher:

            async def stands() -> str:
                return str((await slack.posts())[0]["text"])

            async def answers() -> list[str]:
                first, *under = await slack.posts()
                assert {post["thread_ts"] for post in under} <= {first["ts"]}
                return [post["text"] for post in under]

            yield Readers(Chat(Platform.SLACK, CHANNEL, workspace=TEAM), publisher, stands, answers)


@dataclass
class Newsroom:
    """Stores on SQLite, and one reader's chat."""

    stores: Stores
    readers: Readers
    now: dt.datetime = NOON

    async def save(self, *phrases: str, says: Change | None = None) -> None:
        story, found = holding(*(agreement(phrase) for phrase in phrases), fetched=self.now)
        await self.stores.stories.save(replace(story, says=says), found)

    async def tick(self) -> None:
        """What the clock and the worker do, an hour later."""
        self.now += HOUR
        stores, at = self.stores, self.now
        await amend(at, stories=stores.stories, editions=stores.editions, words=WORDS)
        await plan(
            at,
            stories=stores.stories,
            subscriptions=stores.subscriptions,
            editions=stores.editions,
            outbox=stores.outbox,
            words=WORDS,
        )
        platform = self.readers.chat.platform
        post = Post(
            outbox=stores.outbox,
            subscriptions=stores.subscriptions,
            publishers={platform: self.readers.publisher},
            paces={platform: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
            holder="worker",
            clock=lambda: at,
            sleep=at_once,
            tell=lambda outcome: ended.append(outcome.status),
            notice=lambda *_: Message((paragraph(Style.TEXT, "…"),)),
        )
        ended: list[Status] = []
        await serve(post, self.readers.chat)
        assert set(ended) <= {Status.SENT}


@pytest.mark.parametrize("platform", [in_telegram, in_slack])
async def test_a_correction_and_a_kill_reach_what_was_sent(
    platform: Callable[[str], AbstractAsyncContextManager[Readers]], telegram_url: str, tmp_path: Path
) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    await database.migrate()
    async with platform(telegram_url) as readers:
        room = Newsroom(stores_of(database), readers)
        wants = Wants((), "UTC", "ar")
        await room.stores.subscriptions.subscribe(Subscription(0, readers.chat, wants, since=NOON - DAY))
        await room.save(SIXTY, BRIDGE)
        await room.tick()
        assert SIXTY in await readers.stands()
        await room.save(FIFTY, BRIDGE, says=Change.CORRECTION)
        await room.tick()
        assert f"تصحيح: {FIFTY}" in await readers.stands()
        assert SIXTY not in await readers.stands()
        (notice,) = await readers.answers()
        assert SIXTY in notice
        assert FIFTY in notice
        await room.tick()
        await room.save(says=Change.KILL)
        await room.tick()
        assert "وكالة: سُحب بندان كانا هنا." in await readers.stands()
        assert BRIDGE not in await readers.stands()
        assert len(await readers.answers()) == 2
        await room.tick()
        assert len(await readers.answers()) == 2
    await database.close()
