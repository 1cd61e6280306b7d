"""What the core asks of the edges. Adapters and storage implement these; the core names no implementation.

Every method may raise the errors of bot/errors.py that its docstring names; anything else is a bug.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.editions import Edition
from bot.message import Message
from bot.model import (
    Agreement,
    Change,
    Chat,
    Finding,
    Platform,
    Slot,
    Status,
    Story,
    StoryEvent,
    Subscription,
    Version,
    Wants,
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


class Subscriptions(Protocol):
    """Who gets a digest and when. One subscription a chat, known by the same id whenever the chat returns."""

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Add it, or replace the chat's own; the id is the store's.

        The chat's next digest is the first slot after `subscription.settled` (after `since` where that is
        None). An active subscription that is replaced keeps its own `since`, so that changing the hour
        neither loses findings nor sends them again.
        """

    async def keep(self, subscription: Subscription) -> None:
        """Keep what a chat wants that has no subscription: it gets nothing until it asks."""

    async def chosen(self, chat: Chat) -> Wants | None:
        """What the chat chose, with or without a subscription; None: nothing yet."""

    async def change(self, chat: Chat, wants: Wants) -> bool:
        """Let the chat want something else from its next digest on; False if it has no subscription.

        What was settled and from where the next digest covers stay.
        """

    async def pause(self, chat: Chat, until: datetime) -> bool:
        """Let nothing be due before `until`, or from then on where it is past; False without a subscription.

        Of the pause the first digest after it covers the last day (bot/due.py).
        """

    async def unsubscribe(self, chat: Chat) -> bool:
        """End the chat's; False if it had none. What it chose and what it was told stay known."""

    async def forget(self, chat: Chat) -> None:
        """Erase all that is known of the chat: what it chose, what it is owed and what it was told."""

    async def of(self, chat: Chat) -> Subscription | None:
        """The chat's subscription."""

    async def active(self) -> tuple[Subscription, ...]:
        """All that are not suspended."""

    async def of_workspace(self, platform: Platform, workspace: str) -> tuple[Chat, ...]:
        """The chats of a workspace that have subscriptions, suspended ones too."""

    async def suspend(self, chat: Chat, reason: str, now: datetime, notice: Message | None) -> bool:
        """Plan nothing more for a chat that is closed to us; False if that was so before, or it has none.

        What it is owed stays owed. In the same transaction the subscription's owner is owed the notice, where
        the chat is another one than the owner's own.
        """

    async def resume(self, chat: Chat, now: datetime) -> bool:
        """The chat is open again: plan for it, and what it is owed is due `now`. False if it never closed."""

    async def rekey(self, chat: Chat, new_id: str) -> None:
        """The chat has a new id."""


class Act(StrEnum):
    """What a delivery does in its chat."""

    POST = "post"
    EDIT = "edit"  #: put the message in place of one that was sent; doing it twice changes nothing
    REPLY = "reply"  #: post the message as an answer to one that was sent


@dataclass(frozen=True, slots=True)
class Owed:
    """What a slot brings a subscription."""

    subscription: Subscription
    slot: Slot
    until: datetime  #: findings stored before this are dealt with
    message: Message | None  #: None: there is nothing to say this time
    edition: str = ""  #: the id of the stored edition that the message is of


@dataclass(frozen=True, slots=True)
class Delivery:
    """A bulletin owed to a chat, or a change to one that was sent."""

    id: int
    chat: Chat
    message: Message
    attempts: int  #: this one included; it also tells this try from a later one
    closed: int = 0  #: tries in a row that found the chat closed
    act: Act = Act.POST
    target: tuple[str, ...] = ()  #: the message ids of what this one changes or answers


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outbox, as an operator reads it."""

    id: int
    chat: Chat
    slot: str
    status: Status
    attempts: int
    resent: int  #: how often it was sent again although it may have arrived
    tried: datetime | None  #: last
    error: str


class Outbox(Protocol):
    """Bulletins owed. At most one for each (subscription, slot), whoever asks twice."""

    async def owe_all(self, owed: Sequence[Owed]) -> tuple[bool, ...]:
        """Settle slots, and make their messages pending deliveries, a few hundred in a transaction.

        False, and no change, for each whose slot or a later one was settled before, or whose subscription is
        gone or suspended.
        """

    async def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Chat, ...]:
        """Chats whose oldest open delivery can go now; the longest waiting come first."""

    async def claim(self, chat: Chat, now: datetime, holder: str) -> Delivery | None:
        """Take the chat's oldest open delivery, marked as being sent by `holder` and committed.

        None where that one is being sent or its time has not come: a chat's deliveries go in order.
        """

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
        closed: int = 0,
        now: datetime | None = None,
    ) -> bool:
        """Record how a try ended, or (PENDING with `retry_at`) when to try again.

        Return whether the chat is owed something else at `now`; False where that is not asked. It also
        corrects a row that `rescue` took for a dead worker's; it changes nothing once that was claimed again.
        """

    async def give_up(self, chat: Chat, error: str) -> int:
        """What the chat is still owed has failed. Returns how many."""

    async def rescue(self, holder: str) -> int:
        """What a worker that is no more was sending becomes unknown. Returns how many."""

    async def counts(self) -> Mapping[Status, int]:
        """How many deliveries stand where."""

    async def entries(self, statuses: Collection[Status], limit: int) -> tuple[Entry, ...]:
        """Deliveries that stand so, newest first."""

    async def resend(self, now: datetime, ids: Collection[int]) -> int:
        """A person says: send these again, unknown or failed though they are. Returns how many."""

    async def resend_unknown(self, now: datetime, after: datetime) -> int:
        """By policy: send what is unknown, was tried after `after` and never sent again once more."""

    async def drop(self, ids: Collection[int]) -> int:
        """A person says: leave these, unknown or failed, as they are, and list them no more."""


class Leases(Protocol):
    """Names that one process at a time holds. One that shows no sign of life for a while loses its own."""

    @property
    def me(self) -> str:
        """What this holder is called; no other ever is."""

    async def take(self, name: str) -> bool:
        """Take a name, or keep our own; False while a living process has it."""

    async def renew(self) -> tuple[str, ...]:
        """Show a sign of life for every name we hold, and return those we have lost."""

    async def held(self, prefix: str) -> Mapping[str, str]:
        """Names that are held: by whom."""

    async def dead(self, prefix: str) -> Mapping[str, str]:
        """Names whose holder shows no sign of life: who that was."""

    async def release(self, name: str) -> None:
        """Give a name up; one that is not ours stays as it is."""


class Dispatcher(Protocol):
    """Has chats served side by side, up to a limit. It shares them out; the outbox keeps their order."""

    async def busy(self, platform: Platform) -> Collection[Chat]:
        """Chats that wait to be served or are being served, here or in another process."""

    async def dispatch(self, platform: Platform, chats: Collection[Chat]) -> None:
        """Have each of a platform's chats served soon."""

    async def adopt(self, worker: str) -> None:
        """A worker is no more: the chats it was serving are busy no longer."""

    async def tidy(self) -> None:
        """Forget what is done, and free chats that this process seems to serve and does not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A bulletin that was sent or is about to be, as it stands after every change owed to it so far."""

    delivery: int  #: the row that posts it
    edition: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change owed to what was sent. `key` names its cause: a bulletin gets one at most for each."""

    delivery: int  #: the row that posts it
    key: str
    act: Act
    message: Message
    edition: str = ""  #: what the message makes of it; a notice makes nothing


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the public log: what a wire corrected or took back."""

    event: int  #: the story's event
    at: datetime
    change: Change
    source: str
    url: str | None
    headline: str
    before: tuple[str, ...] = ()  #: what we said, of the items that readers were told ...
    after: tuple[str, ...] = ()  #: ... and what stands instead; empty: nothing


class Editions(Protocol):
    """Digests as composed, who was told them, and what was corrected in them."""

    async def save(self, editions: Sequence[Edition]) -> None:
        """Keep editions; one that is known by its id changes nothing."""

    async def get(self, ids: Collection[str]) -> dict[str, Edition]:
        """The editions with these ids; one that is not known is left out."""

    async def told(self, subscriptions: Collection[int], since: datetime) -> dict[int, frozenset[str]]:
        """What each subscription was told: ids of editions with items that were made at or after `since`.

        Those of deliveries owed, sent or unknown, and of changes to them; not of those that failed.
        """

    async def showing(self, stories: Collection[int], since: datetime) -> tuple[Shown, ...]:
        """Bulletins made at or after `since` whose edition, as it stands, holds items of the stories.

        Only those owed or sent: of one that failed, or of which we know no message, nothing can be changed.
        """

    async def amend(
        self,
        amendments: Sequence[Amendment],
        corrections: Sequence[Correction],
        *,
        now: datetime,
        until: datetime,
    ) -> int:
        """Owe changes, log why, and move on to events at or after `until`: all in one transaction.

        A bulletin that is not on its way yet becomes what an edit would make of it, and its notices are
        dropped. Return how many changes are owed.
        """

    async def amended(self) -> datetime | None:
        """Events of stories before this were dealt with; None: none so far."""

    async def corrections(self, limit: int) -> tuple[Correction, ...]:
        """The public log, newest first."""


class Publisher(Protocol):
    """A platform that can carry a message."""

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Send, in as many parts as the platform needs; return the platform's message ids.

        Raise NotSent, Throttled, Uncertain, Refused, Gone or Moved. Once a part has left, whatever stops the
        rest is Uncertain: any other error would have the first part sent again.
        """

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        """Put `message` in place of what was sent in these parts; return the ids of its parts now.

        Doing it twice changes nothing, so a request that had no answer is NotSent too: try again later.
        Uncertain only where a part had to be added. Raise Refused where the platform lets nobody edit it.
        """

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        """Send as an answer to a message of ours; where that is gone, as a message of its own.

        Raise as `send` does.
        """


class Heard(Protocol):
    """What platforms have told us, for as long as they may tell it again."""

    async def first(self, key: str, now: datetime) -> bool:
        """Remember the key; False if it was known before, by whichever of our processes."""


#: How long a button is worth pressing.
KEPT = timedelta(days=90)


class Buttons(Protocol):
    """What is too long for a platform's button, kept for a while under names nobody can guess."""

    async def keep(self, chat: Chat, command: str, lasting: timedelta = KEPT) -> str:
        """Keep a command for a button in this chat; return its name, 16 signs of A-Z a-z 0-9 - _."""

    async def find(self, chat: Chat, name: str) -> str | None:
        """The command kept for this chat; None for one of another chat, or kept too long ago."""
