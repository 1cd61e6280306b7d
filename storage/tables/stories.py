"""Stories, what they said before, and what tells that two of them report the same."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Change
from storage.tables.base import Base

#: As much of a headline as PostgreSQL agrees to index, however long the line is.
HEADLINE_START = text("substr(headline, 1, 200)")

#: As much of it as fits beside the longest address: it tells the stories of a feed that has one for all.
HEADLINE_LEAD = text("substr(headline, 1, 40)")


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
    """A hash of a recent story's sketch. Nothing refers to it and its day ends it: hence no foreign key.

    Hashes fall anywhere among others; those of a day stay together, so that a day is written and forgotten
    without touching the pages of another.
    """

    __tablename__ = "story_shingles"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own way to say it

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # since the year 1; when stored
    shingle: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


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
