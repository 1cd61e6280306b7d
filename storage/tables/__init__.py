"""The tables. Rows are storage's own; the rest of the program sees the values of bot/model.py."""

from __future__ import annotations

from storage.tables import editions, feeds, findings, outbox, platforms, stories, subscriptions, workers  # noqa: F401 - what is not imported is not in the metadata
from storage.tables.base import Base

#: All of them.
METADATA = Base.metadata
