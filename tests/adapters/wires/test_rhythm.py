"""A feed's own word on how often it changes is kept to, and one host is asked one thing at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from adapters.wires.http import HttpFeed
from adapters.wires.rhythm import rhythm
from bot.model import FeedConfig
from tests.adapters.wires.builders import NOW, Memory, answer, feed, read, read_here, rss


@pytest.mark.parametrize(
    ("hint", "wait"),
    [
        ("<ttl> 90 </ttl>", timedelta(minutes=90)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod> daily\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            timedelta(hours=1),
        ),
        ("<ttl>soon</ttl>", timedelta()),
    ],
)
def test_hints(hint: str, wait: timedelta) -> None:
    assert rhythm(hint.encode()) == wait


async def test_a_feed_rests_as_long_as_it_says() -> None:
    memory = Memory()
    hinted = rss().replace("<channel>", "<channel><ttl>120</ttl>")
    await read(feed(lambda _: answer(hinted), memory))
    due = memory.states["agency"].due
    assert due is not None
    assert timedelta(hours=2) <= due - NOW <= timedelta(hours=2.2)


async def test_feeds_of_one_host_take_turns() -> None:
    under_way, most = 0, 0

    async def serve(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return answer(rss())

    hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    one = FeedConfig("one", "وكالة", url="https://wire.example/1")
    two = replace(one, slug="two", url="https://WIRE.example/2")
    async with httpx.AsyncClient(transport=httpx.MockTransport(serve)) as client:
        feeds = [HttpFeed(given, client, Memory(), read_here, hosts=hosts) for given in (one, two)]
        await asyncio.gather(*map(read, feeds))
    assert most == 1
