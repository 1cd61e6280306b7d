"""What stories said before, and what happened to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Change, Story, StoryEvent, StoryRef, Version
from storage.identity import text_hash
from storage.tables import EventRow, StoryRow, VersionRow


def record(session: AsyncSession, row: StoryRow, story: Story, stored: datetime) -> None:
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
