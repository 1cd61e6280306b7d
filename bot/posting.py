"""A worker's life: a name among the workers, the dispatcher, and the rounds that keep deliveries going."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

import structlog

from adapters.durable import DurableDispatcher
from adapters.slack import closed as slack_closed
from bot.deliver import Outcome, Post, dispatch, serve
from bot.message import Message, Style, paragraph
from bot.model import Platform, Status, Subscription
from bot.pace import Pace
from bot.ports.outbox import Outbox
from bot.ports.platforms import Publisher
from bot.ports.subscriptions import Subscriptions
from bot.ports.workers import Dispatcher, Leases
from bot.scheduler import Job
from bot.wiring import Mujaz, now

#: How the names of workers begin.
WORKER = "worker-"
#: Seconds between two looks at what is due, and at who still lives.
ROUND, WATCH = 1, 5
#: What became unknown within this time is sent again by policy; a policy changed later wakes nothing older.
RESENT_WITHIN = dt.timedelta(days=1)
#: A terminal has no limit worth keeping.
CONSOLE_RATE = 1000.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Means:
    """What a worker works with, but for the platforms."""

    outbox: Outbox
    subscriptions: Subscriptions
    leases: Leases
    dispatch_url: str  #: of the dispatcher's own tables
    rates: Mapping[Platform, float]  #: sends a second
    resends: bool  #: what may have arrived is sent once more
    notice: Callable[[Subscription, str], Message | None]  #: see bot/deliver.py


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that sends, under a name of its own. `lost` is called when that is taken away."""

    name: str
    means: Means
    post: Post
    dispatcher: Dispatcher
    lost: Callable[[], None]

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What it does over and over."""
        return Job("deliver", ROUND, self.deliver), Job("watch", WATCH, self.watch)

    async def deliver(self) -> None:
        """Have chats served that are owed something now."""
        await dispatch(self.post, self.dispatcher)

    async def watch(self) -> None:
        """Take over from workers that died, and keep our own house in order."""
        leases = self.means.leases
        held, dead = await leases.held(WORKER), await leases.dead(WORKER)
        if held.get(self.name) != leases.me:
            _log.error("another process took this worker for dead; it stops, so that nothing is done twice")
            self.lost()
        for name, holder in dead.items():
            await self._take_over(name, holder)
        for pace in self.post.paces.values():
            pace.share(len(held) - len(dead))
        await self.dispatcher.tidy()
        if self.means.resends:
            again = await self.means.outbox.resend_unknown(now(), now() - RESENT_WITHIN)
            if again:
                _log.warning("deliveries that may have arrived are sent once more", count=again)

    async def _take_over(self, name: str, holder: str) -> None:
        """Each step may be done twice, and in this order none is left out if we die ourselves."""
        left = await self.means.outbox.rescue(holder)
        if await self.means.leases.take(name):
            await self.dispatcher.adopt(name)
            await self.means.leases.release(name)
            _log.warning("a worker died; what it was sending is unknown", worker=name, count=left)


@asynccontextmanager
async def working(
    means: Means, publishers: Mapping[Platform, Publisher], lost: Callable[[], None]
) -> AsyncIterator[Worker]:
    """Send while inside; at the end what is under way may finish."""
    leases, name, ending = means.leases, await _a_name(means.leases), asyncio.Event()
    post = Post(
        outbox=means.outbox,
        subscriptions=means.subscriptions,
        publishers=publishers,
        paces={
            platform: Pace(means.rates[platform], clock=time.monotonic, sleep=asyncio.sleep)
            for platform in publishers
        },
        holder=leases.me,
        clock=now,
        sleep=asyncio.sleep,
        tell=_tell,
        notice=means.notice,
        ending=ending.is_set,
    )
    try:
        async with DurableDispatcher(
            means.dispatch_url, name, publishers, lambda chat: serve(post, chat)
        ) as dispatcher:
            try:
                yield Worker(name, means, post, dispatcher, lost)
            finally:
                ending.set()
    finally:
        await means.outbox.rescue(leases.me)
        await leases.release(name)


def means_of(mujaz: Mujaz) -> Means:
    """Return what a worker of this Mujaz works with."""
    settings = mujaz.settings
    return Means(
        outbox=mujaz.outbox,
        subscriptions=mujaz.subscriptions,
        leases=mujaz.leases,
        dispatch_url=mujaz.database.dispatch_url,
        rates={
            Platform.TELEGRAM: settings.telegram_rate,
            Platform.SLACK: settings.slack_rate,
            Platform.CONSOLE: CONSOLE_RATE,
        },
        resends=settings.mujaz_resend == "once",
        notice=lambda subscription, why: _notice(mujaz, subscription, why),
    )


async def _a_name(leases: Leases) -> str:
    """Take the first name that nobody has."""
    for number in count():
        if await leases.take(f"{WORKER}{number}"):
            return f"{WORKER}{number}"
    raise AssertionError("there is always another number")


def _notice(mujaz: Mujaz, subscription: Subscription, why: str) -> Message | None:
    """What the owner of a subscription is told when its chat has closed."""
    chat, words = subscription.chat, mujaz.desk.words.get(subscription.wants.locale, mujaz.words)
    if chat.platform is Platform.SLACK:
        return slack_closed(chat, why, words)
    return Message((paragraph(Style.TEXT, words("delivery.closed", chat=chat.id)),), locale=words.locale)


def _tell(outcome: Outcome) -> None:
    """Log how a delivery ended; what did not arrive is a warning with its cause."""
    say: Callable[..., None] = _log.info if outcome.status == Status.SENT else _log.warning
    chat = outcome.delivery.chat
    say(
        "delivery",
        status=outcome.status.value,
        platform=chat.platform.value,
        chat=chat.id,
        delivery=outcome.delivery.id,
        error=outcome.error or None,
        retry_at=outcome.retry_at and outcome.retry_at.isoformat(),
    )
