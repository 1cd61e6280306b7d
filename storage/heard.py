"""What platforms have told us: nothing that is told twice is handled twice, whoever was restarted between."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Database
from storage.tables.base import table_of
from storage.tables.platforms import HeardRow

#: Slack's last retry comes five minutes after the first try, and a signature is good for as long.
KEEP = timedelta(hours=1)


class Heard:
    """The port `Heard` of bot/ports/platforms.py."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pruned: datetime | None = None

    async def first(self, key: str, now: datetime) -> bool:
        """Remember the key for an hour; False if it was known before."""
        insert = sqlite.insert if self._database.sqlite else postgresql.insert
        row = {"key": sha256(key.encode()).hexdigest(), "at": now}
        async with self._database.write() as session:
            if self._pruned is None or now - self._pruned > KEEP:
                await session.execute(delete(HeardRow).where(HeardRow.at < now - KEEP))
                self._pruned = now
            added = await session.execute(
                insert(table_of(HeardRow)).values(row).on_conflict_do_nothing().returning(HeardRow.key)
            )
            return added.first() is not None
