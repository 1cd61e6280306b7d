"""What is owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Platform, Status
from bot.ports.outbox import Act
from storage.tables.base import Base


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
