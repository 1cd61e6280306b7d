"""What we remember of each feed between two fetches."""

from __future__ import annotations

from datetime import timedelta

from bot.ports.feeds import FeedState
from storage.database import Database
from storage.tables.feeds import FeedRow


class FeedStates:
    """The port `FeedStates` of bot/ports/feeds.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, slug: str) -> FeedState:
        """Return a feed's state; `FeedState(slug)` for one never fetched."""
        row = await self._database.look(lambda session: session.get(FeedRow, slug))
        return FeedState(slug) if row is None else _state(row)

    async def put(self, state: FeedState) -> None:
        """Remember a feed's state, replacing what was known."""
        await self._database.store(lambda session: session.merge(_row(state)))


def _state(row: FeedRow) -> FeedState:
    return FeedState(
        slug=row.slug,
        asked=row.asked,
        url=row.url,
        etag=row.etag,
        modified=row.modified,
        checked=row.checked,
        succeeded=row.succeeded,
        changed=row.changed,
        due=row.due,
        interval=timedelta(seconds=row.interval),
        failures=row.failures,
        error=row.error,
        gone=row.gone,
    )


def _row(state: FeedState) -> FeedRow:
    return FeedRow(
        slug=state.slug,
        asked=state.asked,
        url=state.url,
        etag=state.etag,
        modified=state.modified,
        checked=state.checked,
        succeeded=state.succeeded,
        changed=state.changed,
        due=state.due,
        interval=state.interval.total_seconds(),
        failures=state.failures,
        error=state.error,
        gone=state.gone,
    )
