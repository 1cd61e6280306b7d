"""The composition root: settings in, a Mujaz ready to work out. Nothing else builds these parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import structlog

from adapters.wires.sources import open_sources
from bot.answers import Desk, answer
from bot.deliver import Outcome, Post, deliver
from bot.digest import compose
from bot.ingest import Find, Progress, Report, ingest
from bot.marks import Marks
from bot.message import Message
from bot.model import Agreement, FeedConfig, Finding, Platform, Request, Status, Story
from bot.plan import Compose, plan
from bot.ports import Publisher, Source
from bot.words import Words
from config.engine import load_engine
from config.feeds import PATH as FEEDS
from config.feeds import load_feeds
from config.marks import load_marks
from config.settings import Settings
from config.topics import load_topics
from config.words import load_verbs, load_words
from storage.database import Database
from storage.feeds import FeedStates
from storage.outbox import Outbox
from storage.stories import Stories
from storage.subscriptions import Subscriptions

#: How the slugs of the bundled feeds begin: they are for a trial only, never for readers.
SAMPLE = "sample-"

_log = structlog.get_logger()


def now() -> dt.datetime:
    """Read the clock: the one place that does."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Mujaz:
    """Everything but the platforms, which come and go with a process's role."""

    settings: Settings
    desk: Desk
    sources: Sequence[Source]
    stories: Stories
    subscriptions: Subscriptions
    outbox: Outbox
    find: Find
    marks: Marks

    @property
    def words(self) -> Words:
        """The operator's own language."""
        return self.desk.words[self.settings.mujaz_locale]

    async def answer(self, request: Request) -> Message:
        """Answer one command."""
        return await answer(self.desk, request, now())

    async def ingest(self, progress: Progress = lambda _: None) -> Report:
        """Read every source once."""
        return await ingest(self.sources, self.stories, self.find, now(), progress, marks=self.marks)

    async def plan(self) -> None:
        """Owe every digest that is due."""
        planned = await plan(
            now(),
            stories=self.stories,
            subscriptions=self.subscriptions,
            outbox=self.outbox,
            compose=_composer(self.desk.words, ZoneInfo(self.settings.mujaz_zone)),
        )
        for fault in planned.faults:
            _log.error("digest not planned; it is tried again", fault=fault)

    async def deliver(self, publishers: Mapping[Platform, Publisher]) -> None:
        """Send what is owed and can be sent."""
        await deliver(Post(self.outbox, self.subscriptions, publishers, clock=now, tell=_tell))


@asynccontextmanager
async def opened(settings: Settings, *, patient: bool = False) -> AsyncIterator[Mujaz]:
    """Build everything, the database brought up to date; `patient` lets feeds rest. Raise ConfigError."""
    database = Database(settings.database)
    try:
        await (database.migrate() if database.sqlite else database.check())
        states, new, allowed = FeedStates(database), Stories(database).news, settings.private_networks
        async with open_sources(feeds(settings), states, new, allowed, patient=patient) as sources:
            yield _build(settings, database, sources)
    finally:
        await database.close()


def feeds(settings: Settings) -> tuple[FeedConfig, ...]:
    """Return the feeds that are on; the samples only in a trial without others. Raise ConfigError."""
    chosen = load_feeds(Path(settings.mujaz_feeds) if settings.mujaz_feeds else FEEDS)
    on = tuple(feed for feed in chosen if feed.enabled)
    own = tuple(feed for feed in on if not feed.slug.startswith(SAMPLE))
    return own or (on if settings.trial else ())


def _build(settings: Settings, database: Database, sources: Sequence[Source]) -> Mujaz:
    stories, subscriptions = Stories(database), Subscriptions(database)
    desk = Desk(
        stories=stories,
        subscriptions=subscriptions,
        topics=load_topics(),
        words=load_words(latin=settings.mujaz_digits == "latin"),
        verbs=load_verbs(),
        zones=available_timezones(),
        zone=settings.mujaz_zone,
    )
    return Mujaz(settings, desk, sources, stories, subscriptions, Outbox(database), _finder(), load_marks())


def _finder() -> Find:
    """Return the engine as a function of a story; it is loaded when the first story asks."""
    engine = cache(load_engine)

    def find(story: Story) -> tuple[Agreement, ...]:
        return engine().find(story.text, published=story.published.date())

    return find


def _composer(words: Mapping[str, Words], zone: ZoneInfo) -> Compose:
    """Return what writes a subscriber's digest: one honest line where there is nothing new."""

    def write(findings: Sequence[Finding], locale: str, _: dt.datetime, until: dt.datetime) -> Message:
        said = words[locale]
        heading = f"{said('digest.title')} — {said.date(until.astimezone(zone).date())}"
        return compose(findings, said, heading=heading, note="" if findings else said("digest.empty"))

    return write


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


async def migrate(settings: Settings) -> str:
    """Bring the database up to date and return its name. Raise ConfigError."""
    database = Database(settings.database)
    try:
        await database.migrate()
        return database.name
    finally:
        await database.close()
