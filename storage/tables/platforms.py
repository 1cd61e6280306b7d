"""What platforms told us, and what their buttons mean."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.model import Platform
from storage.tables.base import Base


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
