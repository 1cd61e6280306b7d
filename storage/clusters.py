"""Stories of different feeds that tell the same thing share a cluster."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.alike import WINDOW, enough
from storage.tables import ShingleRow, StoryRow

Sketch = tuple[int, ...]


async def forget(session: AsyncSession, now: datetime) -> None:
    """Drop sketches too old to join, so that joining takes the same time however many stories there are."""
    await session.execute(delete(ShingleRow).where(ShingleRow.stored < now - WINDOW))


async def alike(session: AsyncSession, feed: str, sketches: Sequence[Sketch]) -> list[int | None]:
    """For each new story of a feed, return the cluster of the one most like it that another feed brought."""
    chosen = select(ShingleRow.shingle, StoryRow.id, func.coalesce(StoryRow.cluster, StoryRow.id)).where(
        ShingleRow.shingle.in_({shingle for sketch in sketches for shingle in sketch}),
        ShingleRow.story_id == StoryRow.id,
        StoryRow.feed != feed,
    )
    holders: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for shingle, story_id, cluster in await session.execute(chosen):
        holders[shingle].append((story_id, cluster))
    return [_most_alike(sketch, holders) for sketch in sketches]


def _most_alike(sketch: Sketch, holders: dict[int, list[tuple[int, int]]]) -> int | None:
    shared = Counter(holder for shingle in sketch for holder in holders.get(shingle, ()))
    best = min(shared, key=lambda holder: (-shared[holder], holder), default=None)
    return best[1] if best and shared[best] >= enough(len(sketch)) else None


async def remember(session: AsyncSession, sketches: dict[int, Sketch], stored: datetime) -> None:
    """Keep the sketches of new stories, by their ids."""
    values = [
        {"shingle": shingle, "story_id": story_id, "stored": stored}
        for story_id, sketch in sketches.items()
        for shingle in sketch
    ]
    if values:
        await session.execute(insert(ShingleRow), values)
