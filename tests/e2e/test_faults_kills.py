"""Two workers, 500 deliveries on two platforms, and forty kills at random moments."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status
from bot.ports.outbox import Owed
from storage.database import Database
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from storage.tables.outbox import DeliveryRow
from tests.builders import NOON
from tests.e2e.broken_line import line_to
from tests.e2e.fault_rig import subscribe_all
from tests.e2e.fault_worker import context, kill, work
from tests.e2e.slack_peer import TEAM, SlackPeer, workspace
from tests.e2e.telegram_chats import Chats, chats_of, telegram

pytestmark = pytest.mark.peers

CHATS, KILLS = 125, 40  #: chats on each platform, each owed two digests
CHANNELS = [f"C1{n:03}" for n in range(CHATS)]
RATE = 8.0  #: sends a second on each platform by both workers, so that the kills come while there is work
LIFTED = 200.0  #: of those that nobody kills any more
LONGEST = 90.0  #: seconds until all has ended after the last kill
_NAME = re.compile(r"\w+/\d")


@dataclass(frozen=True)
class Desk:
    """Both peers, our database, and where a worker finds them."""

    chats: Chats
    slack: SlackPeer
    database: Database
    ports: dict[Platform, int]

    async def seen(self) -> Counter[str]:
        """How often each digest arrived, on either platform."""
        posts = [str(post["text"]) for channel in CHANNELS for post in await self.slack.posts(channel)]
        found = (_NAME.search(text) for text in [*await self.chats.texts(0), *posts])
        return Counter(name[0] for name in found if name)

    async def tries(self) -> int:
        async with self.database.read() as session:
            return await session.scalar(select(func.sum(DeliveryRow.attempts))) or 0

    async def stands(self) -> dict[str, Status]:
        """Each digest, and where it stands."""
        entries = await Outbox(self.database).entries(tuple(Status), 9999)
        return {f"{entry.chat.id}/{entry.slot}": entry.status for entry in entries}


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@asynccontextmanager
async def desk_at(telegram_url: str, url: str) -> AsyncIterator[Desk]:
    """Subscribe the chats and owe them their digests."""
    database = Database(url)
    await database.migrate()
    async with (
        chats_of(telegram_url) as chats,
        workspace(more=CHANNELS) as slack,
        line_to(urlsplit(telegram_url).port or 0) as to_telegram,
        line_to(urlsplit(slack.url).port or 0) as to_slack,
    ):
        to_telegram.delay = to_slack.delay = 0.02
        await _owe(database)
        yield Desk(
            chats, slack, database, {Platform.TELEGRAM: to_telegram.port, Platform.SLACK: to_slack.port}
        )
    await database.close()


async def _owe(database: Database) -> None:
    """Subscribe every chat and owe it two digests."""
    chats = [Chat(Platform.TELEGRAM, str(1000 + n)) for n in range(CHATS)]
    chats += [Chat(Platform.SLACK, channel, workspace=TEAM) for channel in CHANNELS]
    await subscribe_all(database, chats)
    subscriptions = await Subscriptions(database).active()
    for key in ("1", "2"):
        slot = Slot(key, NOON - dt.timedelta(days=8) + dt.timedelta(minutes=int(key)))
        owed = [Owed(one, slot, NOON, _said(one.chat, key)) for one in subscriptions]
        assert all(await Outbox(database).owe_all(owed))


def _said(chat: Chat, slot: str) -> Message:
    return Message((paragraph(Style.TEXT, f"موجز {chat.id}/{slot}"),))


async def test_forty_kills_of_two_workers_lose_nothing_and_double_nothing(
    telegram_url: str, tmp_path: Path
) -> None:
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    async with desk_at(telegram_url, f"sqlite+aiosqlite:///{tmp_path}/mujaz.db") as desk:
        workers = [_started(desk, RATE), _started(desk, RATE)]
        under_way = 0
        try:
            for number in range(KILLS):
                before = await desk.tries()
                await _until_it_sends(desk, before)
                await asyncio.sleep(moments.uniform(0, 0.3))
                await asyncio.to_thread(kill, workers[number % 2])
                workers[number % 2] = _started(desk, RATE if number < KILLS - 2 else LIFTED)
                under_way += await desk.tries() < 4 * CHATS
            await _until_all_ended(desk)
        finally:
            for worker in workers:
                await asyncio.to_thread(kill, worker)
        await _judge(desk)
    assert under_way >= KILLS * 0.9, "the kills came when nothing was being sent"


def _started(desk: Desk, rate: float) -> BaseProcess:
    process = context().Process(target=work, args=(desk.database.name, desk.ports, rate))
    process.start()
    return process


async def _until_it_sends(desk: Desk, before: int) -> None:
    deadline = time.monotonic() + 10
    while await desk.tries() == before and time.monotonic() < deadline:  # noqa: ASYNC110 - others change it
        await asyncio.sleep(0.02)


async def _until_all_ended(desk: Desk) -> None:
    async with asyncio.timeout(LONGEST):
        while set((await desk.stands()).values()) & {Status.PENDING, Status.SENDING}:  # noqa: ASYNC110 - others change it
            await asyncio.sleep(0.2)


async def _judge(desk: Desk) -> None:
    stands, seen = await desk.stands(), await desk.seen()
    assert len(stands) == 4 * CHATS
    assert set(stands.values()) <= {Status.SENT, Status.UNKNOWN}
    assert [text for text, times in seen.items() if times > 1] == []
    assert [text for text, status in stands.items() if status is Status.SENT and not seen[text]] == []
    unknown: Sequence[str] = [text for text, status in stands.items() if status is Status.UNKNOWN]
    assert 0 < len(unknown) < 4 * CHATS // 4
