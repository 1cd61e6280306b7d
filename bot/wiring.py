"""The composition root: settings in, a Mujaz ready to work out. Nothing else builds these parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import structlog

from adapters.wires.sources import open_sources
from bot.answers import Desk, answer
from bot.answers.desk import asked_by
from bot.answers.inline import Offer, share
from bot.corrections import amend
from bot.ingest import Find, Progress, Report, ingest
from bot.marks import Marks
from bot.message import Message
from bot.model import Agreement, FeedConfig, Request, Story
from bot.plan import plan
from bot.ports.feeds import Source
from bot.tidy import tidy
from bot.words import Words
from config.catalogue import load_catalogue
from config.engine import load_engine
from config.feeds import PATH as FEEDS
from config.feeds import load_feeds
from config.marks import load_marks
from config.names import load_names
from config.settings import Settings
from config.topics import load_topics
from config.words import load_options, load_verbs, load_words
from config.zones import load_zones
from storage.buttons import Buttons
from storage.database import Database
from storage.editions import Editions
from storage.feeds import FeedStates
from storage.leases import Leases
from storage.outbox import Outbox
from storage.stories import Stories
from storage.subscriptions import Subscriptions

#: How the slugs of the bundled feeds begin: they are for a trial only, never for readers.
SAMPLE = "sample-"
#: The name that a process holds while it plans.
PLAN = "plan"

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
    database: Database
    subscriptions: Subscriptions
    editions: Editions
    outbox: Outbox
    leases: Leases
    buttons: Buttons
    find: Find
    marks: Marks

    @property
    def words(self) -> Words:
        """The operator's own language."""
        return self.desk.words[self.settings.mujaz_locale]

    async def answer(self, request: Request) -> Message:
        """Answer one command. Whoever writes to us has let us in again."""
        await self.subscriptions.resume(request.chat, now())
        return await answer(self.desk, request, now())

    async def share(self, request: Request, page: int) -> Offer:
        """Offer agreements to share about what was typed."""
        asked = await asked_by(self.desk, request, now())
        return await share(replace(asked, rest=request.text), page)

    async def ingest(self, progress: Progress = lambda _: None) -> Report:
        """Read every source once."""
        return await ingest(self.sources, self.stories, self.find, now(), progress, marks=self.marks)

    async def plan(self) -> None:
        """Owe every digest that is due, unless another process does; nothing would be doubled if both did."""
        if not await self.leases.take(PLAN):
            return
        planned = await plan(
            now(),
            stories=self.stories,
            subscriptions=self.subscriptions,
            editions=self.editions,
            outbox=self.outbox,
            words=self.desk.words,
        )
        for fault in planned.faults:
            _log.error("digest not planned; it is tried again", fault=fault)

    async def amend(self) -> None:
        """Owe what was sent the corrections that came since."""
        owed = await amend(now(), stories=self.stories, editions=self.editions, words=self.desk.words)
        if owed:
            _log.info("corrections owed to what was sent", changes=owed)

    async def tidy(self) -> None:
        """Forget what was sent long ago."""
        gone = await tidy(now(), outbox=self.outbox, editions=self.editions)
        if gone:
            _log.info("what was sent long ago is forgotten", rows=gone)


@asynccontextmanager
async def opened(settings: Settings, *, patient: bool = False) -> AsyncIterator[Mujaz]:
    """Build everything, the database brought up to date; `patient` lets feeds rest. Raise ConfigError."""
    async with stored(settings) as database:
        states, new, allowed = FeedStates(database), Stories(database).news, settings.private_networks
        async with open_sources(feeds(settings), states, new, allowed, patient=patient) as sources:
            mujaz = _build(settings, database, sources)
            try:
                yield mujaz
            finally:
                await mujaz.leases.release(PLAN)  # else nobody would plan until it is taken for dead


@asynccontextmanager
async def stored(settings: Settings) -> AsyncIterator[Database]:
    """Open the database: a file of ours is brought up to date, a server's is checked. Raise ConfigError."""
    database = Database(settings.database)
    try:
        await (database.migrate() if database.sqlite else database.check())
        yield database
    finally:
        await database.close()


def feeds(settings: Settings) -> tuple[FeedConfig, ...]:
    """Return the feeds that are on; the samples only in a trial without others. Raise ConfigError."""
    chosen = load_feeds(Path(settings.mujaz_feeds) if settings.mujaz_feeds else FEEDS)
    on = tuple(feed for feed in chosen if feed.enabled)
    own = tuple(feed for feed in on if not feed.slug.startswith(SAMPLE))
    return own or (on if settings.trial else ())


def _build(settings: Settings, database: Database, sources: Sequence[Source]) -> Mujaz:
    stories, subscriptions, topics = Stories(database), Subscriptions(database), load_topics()
    editions = Editions(database)
    desk = Desk(
        stories=stories,
        subscriptions=subscriptions,
        editions=editions,
        topics=topics,
        words=load_words(latin=settings.mujaz_digits == "latin"),
        verbs=load_verbs(),
        options=load_options(),
        catalogue=load_catalogue(topics, feeds(settings)),
        names=load_names(),
        feeds=feeds(settings),
        zones=load_zones(),
        zone=settings.mujaz_zone,
    )
    return Mujaz(
        settings,
        desk,
        sources,
        stories,
        database,
        subscriptions,
        editions,
        Outbox(database),
        Leases(database),
        Buttons(database),
        _finder(),
        load_marks(),
    )


def _finder() -> Find:
    """Return the engine as a function of a story; it is loaded when the first story asks."""
    engine = cache(load_engine)

    def find(story: Story) -> tuple[Agreement, ...]:
        return engine().find(story.text, published=story.published.date())

    return find


async def migrate(settings: Settings) -> str:
    """Bring the database up to date and return its name. Raise ConfigError."""
    database = Database(settings.database)
    try:
        await database.migrate()
        return database.name
    finally:
        await database.close()
