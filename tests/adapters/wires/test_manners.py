"""When a feed is asked again."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest

from adapters.wires.entry import Document
from adapters.wires.fetch import Answer
from adapters.wires.http import HttpFeed
from adapters.wires.manners import FARTHEST, LONGEST, SHORTEST, after_answer, after_failure, welcome
from bot.errors import SourceError
from bot.model import FeedConfig
from bot.ports.feeds import FeedState
from tests.adapters.wires.builders import NOW, URL, Memory, answer, feed, read, read_here, rss, web

STATE = FeedState("agency", asked=URL)
MINUTE = dt.timedelta(minutes=1)


def reply(status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, Document(b""), httpx.Headers(headers))


def wait(state: FeedState) -> dt.timedelta:
    assert state.due is not None
    return state.due - NOW


def test_a_feed_that_changes_is_asked_at_once_and_one_that_rests_less_and_less() -> None:
    state = after_answer(STATE, reply(), NOW, fresh=True)
    assert wait(state) == dt.timedelta()
    waits = []
    for _ in range(20):
        state = after_answer(state, reply(304), NOW, fresh=False)
        waits.append(state.interval)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (SHORTEST, LONGEST)
    assert after_answer(state, reply(), NOW, fresh=True).interval == LONGEST / 2


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"cache-control": "public, max-age=600"}, 10 * MINUTE),
        ({"cache-control": 'Max-Age="600"', "expires": "0"}, 10 * MINUTE),
        ({"expires": "Sun, 22 Nov 2026 20:30:00 GMT"}, 30 * MINUTE),
        ({"cache-control": f"max-age={10**30}"}, FARTHEST),
        ({"cache-control": "max-age=-5"}, 0 * MINUTE),
        ({"expires": "never"}, 0 * MINUTE),
        ({"expires": "Sun, 22 Nov 2020 20:30:00 GMT"}, 0 * MINUTE),
    ],
)
def test_a_server_may_ask_for_patience(headers: dict[str, str], least: dt.timedelta) -> None:
    found = wait(after_answer(STATE, reply(200, headers), NOW, fresh=True))
    assert least <= found <= least * 1.1


def test_waits_are_scattered() -> None:
    answers = [
        after_answer(FeedState(f"f{n}"), reply(200, {"cache-control": "max-age=600"}), NOW, fresh=True)
        for n in range(9)
    ]
    assert len({state.due for state in answers}) > 1


@pytest.mark.parametrize("value", ["3600", "Sun, 22 Nov 2026 21:00:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept(status: int, value: str) -> None:
    assert wait(after_failure(STATE, "busy", reply(status, {"retry-after": value}), NOW)) >= 60 * MINUTE


def test_failures_in_a_row_are_met_with_patience_and_keep_what_is_known() -> None:
    state = FeedState("agency", asked=URL, etag='"v1"')
    waits = []
    for _ in range(30):
        state = after_failure(state, "no answer", None, NOW)
        waits.append(wait(state))
    assert waits[0] < 2 * MINUTE
    assert FARTHEST <= waits[-1] <= FARTHEST * 1.1
    assert (state.etag, state.failures, state.error) == ('"v1"', 30, "no answer")


async def test_a_patient_source_waits_and_an_impatient_one_does_not() -> None:
    memory, asked = Memory(), []

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(rss(), {"cache-control": "max-age=600"})

    hasty = feed(server, memory)
    patient = HttpFeed(hasty.feed, hasty.web, memory, read_here, patient=True)
    assert len(await read(patient)) == 3
    assert await read(patient, NOW + 9 * MINUTE) == []
    assert len(await read(hasty, NOW + 9 * MINUTE)) == 3
    assert len(await read(patient, NOW + 30 * MINUTE)) == 3
    assert len(asked) == 3


async def test_a_feed_that_is_gone_is_not_asked_again() -> None:
    memory = Memory()
    hasty = feed(lambda _: httpx.Response(410), memory)
    with pytest.raises(SourceError, match="gone for good"):
        await read(hasty)
    state = await memory.get("agency")
    assert state.gone
    assert not welcome(state, NOW + dt.timedelta(days=365))


async def test_a_new_address_starts_anew() -> None:
    memory = Memory()
    old = feed(lambda _: answer(rss(), {"etag": '"v1"'}), memory)
    await read(old)
    asked: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(rss())

    new = FeedConfig("agency", "وكالة", url="https://new.example/rss")
    await read(HttpFeed(new, web(server), memory, read_here))
    assert [(str(r.url), r.headers.get("if-none-match")) for r in asked] == [
        ("https://new.example/rss", None)
    ]
