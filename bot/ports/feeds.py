"""Feeds: what they hold, and what we remember of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import Story


class Source(Protocol):
    """One feed: an address, a folder or a stream."""

    @property
    def slug(self) -> str:
        """The feed's key in config/feeds.toml."""

    def stories(self, now: datetime) -> AsyncGenerator[Sequence[Story], None]:
        """Yield what the feed holds at `now`, a document's stories together; nothing when it is unchanged.

        Raise SourceError, or a group of them after the last stories when only some items are bad. Asking
        for the next says that the last are saved: only then may a source remember that it is done.
        If one of them could not be saved, SourceError is thrown where they were yielded: the source goes on
        with the next, and remembers to give these again.
        """


@dataclass(frozen=True, slots=True)
class FeedState:
    """What we remember of a feed between two fetches, and its health."""

    slug: str
    asked: str = ""  #: the configured address that all this is about
    url: str = ""  #: where a permanent redirect led; empty: as configured
    etag: str = ""
    modified: str = ""  #: the Last-Modified header as it came
    checked: datetime | None = None  #: last tried
    succeeded: datetime | None = None  #: last answered, changed or not
    changed: datetime | None = None  #: last brought something new
    due: datetime | None = None  #: not to be fetched before
    interval: timedelta = timedelta()  #: adapts to how often it changes; zero: not known yet
    failures: int = 0  #: in a row
    error: str = ""  #: the last failure in one line; after a success what it lacked, mostly nothing
    gone: bool = False  #: its server said 410: asked no more until a person says so


class FeedStates(Protocol):
    """The memory of feeds."""

    async def get(self, slug: str) -> FeedState:
        """Return a feed's state; `FeedState(slug)` for one never fetched."""

    async def put(self, state: FeedState) -> None:
        """Remember a feed's state, replacing what was known."""
