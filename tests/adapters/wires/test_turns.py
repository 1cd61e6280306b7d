"""One host is asked one thing at a time, by feeds and by what redirects to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import httpx
import pytest

from adapters.wires import fetch
from adapters.wires.http import HttpFeed
from adapters.wires.turns import Turns
from tests.adapters.wires.builders import AGENCY, Memory, answer, read, read_here, rss, web


class Busy:
    """Servers that take a while, and the most that was asked of each at a time."""

    def __init__(self) -> None:
        self.most: Counter[str] = Counter()
        self._now: Counter[str] = Counter()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self._now[host] += 1
        self.most[host] = max(self.most[host], self._now[host])
        for _ in range(5):
            await asyncio.sleep(0)
        self._now[host] -= 1
        if host == "wire.example":
            return answer(rss())
        return httpx.Response(302, headers={"location": "https://Wire.example/rss"})


@pytest.mark.parametrize("hosts", [("wire.example", "WIRE.example"), ("one.example", "two.example")])
async def test_a_host_is_asked_one_thing_at_a_time(hosts: tuple[str, ...]) -> None:
    busy = Busy()
    shared = web(busy)
    addresses = [f"https://{host}/{n}" for n, host in enumerate((*hosts, *hosts))]
    feeds = [HttpFeed(replace(AGENCY, slug=url, url=url), shared, Memory(), read_here) for url in addresses]
    assert [len(stories) for stories in await asyncio.gather(*map(read, feeds))] == [3] * 4
    assert set(busy.most.values()) == {1}


async def test_waiting_for_a_turn_is_not_the_servers_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TIMEOUT_SECONDS", 0.2)
    shared = web(lambda _: answer(rss()))
    async with shared.turns.at("wire.example"):
        asked = asyncio.create_task(shared.get("agency", "https://wire.example/"))
        await asyncio.sleep(0.25)
    assert (await asked).status == 200


async def test_a_host_is_left_alone_between_two_who_ask_for_a_pause() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    turns = Turns(sleep)
    for host in ("a.example", "a.example", "b.example"):
        async with turns.at(host, 9):
            pass
    async with turns.at("a.example"):
        pass
    assert slept == [pytest.approx(9, abs=0.5)]
