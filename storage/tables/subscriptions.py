"""Who gets what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Platform
from storage.tables.base import Base


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
