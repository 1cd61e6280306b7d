"""Stories of different feeds that tell the same thing share a cluster."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.alike import WINDOW, enough
from storage.tables.base import table_of
from storage.tables.stories import ShingleRow, StoryRow

Sketch = tuple[int, ...]

_SHINGLES = table_of(ShingleRow)
_STORIES = table_of(StoryRow)
#: Built once, as each batch asks it.
_HOLDERS = select(
    _SHINGLES.c.shingle,
    _STORIES.c.id,
    func.coalesce(_STORIES.c.cluster, _STORIES.c.id),
    _STORIES.c.feed != bindparam("feed"),
).where(
    _SHINGLES.c.day.in_(bindparam("days", expanding=True)),
    _SHINGLES.c.shingle.in_(bindparam("shingles", expanding=True)),
    _SHINGLES.c.story_id == _STORIES.c.id,
)
_FORGET = delete(_SHINGLES).where(_SHINGLES.c.day < bindparam("before"))
#: Stories that one run of words is remembered of. Set phrases come in every story of a wire: looking at all
#: of their holders would take longer the more a wire sends, and say nothing.
_MOST = 32


async def forget(session: AsyncSession, now: datetime) -> None:
    """Drop sketches too old to join, so that joining takes the same time however many stories there are."""
    await session.execute(_FORGET, {"before": _days(now)[0]})


async def alike(session: AsyncSession, feed: str, sketches: Sequence[Sketch], now: datetime) -> Holders:
    """Return who of the recent stories holds each hash of a feed's new ones."""
    shingles = {shingle for sketch in sketches for shingle in sketch}
    given = {"feed": feed, "days": _days(now), "shingles": shingles}
    holders = Holders()
    for shingle, story_id, cluster, other in await session.execute(_HOLDERS, given):
        holders.add(shingle, (story_id, cluster) if other else None)
    return holders


class Holders:
    """The stories that hold each hash; None for one of the same feed, which is no report of another."""

    def __init__(self) -> None:
        self._of: dict[int, list[tuple[int, int] | None]] = defaultdict(list)

    def add(self, shingle: int, story: tuple[int, int] | None) -> None:
        """Note a story, by its id and its cluster."""
        self._of[shingle].append(story)

    def cluster(self, sketch: Sketch) -> int | None:
        """Return the cluster of the story most like this one."""
        shared = Counter(story for shingle in sketch for story in self._of.get(shingle, ()) if story)
        best = min(shared, key=lambda story: (-shared[story], story), default=None)
        return best[1] if best and shared[best] >= enough(len(sketch)) else None

    def telling(self, sketch: Sketch) -> list[int]:
        """Leave out the hashes that so many hold already that they tell no story from another."""
        return [shingle for shingle in sketch if len(self._of.get(shingle, ())) < _MOST]


async def remember(session: AsyncSession, sketches: Mapping[int, Sequence[int]], now: datetime) -> None:
    """Keep the sketches of new stories, by their ids."""
    today = _days(now)[-1]
    values = [(today, shingle, story_id) for story_id, sketch in sketches.items() for shingle in sketch]
    if values:
        connection = await session.connection()
        # Past SQLAlchemy, which prepares each row: a batch has fifteen hundred, and nothing to prepare.
        statement = str(insert(_SHINGLES).compile(dialect=connection.dialect))
        await connection.exec_driver_sql(statement, values)


def _days(now: datetime) -> range:
    """Return the days whose stories may be reports of the same event, the first first."""
    today = now.astimezone(UTC).toordinal()
    return range(today - WINDOW.days, today + 1)
