"""What the core asks of the edges. Adapters and storage implement these; the core names no implementation.

Every method may raise the errors of bot/errors.py that its docstring names; anything else is a bug.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.message import Message
from bot.model import (
    Agreement,
    Chat,
    Finding,
    Platform,
    Slot,
    Status,
    Story,
    StoryEvent,
    Subscription,
    Version,
)


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
    since: datetime | None = None  #: first stored at or after
    until: datetime | None = None  #: first stored before
    limit: int = 50  #: the newest come first


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

    async def versions(self, story_id: int) -> tuple[Version, ...]:
        """What a story said before, oldest first."""

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        """Findings that match, newest first, in the story's own order among those stored together."""

    async def finding(self, finding_id: int) -> Finding | None:
        """One finding by its id."""

    async def count(self, query: Query) -> int:
        """How many findings match, whatever the limit."""

    async def topic_counts(self, query: Query) -> dict[str, int]:
        """Findings a topic, for topics that have any."""

    async def latest(self) -> datetime | None:
        """When the newest finding was stored; whatever is stored later has a later time."""


class Subscriptions(Protocol):
    """Who gets a digest and when. One subscription a chat."""

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Add it, or replace the chat's own; the id is the store's.

        The chat's next digest is the first slot after `subscription.settled` (after `since` where that is
        None). An active subscription that is replaced keeps its own `since`, so that changing the hour
        neither loses findings nor sends them again.
        """

    async def unsubscribe(self, chat: Chat) -> bool:
        """Remove the chat's; False if it had none."""

    async def of(self, chat: Chat) -> Subscription | None:
        """The chat's subscription."""

    async def active(self) -> tuple[Subscription, ...]:
        """All that are not suspended."""

    async def suspend(self, chat: Chat, reason: str) -> None:
        """Stop sending to a chat that is closed to us."""

    async def rekey(self, chat: Chat, new_id: str) -> None:
        """The chat has a new id."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A bulletin owed to a chat."""

    id: int
    chat: Chat
    message: Message
    attempts: int  #: this one included


class Outbox(Protocol):
    """Bulletins owed. At most one for each (subscription, slot), whoever asks twice."""

    async def owe(
        self, subscription: Subscription, slot: Slot, message: Message | None, *, until: datetime
    ) -> bool:
        """Settle a slot in one transaction: move the subscription to it and its `since` to `until`.

        A message becomes a pending delivery; None means there is nothing to say this time.
        False, and no change, when that slot or a later one was settled before, or the subscription is gone.
        """

    async def claim(self, now: datetime, platforms: Collection[Platform], limit: int) -> tuple[Delivery, ...]:
        """Take pending deliveries whose time has come, marked as sending and committed.

        A chat's deliveries go one at a time, oldest first: none is claimed while an earlier one is open.
        """

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
    ) -> None:
        """Record how a delivery ended, or (PENDING with `retry_at`) when to try again."""

    async def rescue(self) -> int:
        """At start-up: what a dead process left as sending becomes unknown. Returns how many."""


class Publisher(Protocol):
    """A platform that can carry a message."""

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Send, in as many parts as the platform needs; return the platform's message ids.

        Raise NotSent, Throttled, Uncertain, Refused, Gone or Moved. Once a part has left, whatever stops the
        rest is Uncertain: any other error would have the first part sent again.
        """
