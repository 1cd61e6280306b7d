"""Delivering settles each send by what its error means."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field, replace

import pytest

from bot.deliver import ATTEMPTS, LONGEST_WAIT, Outcome, Post, deliver
from bot.errors import Gone, Moved, NotSent, Refused, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status, Subscription, Wants
from tests.builders import NOON, PRIVATE
from tests.fakes import FakeOutbox, FakePublisher, FakeSubscriptions

DAY = dt.timedelta(days=1)
HELLO = Message((paragraph(Style.TEXT, "مرحبا"),))
OTHER = replace(PRIVATE, id="43")


@dataclass
class Desk:
    """Everything in memory, and a clock to set."""

    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    now: dt.datetime = NOON
    told: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox(self.subscriptions)
        platforms = {Platform.TELEGRAM: self.publisher}
        self.post = Post(self.outbox, self.subscriptions, platforms, lambda: self.now, self.told.append)

    async def owe(self, chat: Chat = PRIVATE, days: int = 1) -> None:
        kept = await self.subscriptions.of(chat) or await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), "UTC", "ar"), since=NOON - DAY)
        )
        assert await self.outbox.owe(kept, Slot(str(days), NOON + (days - 1) * DAY), HELLO, until=NOON)

    @property
    def statuses(self) -> list[Status]:
        return [row.status for row in self.outbox.rows]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_message_that_arrives_is_recorded(desk: Desk) -> None:
    await desk.owe()
    assert await deliver(desk.post) == {Status.SENT: 1}
    assert desk.publisher.sent == [(PRIVATE, HELLO)]
    assert desk.outbox.rows[0].message_ids == ("1",)
    assert [outcome.status for outcome in desk.told] == [Status.SENT]
    assert await deliver(desk.post) == {}


async def test_what_never_left_is_tried_again_with_longer_waits_and_then_given_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [NotSent("no route")] * ATTEMPTS
    waits = []
    while desk.statuses == [Status.PENDING]:
        await deliver(desk.post)
        waits.append(desk.outbox.rows[0].next_try - desk.now)
        desk.now = max(desk.now, desk.outbox.rows[0].next_try)
    assert waits[:3] == [dt.timedelta(seconds=s) for s in (30, 60, 120)]
    assert max(waits) == LONGEST_WAIT
    assert desk.statuses == [Status.FAILED]
    assert desk.outbox.rows[0].error == f"given up after {ATTEMPTS} tries: no route"


async def test_a_chat_told_to_wait_is_parked_alone(desk: Desk) -> None:
    for chat in (PRIVATE, OTHER):
        await desk.owe(chat, days=1)
    hour = dt.timedelta(hours=1)
    desk.publisher.faults[PRIVATE.id] = [Throttled(hour)]
    assert await deliver(desk.post) == {Status.PENDING: 1, Status.SENT: 1}
    assert desk.outbox.rows[0].next_try == NOON + hour
    assert await deliver(desk.post) == {}
    desk.now += hour
    assert await deliver(desk.post) == {Status.SENT: 1}


async def test_a_day_of_waits_is_no_reason_to_give_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [*[Throttled(dt.timedelta(minutes=1))] * 2000, NotSent("no route")]
    for _ in range(2000):
        assert await deliver(desk.post) == {Status.PENDING: 1}
        desk.now += dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Uncertain("read timeout"), Status.UNKNOWN),
        (Refused("too long"), Status.FAILED),
        (RuntimeError("a bug"), Status.UNKNOWN),
    ],
)
async def test_what_may_have_left_is_never_sent_again(desk: Desk, error: Exception, status: Status) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [error]
    assert await deliver(desk.post) == {status: 1}
    desk.now += DAY
    assert await deliver(desk.post) == {}
    assert desk.publisher.sent == []
    assert str(error) in desk.told[0].error


async def test_a_closed_chat_is_suspended_and_owed_nothing_more(desk: Desk) -> None:
    await desk.owe(days=1)
    await desk.owe(days=2)
    desk.publisher.faults[PRIVATE.id] = [Gone("blocked by the user")]
    desk.now += 2 * DAY
    assert await deliver(desk.post) == {Status.FAILED: 1}
    assert desk.statuses == [Status.FAILED, Status.FAILED]
    assert desk.subscriptions.suspended == {PRIVATE: "blocked by the user"}


async def test_a_chat_that_moved_gets_its_digest_at_once_where_it_is_now(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Moved("-100")]
    assert await deliver(desk.post) == {Status.PENDING: 1, Status.SENT: 1}
    moved = replace(PRIVATE, id="-100")
    assert desk.publisher.sent == [(moved, HELLO)]
    assert await desk.subscriptions.of(moved) is not None


async def test_a_chat_that_moves_for_ever_is_given_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Moved(PRIVATE.id)] * (ATTEMPTS + 1)
    assert await deliver(desk.post) == {Status.PENDING: ATTEMPTS - 1, Status.FAILED: 1}


async def test_one_chat_in_order_others_at_the_same_time(desk: Desk) -> None:
    for chat in (PRIVATE, OTHER):
        for days in (1, 2):
            await desk.owe(chat, days)
    desk.now += 2 * DAY
    under_way: list[Chat] = []
    most: list[int] = []

    class Slow:
        async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
            assert message == HELLO
            assert chat not in under_way
            under_way.append(chat)
            most.append(len(under_way))
            for _ in range(20):
                await asyncio.sleep(0)
            under_way.remove(chat)
            return ("1",)

    post = replace(desk.post, publishers={Platform.TELEGRAM: Slow()})
    assert await deliver(post) == {Status.SENT: 4}
    assert max(most) == 2


async def test_a_platform_that_is_off_leaves_its_deliveries_pending(desk: Desk) -> None:
    await desk.owe(replace(PRIVATE, platform=Platform.SLACK))
    assert await deliver(desk.post) == {}
    assert desk.statuses == [Status.PENDING]


async def test_a_store_that_fails_ends_one_worker_and_is_raised(desk: Desk) -> None:
    for number in range(4):
        await desk.owe(replace(PRIVATE, id=str(number)))

    def tell(outcome: Outcome) -> None:
        if outcome.delivery.chat.id == "0":
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await deliver(replace(desk.post, tell=tell))
    assert desk.statuses == [Status.SENT] * 4
