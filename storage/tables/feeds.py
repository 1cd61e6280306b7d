"""What we remember of feeds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


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
