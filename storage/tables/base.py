"""What the tables have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import JSON, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

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
