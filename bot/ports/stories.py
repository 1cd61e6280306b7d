"""Stories and what was found in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.model import Agreement, Finding, Story, StoryEvent, Version


class Saved(StrEnum):
    """What saving a story changed."""

    NEW = "new"
    UPDATED = "updated"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Reading:
    """A story and what was found in it."""

    story: Story
    agreements: Sequence[Agreement] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Which findings: each field that is set narrows the choice."""

    topics: tuple[str, ...] = ()  #: any of these
    parties: tuple[tuple[str, ...], ...] = ()  #: all of these; each by slugs, any of which may stand for it
    text: str | None = None  #: words, all of them in any form, of the bullet, its sentence and its headline
    since: datetime | None = None  #: first stored at or after
    until: datetime | None = None  #: first stored before
    limit: int = 50  #: the newest come first


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a feed."""

    last: datetime  #: when its newest story was stored
    agreements: int  #: stored since the time asked about


class Stories(Protocol):
    """Stories and what was found in them."""

    async def news(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """Those of one feed's stories that say anything new to us, as if each were stored before the next.

        Old news is also a text that was replaced (servers go back and forth), a revision below the one we
        have, a kill of a story that we never had, and a killed story still listed as it was.
        """

    async def save(self, story: Story, agreements: Sequence[Agreement]) -> Saved:
        """Store a story and its findings in one transaction; an identical one changes nothing.

        A finding that an update leaves as it was keeps its id and the time it was first stored. A replaced
        text is kept as a version, and each change as an event; a killed story keeps its text and loses its
        findings, until the wire sends it anew. Raise SourceError for a story that cannot be stored.
        """

    async def save_all(self, readings: Sequence[Reading]) -> tuple[Saved, ...]:
        """Do that for one feed's stories in the order given, in one transaction: all of them or none.

        Raise SourceError when one of them cannot be stored.
        """

    async def events(self, since: datetime | None = None) -> tuple[StoryEvent, ...]:
        """What happened at or after `since` to stories that were there before, oldest first."""

    async def standing(self, stories: Collection[int]) -> tuple[Finding, ...]:
        """What stands now in these stories, each story's in its own order."""

    async def versions(self, story_id: int) -> tuple[Version, ...]:
        """What a story said before, oldest first."""

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        """Findings that match, newest first, in the story's own order among those stored together."""

    async def finding(self, finding_id: int) -> Finding | None:
        """One finding by its id."""

    async def count(self, query: Query) -> int:
        """How many findings match, up to the query's limit: no count takes longer the more there are."""

    async def topic_counts(self) -> dict[str, int]:
        """Findings a topic, for topics that have any."""

    async def ahead(self, day: date, limit: int) -> tuple[Finding, ...]:
        """Findings that name this day or a later one, the soonest first."""

    async def together(self, cluster: int) -> tuple[Finding, ...]:
        """Findings of all stories that share a cluster, the story stored first first."""

    async def brought(self, feeds: Collection[str], since: datetime) -> dict[str, Brought]:
        """What each of these feeds brought; a feed that brought nothing yet is left out."""

    async def latest(self) -> datetime | None:
        """When the newest finding was stored; whatever is stored later has a later time."""
