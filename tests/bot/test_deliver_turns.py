"""Whose turn it is: many chats, a chat that is owed much, and who is to stop."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.deliver import CHAT_GAP, DEPTH, GROUP_GAP, STINT, dispatch, serve
from bot.model import Platform, Status
from tests.bot.posts import DAY, Desk, Dispatched
from tests.builders import PRIVATE


@pytest.fixture
def desk() -> Desk:
    return Desk()


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


async def test_who_is_to_stop_ends_what_is_on_its_way_and_begins_nothing(desk: Desk) -> None:
    await desk.owe(days=1)
    await desk.owe(days=2)
    desk.now += 2 * DAY
    await serve(replace(desk.post, ending=lambda: bool(desk.publisher.sent)), PRIVATE)
    assert desk.statuses == [Status.SENT, Status.PENDING]
    await serve(replace(desk.post, ending=lambda: True), PRIVATE)
    assert desk.statuses == [Status.SENT, Status.PENDING]


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


async def test_a_platform_that_is_off_leaves_its_deliveries_pending(desk: Desk) -> None:
    await desk.owe(replace(PRIVATE, platform=Platform.SLACK))
    assert await desk.deliver() == {}
    assert desk.statuses == [Status.PENDING]
