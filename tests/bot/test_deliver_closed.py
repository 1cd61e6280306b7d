"""Chats that are closed to us, and chats that moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import workspaces
from bot.deliver import ATTEMPTS, GRACE
from bot.errors import Gone, Moved
from bot.model import Status
from tests.bot.posts import DAY, HELLO, Desk
from tests.builders import PRIVATE


@pytest.fixture
def desk() -> Desk:
    return Desk()


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
