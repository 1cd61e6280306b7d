"""What stories said before, and what happened to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from bot.model import Change, Story, StoryEvent, StoryRef, Version
from bot.ports.stories import Brought
from storage.identity import text_hash
from storage.tables.findings import FindingRow
from storage.tables.stories import EventRow, StoryRow, VersionRow


def record(session: Session, row: StoryRow, story: Story, stored: datetime) -> None:
    """Note that `story` is about to change `row`; a text that it replaces is kept."""
    change = story.says or Change.UPDATE
    session.add(EventRow(story_id=row.id, kind=change, at=stored))
    if change is not Change.KILL and row.text_hash != text_hash(story.carried):
        session.add(
            VersionRow(
                story_id=row.id,
                version=row.version,
                text=row.text,
                text_hash=row.text_hash,
                replaced=stored,
                why=change,
            )
        )


async def events(session: AsyncSession, since: datetime | None) -> tuple[StoryEvent, ...]:
    """Return the events at or after `since`, oldest first."""
    chosen = select(EventRow, StoryRow).join(StoryRow, StoryRow.id == EventRow.story_id)
    if since is not None:
        chosen = chosen.where(EventRow.at >= since)
    rows = await session.execute(chosen.order_by(EventRow.at, EventRow.id))
    return tuple(StoryEvent(event.id, _ref(story), event.kind, event.at) for event, story in rows)


def _ref(row: StoryRow) -> StoryRef:
    return StoryRef(row.id, row.source, row.url, row.headline, row.published, row.cluster or row.id)


async def versions(session: AsyncSession, story_id: int) -> tuple[Version, ...]:
    """Return what the story said before, oldest first."""
    row = VersionRow
    rows = await session.scalars(select(row).where(row.story_id == story_id).order_by(row.version))
    return tuple(Version(row.version, row.text, row.replaced, row.why) for row in rows)


async def brought(session: AsyncSession, feeds: Collection[str], since: datetime) -> dict[str, Brought]:
    """Return what each of these feeds brought, those left out that brought nothing yet."""
    found: dict[str, Brought] = {}
    counted = select(StoryRow.feed, func.count()).join(FindingRow, FindingRow.story_id == StoryRow.id)
    counts = dict(
        (await session.execute(counted.where(FindingRow.stored >= since).group_by(StoryRow.feed))).all()
    )
    for feed in feeds:  # each is one look into an index; together they would read all of it
        last = await session.scalar(select(func.max(StoryRow.first_stored)).where(StoryRow.feed == feed))
        if last is not None:
            found[feed] = Brought(last, counts.get(feed, 0))
    return found
