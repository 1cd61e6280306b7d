"""The fault table: whatever breaks, a delivery ends sent, or unknown or failed and listed; none is doubled.

Each row against both platforms' peers, over a line that breaks where the row says. Time is the test's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.slack import client as slack_client
from bot.deliver import GRACE, Outcome, Post, serve
from bot.message import Message, Style, paragraph
from bot.model import Chat, Slot, Status, Subscription, Wants
from bot.pace import Pace
from bot.ports import Owed
from storage.database import Database
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from tests.builders import NOON
from tests.e2e.both_platforms import MOVED, READ_SECONDS, Peer, at_once, slack_peer, telegram_peer
from tests.e2e.broken_line import Break, Fault
from tests.e2e.telegram_chats import telegram

pytestmark = pytest.mark.peers

SENT, UNKNOWN, FAILED = Status.SENT, Status.UNKNOWN, Status.FAILED
HOUR = dt.timedelta(hours=1)
LONG = Message(tuple(paragraph(Style.BULLET, f"بند {n} " + "بين البلدين " * 20) for n in range(90)))


@dataclass
class Rig:
    """A peer, our own outbox on SQLite, and a clock to set."""

    peer: Peer
    database: Database
    now: dt.datetime = NOON
    told: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database)
        self.subscriptions = Subscriptions(self.database)
        self.post = Post(
            outbox=self.outbox,
            subscriptions=self.subscriptions,
            publishers={self.peer.platform: self.peer.publisher},
            paces={self.peer.platform: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
            holder="worker",
            clock=lambda: self.now,
            sleep=at_once,
            tell=self.told.append,
            notice=lambda _: message("closed"),
        )

    async def owe(self, number: int = 1, said: Message | None = None, chat: Chat | None = None) -> None:
        chat = chat or self.peer.chat
        kept = await self.subscriptions.of(chat) or await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), "UTC", "ar"), since=NOON - 24 * HOUR)
        )
        slot = Slot(str(number), NOON - HOUR + number * dt.timedelta(minutes=1))
        assert all(await self.outbox.owe_all([Owed(kept, slot, NOON, said or message(str(number)))]))

    async def deliver(self) -> None:
        """Serve whoever is due now."""
        for chat in await self.outbox.due(self.peer.platform, self.now, 99):
            await serve(self.post, chat)

    async def hours(self, hours: int = 48) -> None:
        """Let time pass, and deliver every half an hour."""
        for _ in range(hours * 2):
            await self.deliver()
            self.now += HOUR / 2

    async def ends(self) -> list[Status]:
        """How the deliveries ended, oldest first; what is awry is what `mujaz outbox` lists."""
        counts = await self.outbox.counts()
        listed = await self.outbox.entries((UNKNOWN, FAILED), 99)
        assert len(listed) == counts.get(UNKNOWN, 0) + counts.get(FAILED, 0)
        assert all(entry.error for entry in listed)
        return [entry.status for entry in reversed(await self.outbox.entries(tuple(Status), 99))]


def message(text: str) -> Message:
    return Message((paragraph(Style.TEXT, f"موجز {text}"),))


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@pytest_asyncio.fixture(params=["telegram", "slack"])
async def rig(
    request: pytest.FixtureRequest, telegram_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Rig]:
    monkeypatch.setattr(slack_client, "TOTAL_SECONDS", READ_SECONDS)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    await database.migrate()
    async with telegram_peer(telegram_url) if request.param == "telegram" else slack_peer() as peer:
        yield Rig(peer, database)
    await database.close()


ROWS: dict[str, tuple[Callable[[Peer], Sequence[Fault]], Status, int]] = {
    "told to wait once": (lambda peer: [peer.says.wait(7)], SENT, 1),
    "told to wait for long": (lambda peer: [peer.says.wait(3600)] * 9, SENT, 1),
    "a 5xx": (lambda peer: [peer.says.broken], UNKNOWN, 0),
    "reset before the body": (lambda _: [Break.BEFORE], UNKNOWN, 0),
    "reset after the body": (lambda _: [Break.AFTER], UNKNOWN, 0),
    "reset after the platform accepted": (lambda _: [Break.UNANSWERED], UNKNOWN, 1),
    "no answer after the platform accepted": (lambda _: [Break.SILENT], UNKNOWN, 1),
    "the message is too long for it": (lambda peer: [peer.says.wrong], FAILED, 0),
    "blocked for an hour": (lambda peer: [peer.says.closed], SENT, 1),
    "blocked for good": (lambda peer: [peer.says.closed] * (len(GRACE) + 1), FAILED, 0),
}


@pytest.mark.parametrize("row", ROWS)
async def test_a_fault(rig: Rig, row: str) -> None:
    faults, end, seen = ROWS[row]
    await rig.owe()
    await rig.peer.line.plan(*faults(rig.peer))
    await rig.hours()
    assert await rig.ends() == [end]
    assert len(await rig.peer.seen()) == seen
    assert rig.peer.line.next == []


async def test_connection_refused_is_tried_again_until_somebody_is_home(rig: Rig) -> None:
    await rig.owe()
    await rig.peer.line.plan(Break.REFUSED)
    await rig.hours(2)
    assert await rig.ends() == [Status.PENDING]
    await rig.peer.line.up()
    await rig.hours(2)
    assert (await rig.ends(), len(await rig.peer.seen())) == ([SENT], 1)


async def test_a_long_message_arrives_in_parts(rig: Rig) -> None:
    await rig.owe(said=LONG)
    await rig.deliver()
    assert await rig.ends() == [SENT]
    assert len(await rig.peer.seen()) == len(rig.told[0].message_ids) > 1


async def test_markup_that_is_refused_arrives_plain_or_is_listed(rig: Rig) -> None:
    await rig.owe()
    await rig.peer.line.plan(rig.peer.says.markup)
    await rig.hours(1)
    ends, seen = await rig.ends(), len(await rig.peer.seen())
    assert (ends, seen) in (([SENT], 1), ([FAILED], 0))


async def test_a_chat_told_to_wait_an_hour_holds_up_no_other_and_outlives_us(rig: Rig) -> None:
    await rig.owe()
    await rig.peer.line.plan(rig.peer.says.wait(3600))
    await rig.deliver()
    again = Rig(rig.peer, rig.database, now=rig.now + HOUR / 2)
    await again.owe(chat=rig.peer.other)
    await again.deliver()
    assert await again.ends() == [Status.PENDING, SENT]
    await again.hours(1)
    assert (await again.ends(), len(await rig.peer.seen())) == ([SENT, SENT], 2)


async def test_a_migrated_chat_gets_it_where_it_lives_now(rig: Rig) -> None:
    if rig.peer.platform.value != "telegram":
        pytest.skip("a Slack channel keeps its id for good")
    await rig.owe()
    await rig.peer.line.plan(MOVED)
    await rig.hours(1)
    assert (await rig.ends(), len(await rig.peer.seen())) == ([SENT], 1)
    assert await rig.subscriptions.of(replace(rig.peer.chat, id="-1009")) is not None


@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
async def test_a_clock_that_is_moved_loses_and_doubles_nothing(rig: Rig, hours: int) -> None:
    await rig.owe(1)
    await rig.peer.line.plan(rig.peer.says.wait(60))
    await rig.deliver()
    rig.now += hours * HOUR
    await rig.owe(2)
    await rig.hours(40)
    assert (await rig.ends(), len(await rig.peer.seen())) == ([SENT, SENT], 2)


async def test_what_is_unknown_is_sent_again_by_policy_once_and_by_a_person(rig: Rig) -> None:
    await rig.owe()
    await rig.peer.line.plan(Break.UNANSWERED, Break.UNANSWERED)
    for seen in (1, 2):
        await rig.deliver()
        assert (await rig.ends(), len(await rig.peer.seen())) == ([UNKNOWN], seen)
        await rig.outbox.resend_unknown(rig.now, rig.now - HOUR)
    await rig.deliver()
    assert len(await rig.peer.seen()) == 2
    (listed,) = await rig.outbox.entries((UNKNOWN,), 9)
    assert listed.resent == 1
    await rig.outbox.resend(rig.now, [listed.id])
    await rig.deliver()
    assert (await rig.ends(), len(await rig.peer.seen())) == ([SENT], 3)
