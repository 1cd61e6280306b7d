"""Workers and ingests that are killed: what runs in their processes; a fork server starts them in no time."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from bot import running
from bot.deliver import Post, serve
from bot.message import Message
from bot.model import Chat, Platform, Status
from bot.pace import Pace
from bot.ports.outbox import Delivery
from bot.posting import Means, working
from bot.scheduler import Job, ticking
from config.logs import configure
from config.settings import load_settings
from storage.database import Database
from storage.leases import Leases
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from tests.builders import NOON
from tests.e2e.both_platforms import at_once, publisher_of

#: Seconds until a worker is taken for dead: far fewer than in earnest, for chats that it served wait so long.
PATIENCE = 3.0


def context() -> ForkServerContext:
    """Return where to start processes: they have imported everything."""
    given = multiprocessing.get_context("forkserver")
    given.set_forkserver_preload([__name__])
    return given


def work(url: str, ports: dict[Platform, int], rate: float) -> None:
    """Send what is owed, as `mujaz run --role worker` does, until killed."""
    asyncio.run(_work(url, ports, rate))


async def _work(url: str, ports: dict[Platform, int], rate: float) -> None:
    configure("error")
    database = Database(url)
    means = Means(
        outbox=Outbox(database),
        subscriptions=Subscriptions(database),
        leases=Leases(database, patience=PATIENCE),
        dispatch_url=database.dispatch_url,
        rates=dict.fromkeys(ports, rate),
        resends=False,
        notice=lambda *_: Message(()),
    )
    async with AsyncExitStack() as stack:
        publishers = {
            platform: await stack.enter_async_context(publisher_of(platform, port))
            for platform, port in ports.items()
        }
        worker = await stack.enter_async_context(working(means, publishers, lambda: None))
        beat = Job("lease", 1, renewing(means))
        await stack.enter_async_context(
            ticking([beat, replace(beat, name="watch", run=worker.watch), worker.jobs[0]])
        )
        await asyncio.Event().wait()


def renewing(means: Means) -> Callable[[], Awaitable[None]]:
    async def renew() -> None:
        await means.leases.renew()

    return renew


def ingest(environment: Mapping[str, str]) -> None:
    """Read every feed once, as `mujaz ingest` does."""
    os.environ.update(environment)
    asyncio.run(running.ingest_once(load_settings()))


def kill(process: BaseProcess) -> None:
    """As the kernel does when memory runs out."""
    if process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()


def die() -> None:
    """Now."""
    os.kill(os.getpid(), signal.SIGKILL)


class Dying(Outbox):
    """Dies at a step of a delivery."""

    def __init__(self, database: Database, step: str) -> None:
        super().__init__(database)
        self._step = step

    async def claim(self, chat: Chat, now: Any, holder: str) -> Delivery | None:
        if self._step == "before it is claimed":
            die()
        delivery = await super().claim(chat, now, holder)
        if self._step == "claimed":
            die()
        if self._step == "on its way":
            asyncio.get_running_loop().call_later(0.05, die)
        return delivery

    async def settle(self, delivery: Delivery, status: Status, **more: Any) -> bool:
        if self._step == "answered":
            die()
        owes = await super().settle(delivery, status, **more)
        if self._step == "settled":
            die()
        return owes


STEPS = ("before it is claimed", "claimed", "on its way", "answered", "settled")


def serve_and_die(step: str, url: str, chat: Chat, port: int) -> None:
    """Serve one chat, whose platform is at a port of ours, and die at a step."""
    asyncio.run(_serve(step, url, chat, port))


async def _serve(step: str, url: str, chat: Chat, port: int) -> None:
    database = Database(url)
    async with publisher_of(chat.platform, port) as publisher:
        post = Post(
            outbox=Dying(database, step),
            subscriptions=Subscriptions(database),
            publishers={chat.platform: publisher},
            paces={chat.platform: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
            holder="dead",
            clock=lambda: NOON,
            sleep=at_once,
            tell=lambda _: None,
            notice=lambda *_: Message(()),
        )
        await serve(post, chat)
