"""The tables. Rows are storage's own; the rest of the program sees the values of bot/model.py.

`stored` is when a finding was first stored. Savers of stories take turns and no two saves share a time, so
"everything stored before T" is settled once anything stored at or after T can be seen: a digest's `since`
relies on it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.model import Change, Kind, Platform, Status
from bot.ports.outbox import Act
from storage.types import CleanText, UtcDateTime, named


class Base(DeclarativeBase):
    """Names constraints, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way to say it
        str: CleanText,
        dt.datetime: UtcDateTime,
        Act: named(Act),
        Change: named(Change),
        Kind: named(Kind),
        Platform: named(Platform),
        Status: named(Status),
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


def table_of(row: type[Base]) -> Table:
    """Return a row's table: what is stored by the hundred is stored without SQLAlchemy's session."""
    return cast("Table", row.__table__)


#: As much of a headline as PostgreSQL agrees to index, however long the line is.
HEADLINE_START = text("substr(headline, 1, 200)")
#: As much of it as fits beside the longest address: it tells the stories of a feed that has one for all.
HEADLINE_LEAD = text("substr(headline, 1, 40)")


#: Most findings have no day of their own.
DATED = text('"on" IS NOT NULL')


class StoryRow(Base):
    """A story as it stands now."""

    __tablename__ = "stories"
    __table_args__ = (
        UniqueConstraint("feed", "wire_id"),
        Index("ix_stories_feed_text_hash", "feed", "text_hash"),
        Index("ix_stories_feed_address", "feed", "url", HEADLINE_LEAD),
        Index("ix_stories_feed_headline", "feed", HEADLINE_START),
        Index("ix_stories_feed_first_stored", "feed", "first_stored"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[str]
    wire_id: Mapped[str]
    source: Mapped[str]
    url: Mapped[str | None]
    headline: Mapped[str]
    text: Mapped[str]
    text_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    published: Mapped[dt.datetime]
    fetched: Mapped[dt.datetime]
    first_stored: Mapped[dt.datetime]
    revision: Mapped[int] = mapped_column(server_default="0")  # the wire's own
    killed: Mapped[dt.datetime | None]
    cluster: Mapped[int | None] = mapped_column(
        index=True
    )  # the id of the first of several that tell the same; None: its own


class ShingleRow(Base):
    """A hash of a recent story's sketch. Nothing refers to it and its time ends it: hence no foreign key."""

    __tablename__ = "story_shingles"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own way to say it

    shingle: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stored: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds since 1970: times are slow to write


class VersionRow(Base):
    """What a story said before it was replaced."""

    __tablename__ = "story_versions"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    text_hash: Mapped[str] = mapped_column(String(64))
    replaced: Mapped[dt.datetime]
    why: Mapped[Change]


class EventRow(Base):
    """A change of a story that was there before."""

    __tablename__ = "story_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Change]
    at: Mapped[dt.datetime] = mapped_column(index=True)


class FindingRow(Base):
    """An agreement found in a story. Its quotes are sliced out of the story when read."""

    __tablename__ = "findings"
    __table_args__ = (
        Index("ix_findings_newest", text("stored DESC"), "position", "id"),
        Index("ix_findings_on", "on", "id", sqlite_where=DATED, postgresql_where=DATED),
        {"sqlite_autoincrement": True},  # an id in a reader's button must never come to mean another finding
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    stored: Mapped[dt.datetime]
    kind: Mapped[Kind]
    phrase: Mapped[str]
    bullet: Mapped[str]
    subject_start: Mapped[int]
    subject_end: Mapped[int]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    date: Mapped[str | None]
    on: Mapped[dt.date | None]
    place: Mapped[str | None]
    rule: Mapped[str]
    score: Mapped[float]


class FindingTopicRow(Base):
    """A finding's topic. `stored` and `position` repeat the finding's, so that one index answers a topic."""

    __tablename__ = "finding_topics"
    __table_args__ = (
        Index("ix_finding_topics_newest", "topic", text("stored DESC"), "position", "finding_id"),
        Index("ix_finding_topics_stored", "stored", "topic"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(64))
    stored: Mapped[dt.datetime]
    position: Mapped[int]


class FindingPartyRow(Base):
    """One side of a finding, in the order of the wire; `stored` and `position` as in FindingTopicRow."""

    __tablename__ = "finding_parties"
    __table_args__ = (
        Index("ix_finding_parties_newest", "slug", text("stored DESC"), "position", "finding_id"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]
    kind: Mapped[str]
    stored: Mapped[dt.datetime]
    position: Mapped[int]


class FindingWordsRow(Base):
    """The terms that a finding is filed under, by spaces. Each database's own search index follows it."""

    __tablename__ = "finding_words"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str]


class TopicCountRow(Base):
    """How many findings a topic has. A trigger keeps it true to finding_topics."""

    __tablename__ = "topic_counts"

    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    findings: Mapped[int]


class SubscriptionRow(Base):
    """A chat and the digest it wants. One a chat: its id is what the chat is remembered by."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("platform", "chat_id", "thread", "workspace"),
        {"sqlite_autoincrement": True},  # what a forgotten chat was owed must not count as another's
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[Platform]
    chat_id: Mapped[str]
    thread: Mapped[str]
    workspace: Mapped[str]
    wants: Mapped[dict[str, Any]]  # storage/wants.py
    owner: Mapped[str]
    since: Mapped[dt.datetime]
    settled: Mapped[dt.datetime]
    paused: Mapped[dt.datetime | None]
    ended: Mapped[bool] = mapped_column(server_default=false())  #: it gets nothing, and chose what it chose
    suspended: Mapped[str | None]  #: why, or NULL for an active one
    suspended_at: Mapped[dt.datetime | None]


class DeliveryRow(Base):
    """A bulletin owed to a chat. It outlives its subscription: the outbox is also the record."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "slot"),
        Index("ix_deliveries_due", "status", "next_try", "id"),
        Index("ix_deliveries_edition_id", "edition_id"),
        Index("ix_deliveries_target_id", "target_id"),
        Index(
            "ix_deliveries_open",
            "platform", "chat_id", "thread", "workspace", "id",
            sqlite_where=text("status IN ('pending', 'sending')"),
            postgresql_where=text("status IN ('pending', 'sending')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id", ondelete="SET NULL"))
    slot: Mapped[str] = mapped_column(String(32))
    platform: Mapped[Platform]
    chat_id: Mapped[str]
    thread: Mapped[str]
    workspace: Mapped[str]
    message: Mapped[dict[str, Any]]  # storage/codec.py; empty: the edition's
    edition_id: Mapped[str | None] = mapped_column(String(16))
    act: Mapped[Act] = mapped_column(server_default="post")
    target_id: Mapped[int | None]  # the delivery that posted what this one changes or answers
    status: Mapped[Status]
    attempts: Mapped[int]
    next_try: Mapped[dt.datetime]
    claimed: Mapped[dt.datetime | None]
    message_ids: Mapped[list[str]]
    error: Mapped[str]
    holder: Mapped[str]  #: the worker that claimed it last
    closed: Mapped[int]  #: tries in a row that found the chat closed
    resent: Mapped[int]


class LeaseRow(Base):
    """A name that one process at a time holds."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]  #: empty: nobody's
    beat: Mapped[int]


class EditionRow(Base):
    """A digest as composed. Named by what it says, so that whoever composes it again keeps it once."""

    __tablename__ = "editions"
    __table_args__ = (Index("ix_editions_made", "made"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    locale: Mapped[str]
    heading: Mapped[str]
    note: Mapped[str]
    size: Mapped[int]
    since: Mapped[dt.datetime]
    until: Mapped[dt.datetime]
    made: Mapped[dt.datetime]
    message: Mapped[dict[str, Any]]


class EditionItemRow(Base):
    """A finding as an edition told it: it stays when the finding goes. Those of one position are one item."""

    __tablename__ = "edition_items"

    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)  # 0 is the one shown
    finding_id: Mapped[int] = mapped_column(index=True)
    story_id: Mapped[int] = mapped_column(index=True)
    change: Mapped[Change | None]
    said: Mapped[dict[str, Any]]  # storage/told.py


class CorrectionRow(Base):
    """A line of the public log of corrections."""

    __tablename__ = "corrections"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    change: Mapped[Change]
    source: Mapped[str]
    url: Mapped[str | None]
    headline: Mapped[str]
    before: Mapped[list[str]]
    after: Mapped[list[str]]


class CursorRow(Base):
    """How far somebody has read something."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[dt.datetime]


class FeedRow(Base):
    """What we remember of a feed between two fetches, and its health."""

    __tablename__ = "feeds"

    slug: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    url: Mapped[str]
    etag: Mapped[str]
    modified: Mapped[str]
    checked: Mapped[dt.datetime | None]
    succeeded: Mapped[dt.datetime | None]
    changed: Mapped[dt.datetime | None]
    due: Mapped[dt.datetime | None]
    interval: Mapped[float]  # seconds
    failures: Mapped[int]
    error: Mapped[str]
    gone: Mapped[bool]


class HeardRow(Base):
    """Something a platform told us once. `key` is a hash; an hour later nobody tells it again."""

    __tablename__ = "heard"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)


class ButtonRow(Base):
    """A command too long for a button, under the name that the button carries."""

    __tablename__ = "buttons"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    platform: Mapped[Platform]
    chat_id: Mapped[str]
    command: Mapped[str]
    until: Mapped[dt.datetime] = mapped_column(index=True)
