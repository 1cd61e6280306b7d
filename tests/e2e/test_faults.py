"""The fault table: whatever breaks, a delivery ends sent, or unknown or failed and listed; none is doubled.

Each row against both platforms' peers, over a line that breaks where the row says. Time is the test's own.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.deliver import GRACE
from bot.message import Message, Style, paragraph
from bot.model import Platform, Status
from tests.e2e.both_platforms import MOVED, Peer
from tests.e2e.broken_line import Break, Fault
from tests.e2e.fault_rig import FAILED, HOUR, SENT, UNKNOWN, Rig, rig_on
from tests.e2e.fault_worker import STEPS, context, serve_and_die
from tests.e2e.telegram_chats import telegram

pytestmark = pytest.mark.peers

LONG = Message(tuple(paragraph(Style.BULLET, f"بند {n} " + "بين البلدين " * 20) for n in range(90)))


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@pytest_asyncio.fixture(params=[Platform.TELEGRAM, Platform.SLACK])
async def rig(
    request: pytest.FixtureRequest, telegram_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Rig]:
    async with rig_on(request.param, telegram_url, tmp_path, monkeypatch) as opened:
        yield opened


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
    if rig.peer.platform is not Platform.TELEGRAM:
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


@pytest.mark.parametrize("step", STEPS)
async def test_kill_9_at_a_step_of_a_delivery(rig: Rig, step: str) -> None:
    await rig.owe()
    rig.peer.line.delay = 0.1
    url = rig.database.name
    process = context().Process(target=serve_and_die, args=(step, url, rig.peer.chat, rig.peer.line.port))
    process.start()
    await asyncio.to_thread(process.join)
    assert process.exitcode == -signal.SIGKILL
    await rig.outbox.rescue("dead")
    await rig.deliver()
    (end,), seen = await rig.ends(), len(await rig.peer.seen())
    assert end is (SENT if step in (STEPS[0], STEPS[-1]) else UNKNOWN)
    assert seen == {"claimed": 0, "on its way": seen}.get(step, 1) <= 1
