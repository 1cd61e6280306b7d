"""The fault table where our own ground gives way: a locked database, a full disk, two who plan."""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status
from bot.ports.outbox import Owed
from bot.posting import Means, Worker, working
from bot.scheduler import ticking
from bot.wiring import opened
from config.settings import Settings
from storage import database as storage_database
from storage.database import Database
from storage.leases import Leases
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from tests.builders import NOON
from tests.e2e.both_platforms import Peer, slack_peer, telegram_peer
from tests.e2e.fault_rig import subscribe_all
from tests.e2e.telegram_chats import telegram

pytestmark = pytest.mark.peers

DIGESTS = 12  #: owed to one chat of each platform; in turn, so that work is under way for a while
LONGEST = 60.0


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@pytest.fixture
async def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(storage_database, "BUSY_SECONDS", 1)  # so that a lock of three seconds is too long
    monkeypatch.setattr("bot.deliver.CHAT_GAP", 0.3)
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    await opened.migrate()
    yield opened
    await opened.close()


@asynccontextmanager
async def at_work(telegram_url: str, database: Database) -> AsyncIterator[tuple[Worker, Sequence[Peer]]]:
    """A worker with both platforms' peers, which owes one chat of each its digests."""
    async with telegram_peer(telegram_url) as one, slack_peer() as two:
        await owe(database, [one.chat, two.chat])
        means = Means(
            outbox=Outbox(database),
            subscriptions=Subscriptions(database),
            leases=Leases(database),
            dispatch_url=database.dispatch_url,
            rates={one.platform: 30, two.platform: 30},
            resends=False,
            notice=lambda *_: Message(()),
        )
        publishers = {peer.platform: peer.publisher for peer in (one, two)}
        async with working(means, publishers, lambda: None) as worker, ticking(worker.jobs):
            yield worker, (one, two)


async def owe(database: Database, chats: Sequence[Chat]) -> None:
    await subscribe_all(database, chats)
    subscriptions = await Subscriptions(database).active()
    for number in range(DIGESTS):
        slot = Slot(str(number), NOON - dt.timedelta(days=8) + dt.timedelta(minutes=number))
        said = Message((paragraph(Style.TEXT, f"موجز {number}"),))
        assert all(await Outbox(database).owe_all([Owed(one, slot, NOON, said) for one in subscriptions]))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process writes, and takes its time."""
    other = sqlite3.connect(path, isolation_level=None, timeout=20)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full(_: Path) -> Iterator[None]:
    """No file of this process may grow, nor be written to beyond its first byte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("trouble", [locked, full])
async def test_a_store_in_trouble_delays_and_neither_loses_nor_doubles(
    telegram_url: str, database: Database, tmp_path: Path, trouble: Callable[[Path], object]
) -> None:
    async with at_work(telegram_url, database) as (worker, peers):
        await _until(worker, lambda counts: counts.get(Status.SENT, 0) >= 2)
        with trouble(tmp_path / "mujaz.db"):  # type: ignore[attr-defined]
            await asyncio.sleep(3)
        await _until(worker, lambda counts: not {Status.PENDING, Status.SENDING} & set(counts))
        assert await worker.means.outbox.counts() == {Status.SENT: 2 * DIGESTS}
        for peer in peers:
            seen = await peer.seen()
            assert (len(seen), len(set(seen))) == (DIGESTS, DIGESTS), peer.platform


@pytest.mark.parametrize("lease", [True, False])
async def test_two_who_plan_owe_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lease: bool
) -> None:
    async def take(_: Leases, __: str) -> bool:
        return True

    if not lease:
        monkeypatch.setattr(Leases, "take", take)
    url = f"sqlite+aiosqlite:///{tmp_path}/mujaz.db"
    settings = Settings(database_url=url)
    async with opened(settings) as one, opened(settings) as two:
        chats = [Chat(Platform.TELEGRAM, str(number)) for number in range(300)]
        await subscribe_all(one.database, chats)
        await asyncio.gather(one.plan(), two.plan(), one.plan(), two.plan())
        assert await one.outbox.counts() == {Status.PENDING: len(chats)}
        await asyncio.gather(one.plan(), two.plan())
        assert await two.outbox.counts() == {Status.PENDING: len(chats)}


async def _until(worker: Worker, done: Callable[[dict[Status, int]], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not done(dict(await worker.means.outbox.counts())):  # noqa: ASYNC110 - another task changes it
            await asyncio.sleep(0.05)
