"""Stories and their findings: saved together, once, and told apart from what was there before."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from bot.alike import sketch
from bot.errors import SourceError
from bot.model import Agreement, Finding, Story, StoryEvent, Version
from bot.ports.stories import Brought, Query, Reading, Saved
from storage import findings
from storage.clusters import Sketch
from storage.database import Database
from storage.history import brought, events, versions
from storage.lookup import shelf
from storage.saving import save
from storage.tables.findings import FindingRow


class Stories:
    """The port `Stories` of bot/ports/stories.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def news(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """Those of a feed's stories that say anything new to us."""
        if not stories:
            return ()
        shelved = await self._database.look(lambda session: shelf(session, stories))
        return tuple(story for story in stories if shelved.put(story)[0] is not Saved.SAME)

    async def save(self, story: Story, agreements: Sequence[Agreement]) -> Saved:
        """Store a story and its findings in one transaction; an identical one changes nothing."""
        return (await self.save_all([Reading(story, agreements)]))[0]

    async def save_all(self, readings: Sequence[Reading]) -> tuple[Saved, ...]:
        """Store the stories of one feed and their findings in one transaction. Raise SourceError."""
        if not readings:
            return ()
        # In a thread, as a batch's take long enough to keep commands and the reader of feeds waiting.
        sketches = await asyncio.to_thread(_sketches, readings)
        try:
            return await self._database.store(lambda session: self._save(session, readings, sketches))
        except (StatementError, OverflowError) as error:
            if isinstance(error, DBAPIError) and not isinstance(error, DataError | IntegrityError):
                raise  # the database's own trouble, no story's
            one = readings[0].story
            name = f"{one.feed}/{one.id}" if len(readings) == 1 else one.feed
            raise SourceError(name, f"could not be stored: {_reason(error)}") from error

    async def events(self, since: datetime | None = None) -> tuple[StoryEvent, ...]:
        """What happened at or after `since` to stories that were there before, oldest first."""
        async with self._database.read() as session:
            return await events(session, since)

    async def versions(self, story_id: int) -> tuple[Version, ...]:
        """What a story said before, oldest first."""
        async with self._database.read() as session:
            return await versions(session, story_id)

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        """Findings that match, newest first, in the story's own order among those stored together."""
        async with self._database.read() as session:
            return await findings.load(session, await findings.newest(session, query))

    async def finding(self, finding_id: int) -> Finding | None:
        """One finding by its id."""
        async with self._database.read() as session:
            return next(iter(await findings.load(session, [finding_id])), None)

    async def count(self, query: Query) -> int:
        """How many findings match, up to the query's limit."""
        async with self._database.read() as session:
            return len(await findings.newest(session, query))

    async def topic_counts(self) -> dict[str, int]:
        """Findings a topic, for topics that have any."""
        async with self._database.read() as session:
            return await findings.topic_counts(session)

    async def ahead(self, day: date, limit: int) -> tuple[Finding, ...]:
        """Findings that name this day or a later one, the soonest first."""
        async with self._database.read() as session:
            return await findings.load(session, await findings.ahead(session, day, limit))

    async def together(self, cluster: int) -> tuple[Finding, ...]:
        """Findings of all stories that share a cluster, the story stored first first."""
        async with self._database.read() as session:
            return await findings.load(session, await findings.together(session, cluster))

    async def standing(self, stories: Collection[int]) -> tuple[Finding, ...]:
        """What stands now in these stories, each story's in its own order."""
        async with self._database.read() as session:
            return await findings.load(session, await findings.standing(session, stories))

    async def brought(self, feeds: Collection[str], since: datetime) -> dict[str, Brought]:
        """What each of these feeds brought; a feed that brought nothing yet is left out."""
        async with self._database.read() as session:
            return await brought(session, feeds, since)

    async def latest(self) -> datetime | None:
        """When the newest finding was stored; whatever is stored later has a later time."""
        async with self._database.read() as session:
            return await session.scalar(select(func.max(FindingRow.stored)))

    def _save(
        self, session: Session, readings: Sequence[Reading], sketches: Sequence[Sketch]
    ) -> tuple[Saved, ...]:
        """Save when no other does until it commits, so that times of storing are in order of commit."""
        if not self._database.sqlite:  # whose write transactions take turns anyway
            session.execute(text("LOCK TABLE stories IN SHARE ROW EXCLUSIVE MODE"))
        return save(session, readings, sketches)


def _sketches(readings: Sequence[Reading]) -> list[Sketch]:
    return [sketch(reading.story.text) for reading in readings]


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
