"""The clock: APScheduler runs each job over and over. Jobs ask the database what is due; timers never decide.

A tick that comes while the last one still runs is dropped, ticks missed in a sleep become one, and at the end
running jobs may finish: a message that is on its way is not cut off.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

#: How long running jobs get at the end; hosts send SIGKILL about 30 s after SIGTERM.
PATIENCE = dt.timedelta(seconds=25)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds, at once the first time."""

    name: str
    seconds: int
    run: Callable[[], Awaitable[None]]


@asynccontextmanager
async def ticking(jobs: Iterable[Job]) -> AsyncIterator[None]:
    """Run the jobs while inside. A job that fails is logged with its cause and runs again next time."""
    running: set[asyncio.Task[None]] = set()
    scheduler = AsyncIOScheduler(
        timezone=dt.UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for job in jobs:
        scheduler.add_job(
            _tracked(job, running),
            "interval",
            seconds=job.seconds,
            id=job.name,
            next_run_time=dt.datetime.now(dt.UTC),
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        if running:
            await asyncio.wait(running, timeout=PATIENCE.total_seconds())
        scheduler.shutdown(wait=False)


def _tracked(job: Job, running: set[asyncio.Task[None]]) -> Callable[[], Awaitable[None]]:
    """Run the job as a task of ours, which APScheduler's shutdown does not cancel."""

    async def tick() -> None:
        task = asyncio.create_task(_guarded(job))
        running.add(task)
        task.add_done_callback(running.discard)
        await asyncio.shield(task)

    return tick


async def _guarded(job: Job) -> None:
    try:
        await job.run()
    except Exception:  # noqa: BLE001 - whatever it was, the next tick must come
        _log.exception("job failed; it runs again", job=job.name)
