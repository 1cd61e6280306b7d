"""What each command of the command line runs, from the first line printed to the last."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from rich.console import Console
from rich.progress import Progress as Bar
from starlette.routing import BaseRoute

from adapters.console import ConsoleMessage, ConsolePublisher
from adapters.telegram import Connection, Core, TelegramBot
from adapters.web.app import make_app
from adapters.web.serve import served
from bot.ingest import Report, summary
from bot.message import Message
from bot.model import Chat, Platform, Request
from bot.ports.platforms import Publisher
from bot.posting import means_of, working
from bot.scheduler import Job, ticking
from bot.slack import slack_bot
from bot.wiring import Mujaz, opened
from config.logs import configure
from config.settings import Settings

CONSOLE = Chat(Platform.CONSOLE, "terminal")
#: Roles that do each part of the work; "all" does everything in one process.
CLOCK, WORKER, WEB = {"all", "clock"}, {"all", "worker"}, {"all", "web"}

#: Seconds between two signs of life; storage/leases.py waits for three.
LEASE_SECONDS = 5
TIDY_SECONDS = 3600

_log = structlog.get_logger()


async def once(settings: Settings) -> None:
    """Read the feeds, print the day's digest, stop."""
    configure(settings.mujaz_log)
    async with opened(settings) as mujaz:
        await _ingest_and_print(mujaz)


async def ingest_once(settings: Settings) -> Report:
    """Read the feeds and print one line about it."""
    configure(settings.mujaz_log)
    async with opened(settings) as mujaz:
        return await _ingest(mujaz)


async def ask_once(settings: Settings, text: str) -> None:
    """Answer one command of somebody at the terminal."""
    configure(settings.mujaz_log)
    async with opened(settings) as mujaz:
        _print(await _asked(mujaz, text))


async def serve(settings: Settings, role: str) -> None:
    """Work until told to stop (SIGINT, SIGTERM), then finish what is under way."""
    configure(settings.mujaz_log)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings, patient=True) as mujaz, AsyncExitStack() as stack:
        _say_what_is_off(settings)
        if settings.trial and role in CLOCK:
            await _ingest_and_print(mujaz)
        platforms = await stack.enter_async_context(_platforms(mujaz, role))
        if role in WEB:
            address = await stack.enter_async_context(_web(mujaz, platforms.routes))
            Console().print(f"\n  {address}\n", style="bold")
        jobs = _jobs(mujaz, role)
        if role in WORKER and platforms.publishers:
            worker = await stack.enter_async_context(working(means_of(mujaz), platforms.publishers, stop.set))
            jobs += worker.jobs
        await stack.enter_async_context(ticking(jobs))
        await stop.wait()
        _log.info("stopping; what is under way may finish")


@dataclass(frozen=True, slots=True)
class _Platforms:
    """What the platforms that are on give to the rest."""

    publishers: dict[Platform, Publisher] = field(default_factory=dict)
    routes: list[BaseRoute] = field(default_factory=list)


@asynccontextmanager
async def _platforms(mujaz: Mujaz, role: str) -> AsyncIterator[_Platforms]:
    """Start the platforms that have their tokens and that this role serves."""
    settings, on = mujaz.settings, _Platforms()
    async with AsyncExitStack() as stack:
        if settings.telegram:
            await _telegram(mujaz, role, stack, on)
        if settings.slack:
            await _slack(mujaz, role, stack, on)
        if settings.trial and role in WORKER:
            on.publishers[Platform.CONSOLE] = ConsolePublisher(Console())
        yield on


async def _telegram(mujaz: Mujaz, role: str, stack: AsyncExitStack, on: _Platforms) -> None:
    """Telegram: sends in the worker; receives there by polling, or by a webhook in the web process."""
    settings = mujaz.settings
    receives = role in (WEB if settings.telegram_webhook_url else WORKER)
    if settings.telegram_token is None or not (receives or role in WORKER):
        return
    connection = Connection(
        base_url=settings.telegram_base_url,
        proxy=settings.telegram_proxy or "",
        receives=receives,
        webhook=settings.telegram_webhook_url or "",
        connections=settings.telegram_webhook_connections,
    )
    core = Core(mujaz.answer, mujaz.share, mujaz.desk.words, mujaz.subscriptions, mujaz.buttons)
    telegram = TelegramBot(settings.telegram_token.get_secret_value(), core, connection)
    await stack.enter_async_context(telegram)
    on.routes.extend(telegram.routes)
    if role in WORKER:
        on.publishers[Platform.TELEGRAM] = telegram.publisher


async def _slack(mujaz: Mujaz, role: str, stack: AsyncExitStack, on: _Platforms) -> None:
    """Slack: Socket Mode in the worker where there is an app token, else HTTP in the web process."""
    settings = mujaz.settings
    bot = await stack.enter_async_context(slack_bot(mujaz))
    if role in WORKER:
        on.publishers[Platform.SLACK] = bot.publisher
        if settings.slack_app_token:
            await stack.enter_async_context(bot.connected(settings.slack_app_token.get_secret_value()))
    if role in WEB:
        on.routes.extend(bot.routes(events=settings.slack_signing_secret is not None))


@asynccontextmanager
async def _web(mujaz: Mujaz, routes: list[BaseRoute]) -> AsyncIterator[str]:
    settings = mujaz.settings
    app = make_app(mujaz.answer, mujaz.desk.words, mounts=routes)
    async with served(app, settings.host, settings.port, settle=settings.trial) as address:
        yield address


def _jobs(mujaz: Mujaz, role: str) -> list[Job]:
    """Return the role's jobs, but for delivering: a worker has its own."""
    settings, jobs = mujaz.settings, [Job("lease", LEASE_SECONDS, mujaz.leases.renew)]

    async def ingest() -> None:
        report = await mujaz.ingest()
        if report.new or report.updated or report.failed:
            _log.info("ingested", summary=summary(report, mujaz.desk.words["en"]))

    async def plan() -> None:
        try:
            await mujaz.amend()  # first: what an edit tells is not told again
        finally:
            await mujaz.plan()

    if role in CLOCK:
        jobs += [
            Job("ingest", settings.mujaz_ingest_seconds, ingest),
            Job("plan", settings.mujaz_tick_seconds, plan),
            Job("tidy", TIDY_SECONDS, mujaz.tidy),
        ]
    return jobs


def _say_what_is_off(settings: Settings) -> None:
    """One clear line for each platform that has no tokens."""
    if not settings.telegram:
        _log.info("Telegram is off: set TELEGRAM_TOKEN to switch it on")
    if not settings.slack:
        _log.info(
            "Slack is off: set SLACK_BOT_TOKEN (or SLACK_CLIENT_ID), "
            "and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"
        )


async def _ingest_and_print(mujaz: Mujaz) -> None:
    await _ingest(mujaz)
    _print(await _asked(mujaz, "/digest"))


async def _ingest(mujaz: Mujaz) -> Report:
    """Read the feeds, with a bar on a terminal and one line at the end."""
    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)
        report = await mujaz.ingest(lambda so_far: bar.update(task, completed=so_far.stories))
    console.print(summary(report, mujaz.words), style="dim", highlight=False)
    return report


async def _asked(mujaz: Mujaz, text: str) -> Message:
    locale, zone = mujaz.settings.mujaz_locale, mujaz.settings.mujaz_zone
    return await mujaz.answer(Request(CONSOLE, "console", text, locale, zone))


def _print(message: Message) -> None:
    Console().print(ConsoleMessage(message))
