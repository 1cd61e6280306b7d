"""Delivering settles each send by what its error means."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.deliver import ATTEMPTS, LONGEST_WAIT
from bot.errors import NotSent, Refused, Throttled, Uncertain
from bot.model import Slot, Status
from bot.ports.outbox import Act
from tests.bot.posts import DAY, HELLO, Desk
from tests.builders import NOON, PRIVATE
from tests.fakes.rows import add

OTHER = replace(PRIVATE, id="43")


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
