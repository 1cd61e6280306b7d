"""Column types that keep our promises: times aware and in UTC, text that every database can hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, Text, TypeDecorator

#: PostgreSQL refuses NUL in text, and no UTF-8 driver carries half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored and returned in UTC. Raise ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Say what SQLite cannot: that the time is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text of any origin. What no database holds becomes U+FFFD, one for one, so that offsets stay true."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Replace the characters that cannot be stored."""
        return None if value is None else clean(value)


def clean(value: str) -> str:
    """Return the text as a database gives it back."""
    return _UNSTORABLE.sub("\ufffd", value)


def named(kind: type[StrEnum]) -> Enum:
    """Store a StrEnum by value as a short string, so that a new member needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )
