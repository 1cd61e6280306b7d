"""Delivering settles each send by what its error means."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot import workspaces
from bot.deliver import (
    ATTEMPTS,
    CHAT_GAP,
    DEPTH,
    GRACE,
    GROUP_GAP,
    LONGEST_WAIT,
    STINT,
    Outcome,
    Post,
    dispatch,
    serve,
)
from bot.errors import Gone, Moved, NotSent, Refused, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status, Subscription, Wants
from bot.pace import Pace
from bot.ports.outbox import Act, Owed
from tests.builders import NOON, PRIVATE
from tests.fakes.outbox import FakeOutbox
from tests.fakes.platforms import FakePublisher
from tests.fakes.rows import add
from tests.fakes.subscriptions import FakeSubscriptions

DAY = dt.timedelta(days=1)
HELLO = Message((paragraph(Style.TEXT, "مرحبا"),))
OTHER = replace(PRIVATE, id="43")


def closed(subscription: Subscription, why: str) -> Message:
    """What the owner is told."""
    return Message((paragraph(Style.TEXT, f"closed: {subscription.chat.id}, {why}"),))


@dataclass
class Dispatched:
    """A Dispatcher that keeps what it was given."""

    chats: list[Chat] = field(default_factory=list)
    under_way: list[Chat] = field(default_factory=list)

    async def busy(self, platform: Platform) -> Collection[Chat]:
        return [chat for chat in self.under_way if chat.platform is platform]

    async def dispatch(self, platform: Platform, chats: Collection[Chat]) -> None:
        assert {chat.platform for chat in chats} <= {platform}
        self.chats += chats

    async def adopt(self, worker: str) -> None:
        """Nobody dies here."""

    async def tidy(self) -> None:
        """Nothing is left here."""


@dataclass
class Desk:
    """Everything in memory, and a clock to set."""

    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    now: dt.datetime = NOON
    slept: list[float] = field(default_factory=list)
    told: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox(self.subscriptions)
        self.post = Post(
            outbox=self.outbox,
            subscriptions=self.subscriptions,
            publishers={Platform.TELEGRAM: self.publisher},
            paces={Platform.TELEGRAM: Pace(1000, clock=lambda: 0.0, sleep=self.sleep)},
            holder="me",
            clock=lambda: self.now,
            sleep=self.sleep,
            tell=self.told.append,
            notice=closed,
        )

    async def sleep(self, seconds: float) -> None:
        if seconds >= 1:
            self.slept.append(seconds)

    async def owe(self, chat: Chat = PRIVATE, days: int = 1, owner: str = "") -> None:
        kept = await self.subscriptions.of(chat) or await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), "UTC", "ar"), since=NOON - DAY, owner=owner)
        )
        slot = Slot(str(days), NOON + (days - 1) * DAY)
        assert await self.outbox.owe_all([Owed(kept, slot, NOON, HELLO)]) == (True,)

    async def deliver(self) -> dict[Status, int]:
        """Serve every chat that is due, one after another; how the tries ended."""
        before = len(self.told)
        while due := await self.outbox.due(Platform.TELEGRAM, self.now, 99):
            for chat in due:
                await serve(self.post, chat)
        return dict(Counter(outcome.status for outcome in self.told[before:]))

    @property
    def statuses(self) -> list[Status]:
        return [row.status for row in self.outbox.rows]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_message_that_arrives_is_recorded(desk: Desk) -> None:
    await desk.owe()
    assert await desk.deliver() == {Status.SENT: 1}
    assert desk.publisher.sent == [(PRIVATE, HELLO)]
    assert desk.outbox.rows[0].message_ids == ("1",)
    assert [outcome.status for outcome in desk.told] == [Status.SENT]
    assert await desk.deliver() == {}


async def test_what_never_left_is_tried_again_with_longer_waits_and_then_given_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [NotSent("no route")] * ATTEMPTS
    waits = []
    while desk.statuses == [Status.PENDING]:
        await desk.deliver()
        waits.append(desk.outbox.rows[0].next_try - desk.now)
        desk.now = max(desk.now, desk.outbox.rows[0].next_try)
    assert waits[:3] == [dt.timedelta(seconds=s) for s in (30, 60, 120)]
    assert max(waits) == LONGEST_WAIT
    assert desk.statuses == [Status.FAILED]
    assert desk.outbox.rows[0].error == f"given up after {ATTEMPTS} tries: no route"


async def test_a_chat_that_is_owed_much_lets_those_served_beside_it_come_back(desk: Desk) -> None:
    for days in range(1, STINT + 3):
        await desk.owe(days=days)
    desk.now += (STINT + 3) * DAY
    await serve(desk.post, PRIVATE)
    assert (len(desk.publisher.sent), len(desk.slept)) == (
        STINT,
        STINT,
    )  # it keeps its distance at the end, too
    await serve(desk.post, PRIVATE)
    assert desk.statuses == [Status.SENT] * (STINT + 2)


async def test_a_chat_told_to_wait_is_parked_alone(desk: Desk) -> None:
    for chat in (PRIVATE, OTHER):
        await desk.owe(chat, days=1)
    hour = dt.timedelta(hours=1)
    desk.publisher.faults[PRIVATE.id] = [Throttled(hour)]
    assert await desk.deliver() == {Status.PENDING: 1, Status.SENT: 1}
    assert desk.outbox.rows[0].next_try == NOON + hour
    assert await desk.deliver() == {}
    desk.now += hour
    assert await desk.deliver() == {Status.SENT: 1}


async def test_a_day_of_waits_is_no_reason_to_give_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [*[Throttled(dt.timedelta(minutes=1))] * 2000, NotSent("no route")]
    for _ in range(2000):
        assert await desk.deliver() == {Status.PENDING: 1}
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
    assert await desk.deliver() == {status: 1}
    desk.now += DAY
    assert await desk.deliver() == {}
    assert desk.publisher.sent == []
    assert str(error) in desk.told[0].error


async def test_a_closed_chat_is_tried_again_for_a_day_and_then_given_up(desk: Desk) -> None:
    await desk.owe(days=1)
    desk.now += DAY
    await desk.owe(days=2)
    desk.publisher.faults[PRIVATE.id] = [Gone("blocked by the user")] * (len(GRACE) + 1)
    for wait in GRACE:
        assert await desk.deliver() == {Status.PENDING: 1}
        assert desk.subscriptions.closed[PRIVATE].why == "blocked by the user"
        desk.now += wait
    assert await desk.deliver() == {Status.FAILED: 1}
    assert desk.statuses == [Status.FAILED, Status.FAILED]
    assert await desk.subscriptions.active() == ()


async def test_a_chat_that_lets_us_in_again_goes_on(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Gone("blocked by the user")] * 2
    await desk.deliver()
    desk.now += GRACE[0]
    assert await desk.deliver() == {Status.PENDING: 1}
    desk.now += GRACE[1]
    assert await desk.deliver() == {Status.SENT: 1}
    assert desk.subscriptions.closed == {}


async def test_who_is_to_stop_ends_what_is_on_its_way_and_begins_nothing(desk: Desk) -> None:
    await desk.owe(days=1)
    await desk.owe(days=2)
    desk.now += 2 * DAY
    await serve(replace(desk.post, ending=lambda: bool(desk.publisher.sent)), PRIVATE)
    assert desk.statuses == [Status.SENT, Status.PENDING]
    await serve(replace(desk.post, ending=lambda: True), PRIVATE)
    assert desk.statuses == [Status.SENT, Status.PENDING]


async def test_a_message_from_a_closed_chat_wakes_what_it_is_owed(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Gone("blocked by the user")]
    await desk.deliver()
    assert await desk.subscriptions.resume(PRIVATE, desk.now)
    assert await desk.deliver() == {Status.SENT: 1}


async def test_the_owner_is_told_once_in_private(desk: Desk) -> None:
    group = replace(PRIVATE, id="-100")
    await desk.owe(group, owner="7")
    desk.publisher.faults[group.id] = [Gone("kicked")] * 2
    await desk.deliver()
    desk.now += GRACE[0]
    await desk.deliver()
    said = [(chat.id, message.plain) for chat, message in desk.publisher.sent]
    assert said == [("7", "closed: -100, kicked")]


async def test_nobody_is_told_where_the_whole_workspace_is_closed(desk: Desk) -> None:
    group = replace(PRIVATE, id="-100")
    await desk.owe(group, owner="7")
    desk.publisher.faults[group.id] = [Gone("token_revoked", everywhere=True)]
    assert await desk.deliver() == {Status.PENDING: 1}
    assert desk.subscriptions.closed[group].why == workspaces.REMOVED
    assert desk.publisher.sent == []


async def test_a_chat_that_moved_gets_its_digest_at_once_where_it_is_now(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Moved("-100")]
    assert await desk.deliver() == {Status.PENDING: 1, Status.SENT: 1}
    moved = replace(PRIVATE, id="-100")
    assert desk.publisher.sent == [(moved, HELLO)]
    assert await desk.subscriptions.of(moved) is not None


async def test_a_chat_that_moves_for_ever_is_given_up(desk: Desk) -> None:
    await desk.owe()
    desk.publisher.faults[PRIVATE.id] = [Moved(PRIVATE.id)] * (ATTEMPTS + 1)
    assert await desk.deliver() == {Status.PENDING: ATTEMPTS - 1, Status.FAILED: 1}


async def test_a_chat_that_is_owed_much_gets_it_in_order_and_not_at_once(desk: Desk) -> None:
    group = replace(PRIVATE, id="-100")
    for days in (1, 2, 3):
        await desk.owe(PRIVATE, days)
        await desk.owe(group, days)
    desk.now += 3 * DAY
    await serve(desk.post, PRIVATE)
    assert (desk.slept, len(desk.publisher.sent)) == ([CHAT_GAP] * 2, 3)
    await serve(desk.post, group)
    assert desk.slept[2:] == [GROUP_GAP] * 2


async def test_two_who_serve_one_chat_send_nothing_twice(desk: Desk) -> None:
    for days in (1, 2):
        await desk.owe(days=days)
    desk.now += 2 * DAY
    await asyncio.gather(serve(desk.post, PRIVATE), serve(desk.post, PRIVATE))
    assert len(desk.publisher.sent) == 2


async def test_chats_are_handed_out_a_few_at_a_time_and_never_twice(desk: Desk) -> None:
    chats = [replace(PRIVATE, id=str(n)) for n in range(DEPTH + 9)]
    for chat in chats:
        await desk.owe(chat)
    dispatched = Dispatched()
    assert await dispatch(desk.post, dispatcher=dispatched) == DEPTH
    dispatched.under_way = dispatched.chats[:9]
    assert await dispatch(desk.post, dispatcher=dispatched) == DEPTH
    assert set(dispatched.chats) == set(chats)
    dispatched.under_way = chats[:DEPTH]
    assert await dispatch(desk.post, dispatcher=dispatched) == 0


async def test_what_was_corrected_is_put_in_place_or_said_in_reply(desk: Desk) -> None:
    await desk.owe()
    await desk.deliver()
    for act in (Act.EDIT, Act.REPLY):
        add(desk.outbox.rows, PRIVATE, HELLO, 0, Slot(act, NOON))
        row = desk.outbox.rows[-1]
        row.post, row.delivery = 1, replace(row.delivery, act=act)
    assert await desk.deliver() == {Status.SENT: 2}
    desk.outbox.rows[-1].status, desk.outbox.rows[-1].post = Status.PENDING, 0
    assert await desk.deliver() == {Status.FAILED: 1}


async def test_a_platform_that_is_off_leaves_its_deliveries_pending(desk: Desk) -> None:
    await desk.owe(replace(PRIVATE, platform=Platform.SLACK))
    assert await desk.deliver() == {}
    assert desk.statuses == [Status.PENDING]


async def test_what_became_of_a_delivery_is_kept_until_the_store_takes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.owe()
    settle, failures = desk.outbox.settle, [OSError("disk full")] * 3

    async def fails(*given: Any, **more: Any) -> None:
        if failures:
            raise failures.pop()
        await settle(*given, **more)

    monkeypatch.setattr(desk.outbox, "settle", fails)
    assert await desk.deliver() == {Status.SENT: 1}
    assert desk.statuses == [Status.SENT]
    assert desk.slept == [1, 2, 4]
    assert len(desk.publisher.sent) == 1
