"""The clock: jobs run at once and again, a failing one comes back, and what is under way may finish."""

from __future__ import annotations

import asyncio

from bot.scheduler import Job, ticking


async def test_a_job_runs_at_once() -> None:
    ran = asyncio.Event()

    async def run() -> None:
        ran.set()

    async with ticking([Job("one", 3600, run)]):
        await asyncio.wait_for(ran.wait(), 5)


async def test_a_job_that_fails_stops_neither_the_others_nor_itself() -> None:
    failed, ran = asyncio.Event(), asyncio.Event()

    async def fail() -> None:
        failed.set()
        raise OSError("the disk is full")

    async def run() -> None:
        ran.set()

    async with ticking([Job("bad", 3600, fail), Job("good", 3600, run)]):
        await asyncio.wait_for(asyncio.gather(failed.wait(), ran.wait()), 5)


async def test_what_is_under_way_may_finish() -> None:
    begun, go, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def send() -> None:
        begun.set()
        await go.wait()
        ended.set()

    async with ticking([Job("send", 3600, send)]):
        await asyncio.wait_for(begun.wait(), 5)
        asyncio.get_running_loop().call_soon(go.set)
    assert ended.is_set()
