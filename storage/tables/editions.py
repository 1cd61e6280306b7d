"""Digests as composed, and what was corrected in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Change
from storage.tables.base import Base


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
