"""How fast answers go out, chat by chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from adapters.telegram.pace import BURST, Allowance, Pace, Quota
from bot.errors import NotSent, Throttled
from bot.model import Chat, Platform

AMAL, ADIL = Chat(Platform.TELEGRAM, "42"), Chat(Platform.TELEGRAM, "43")


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
    left = list(errors)

    async def send() -> str:
        if left:
            raise left.pop(0)
        return "sent"

    return send


def throttled(seconds: float) -> Throttled:
    return Throttled(dt.timedelta(seconds=seconds))


def test_so_many_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    turns = Allowance(every=2, burst=3, clock=clock)
    assert [turns.take("a") for _ in range(5)] == [0, 0, 0, 2, 4]
    assert turns.take("b") == 0
    clock.now += 60
    assert turns.take("a") == 0


@pytest.mark.parametrize(("error", "wait"), [(NotSent("x"), 2.0), (throttled(4), 4.0)])
async def test_an_answer_somebody_waits_for_is_tried_once_more(error: Exception, wait: float) -> None:
    clock = Clock()
    assert await Pace(sleep=clock.sleep, clock=clock).send(AMAL, failing(error)) == "sent"
    assert clock.waits == [wait]


async def test_an_answer_does_not_wait_out_an_hour_and_the_chat_is_left_alone_till_then() -> None:
    clock = Clock()
    pace = Pace(sleep=clock.sleep, clock=clock)
    with pytest.raises(Throttled):
        await pace.send(AMAL, failing(throttled(3600)))
    with pytest.raises(Throttled) as again:
        await pace.send(AMAL, failing())
    assert again.value.retry_after == dt.timedelta(hours=1)
    assert clock.waits == []


async def test_one_chats_wait_does_not_stop_another() -> None:
    clock = Clock()
    pace = Pace(sleep=clock.sleep, clock=clock)
    with pytest.raises(Throttled):
        await pace.send(AMAL, failing(throttled(3600)))
    assert await pace.send(ADIL, failing()) == "sent"
    assert clock.waits == []


async def test_a_group_is_written_to_more_slowly() -> None:
    clock = Clock()
    pace = Pace(sleep=clock.sleep, clock=clock)
    for _ in range(BURST + 2):
        await pace.send(Chat(Platform.TELEGRAM, "-1001"), failing())
    assert clock.waits == [3.0, 3.0]


def test_who_asks_too_often_is_told_once() -> None:
    clock = Clock()
    quota = Quota(every=10, burst=2, clock=clock)
    assert [quota.allows("7") for _ in range(3)] == [True, True, False]
    assert [quota.tells("7"), quota.tells("7")] == [True, False]
    assert quota.allows("8")
    clock.now += 10
    assert quota.allows("7")
    assert not quota.allows("7")
    assert quota.tells("7")
