"""What was found in stories.

`stored` is when a finding was first stored. Savers of stories take turns and no two saves share a time, so
"everything stored before T" is settled once anything stored at or after T can be seen: a digest's `since`
relies on it.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Kind
from storage.tables.base import Base

#: Most findings have no day of their own.
DATED = text('"on" IS NOT NULL')


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
    amounts: Mapped[list[str] | None]  # none of those stored before there were any
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
