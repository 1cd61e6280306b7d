"""The nouns of Mujaz: frozen values that every part passes on and nobody changes.

Times are aware and in UTC. Offsets count characters (code points) of `Story.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened to the thing agreed (the annotation guidelines' eight kinds)."""

    AGREED = "agreed"
    SIGNED = "signed"
    PLANNED = "planned"
    PLEDGED = "pledged"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    EXTENDED = "extended"
    ENDED = "ended"


class Platform(StrEnum):
    """Where a chat lives."""

    TELEGRAM = "telegram"
    SLACK = "slack"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start..end of a story's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a story and where they stand in it. Build it with `of`, so that the two cannot disagree."""

    span: Span
    quote: str

    @classmethod
    def of(cls, text: str, span: Span) -> Evidence:
        """Slice `span` out of `text`."""
        return cls(span, text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement."""

    name: str  #: as a reader knows it, in Arabic, nominative: "الصين"
    slug: str  #: stable key to group and follow by: "china"; the folded name where the lexicon has none
    kind: str  #: state, ministry, body, company, club, group ... or "unknown"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing agreed, and the words of the wire it rests on."""

    kind: Kind
    parties: tuple[Party, ...]
    subject: Evidence  #: the exact words that say what is agreed
    evidence: Evidence  #: the sentence they stand in
    phrase: str  #: the bullet under a header of parties: a noun phrase
    bullet: str  #: the bullet that stands alone and names the parties; at most 22 words
    topics: tuple[str, ...]  #: up to 3 slugs of config/topics.toml, most fitting first
    date: str | None  #: when, as the wire says it
    on: dt.date | None  #: the same as a calendar day, where it can be known
    place: str | None  #: where, as the wire says it
    amounts: tuple[str, ...]  #: of money, then percentages: slices of the evidence
    rule: str  #: the rule or model decision that kept it
    score: float  #: confidence, 0..1


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """A feed as the operator wants it: either an address or a folder."""

    slug: str
    name: str  #: the agency's name, as shown to readers
    url: str | None = None
    folder: str | None = None  #: absolute path
    drop: bool = False  #: files are taken out of the folder as they are read
    language: str = "ar"
    enabled: bool = True
    full_text: bool = False  #: it carries summaries: stories are read whole from their pages
    page_hosts: tuple[str, ...] = ()  #: hosts of pages beside the feed's own


class Change(StrEnum):
    """What a later version does to a story that was sent before."""

    UPDATE = "update"
    CORRECTION = "correction"  #: something in it was wrong
    KILL = "kill"  #: the agency takes it back


@dataclass(frozen=True, slots=True)
class Story:
    """One item of a feed as it stands now: its headline, a newline, its body."""

    id: str  #: stable within the feed: the wire's own id, else its URL, else a hash of the text
    feed: str  #: the feed's slug in config/feeds.toml
    source: str  #: the agency's name, as shown to readers
    url: str | None
    text: str
    published: dt.datetime
    fetched: dt.datetime
    says: Change | None = None  #: what the wire itself calls this version, where it says so
    about: str = ""  #: the headline of the story it corrects or takes back, where its own names one
    revision: int = 0  #: the wire's own number of this version; 0: it gives none
    summary: str = ""  #: what the feed itself carries, where `text` is of the story's page

    @property
    def carried(self) -> str:
        """The feed's own words: by them a version is known again, whatever its page says by then."""
        return self.summary or self.text

    @property
    def headline(self) -> str:
        """The first line that is not blank; empty for an empty story."""
        # Files keep their byte order mark, for offsets. Only the start of a text is looked at for its lines.
        start = self.text.removeprefix("\ufeff").lstrip().partition("\n")[0]
        return next(iter(start.splitlines()), "").rstrip()


@dataclass(frozen=True, slots=True)
class StoryRef:
    """As much of a story as a digest shows."""

    id: int  #: the row in our own store
    source: str
    url: str | None
    headline: str
    published: dt.datetime
    cluster: int = 0  #: stories of several feeds that tell the same thing share it; 0: not known


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """A story that readers may have been told of has changed."""

    id: int
    story: StoryRef
    change: Change
    at: dt.datetime  #: when it was stored


@dataclass(frozen=True, slots=True)
class Version:
    """What a story said before it was replaced."""

    number: int  #: 1 is the first
    text: str
    replaced: dt.datetime
    why: Change  #: what replaced it


@dataclass(frozen=True, slots=True)
class Finding:
    """An agreement as stored, with the story that reported it."""

    id: int
    agreement: Agreement
    story: StoryRef


@dataclass(frozen=True, slots=True)
class Chat:
    """A place that messages go to. All four fields together are its identity."""

    platform: Platform
    id: str  #: Telegram chat id or Slack channel id
    thread: str = ""  #: Telegram forum topic (message_thread_id); empty elsewhere
    workspace: str = ""  #: Slack team id; empty elsewhere


@dataclass(frozen=True, slots=True)
class Request:
    """One command, whatever platform it came from."""

    chat: Chat
    user: str  #: who asks: the platform's own id
    text: str  #: the command in the grammar of bot/commands.py: "/topics ai"
    locale: str  #: language of the answer: "ar" or "en"
    zone: str = ""  #: the asker's IANA time zone where the platform tells it (Slack); else empty
    may_manage: bool = True  #: whether the asker may change what the chat gets
    may_stop: bool = True  #: whether the asker may stop what somebody else asked for


class Facet(StrEnum):
    """By what a reader follows or mutes."""

    TOPIC = "topic"
    PARTY = "party"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Interest:
    """Something to follow or to mute."""

    facet: Facet
    slug: str  #: of a topic or a party; of a source the agency's name


class Length(StrEnum):
    """How many bullets a chat wants at a time; bot/digest.py says how many each is."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Wants:
    """What a chat asked for. Whatever is left empty narrows nothing."""

    times: tuple[dt.time, ...]  #: local wall times, ascending; none: at once, whenever there is news
    zone: str  #: IANA name
    locale: str  #: of config/locale; digits by CLDR's key: "ar", "ar-u-nu-arab", "en", "fr"
    days: tuple[int, ...] = ()  #: ISO weekdays, Monday is 1; none: every day
    quiet: tuple[dt.time, dt.time] | None = None  #: local wall times between which nothing is sent
    follow: tuple[Interest, ...] = ()  #: what matches any of these
    mute: tuple[Interest, ...] = ()  #: what matches none of these
    kinds: tuple[Kind, ...] = ()
    length: Length = Length.NORMAL
    silent: bool = False  #: nothing new: say nothing


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a platform lets us write to a chat no longer, and since when."""

    why: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat and what it wants."""

    id: int
    chat: Chat
    wants: Wants
    since: dt.datetime  #: findings stored before this were covered or came before the subscription
    settled: dt.datetime | None = None  #: slots up to this are dealt with; None: up to `since`
    owner: str = ""  #: who asked for it: the platform's own user id
    paused: dt.datetime | None = None  #: nothing is due before this
    closed: Closed | None = None  #: the store's to say: nothing is planned for a chat that is closed to us


@dataclass(frozen=True, slots=True)
class Slot:
    """One time a subscription's digest is due. `key` is the reader's wall time: "2026-11-22T08:00+03:00".

    The offset is part of it, for who moves west meets the same wall time twice. News at once has the time of
    the newest finding, and "now" before its key.
    """

    key: str
    at: dt.datetime


class Status(StrEnum):
    """Where a delivery stands. The last four are final unless a person or the operator's policy says more."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  #: the request left and no answer came: it may have arrived
    FAILED = "failed"
    DROPPED = "dropped"  #: unknown or failed, and a person said to leave it so
