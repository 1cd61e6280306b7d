"""Stories of different feeds that tell the same thing share a cluster."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.alike import WINDOW, enough, sketch
from bot.model import Story
from storage.tables import ShingleRow, StoryRow


async def join(session: AsyncSession, row: StoryRow, story: Story) -> None:
    """Give a new story the cluster of the one most like it, else its own.

    Only what other feeds brought within the window is looked at, and what is older is forgotten, so that
    this takes the same time however many stories there are.
    """
    hashes, since = sketch(story.text), story.fetched - WINDOW
    await session.execute(delete(ShingleRow).where(ShingleRow.stored < since))
    row.cluster = row.id
    if not hashes:
        return
    shared = func.count()
    alike = await session.scalar(
        select(StoryRow.cluster)
        .join(ShingleRow, ShingleRow.story_id == StoryRow.id)
        .where(ShingleRow.shingle.in_(hashes), StoryRow.feed != story.feed)
        .group_by(StoryRow.id, StoryRow.cluster)
        .having(shared >= enough(len(hashes)))
        .order_by(shared.desc(), StoryRow.id)
        .limit(1)
    )
    row.cluster = alike or row.id
    values = [{"shingle": shingle, "story_id": row.id, "stored": story.fetched} for shingle in hashes]
    await session.execute(insert(ShingleRow), values)
