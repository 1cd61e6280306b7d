"""Stories of different feeds that tell the same thing share a cluster."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Row, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.alike import WINDOW, enough
from storage.tables.base import table_of
from storage.tables.stories import ShingleRow, StoryRow

Sketch = tuple[int, ...]

_SHINGLES = table_of(ShingleRow)
_STORIES = table_of(StoryRow)
#: Built once, as each batch asks them. Few holders are like a story: only those are looked up among stories.
_HOLDERS = select(_SHINGLES.c.shingle, _SHINGLES.c.story_id).where(
    _SHINGLES.c.day.in_(bindparam("days", expanding=True)),
    _SHINGLES.c.shingle.in_(bindparam("shingles", expanding=True)),
)
_CLUSTERS = select(_STORIES.c.id, func.coalesce(_STORIES.c.cluster, _STORIES.c.id)).where(
    _STORIES.c.id.in_(bindparam("ids", expanding=True)), _STORIES.c.feed != bindparam("feed")
)
_FORGET = delete(_SHINGLES).where(_SHINGLES.c.day < bindparam("before"))
#: Stories that one run of words is remembered of. Set phrases come in every story of a wire: looking at all
#: of their holders would take longer the more a wire sends, and say nothing.
_MOST = 32


def forget(session: Session, now: datetime) -> None:
    """Drop sketches too old to join, so that joining takes the same time however many stories there are."""
    session.execute(_FORGET, {"before": _days(now)[0]})


def holders(session: Session, sketches: Sequence[Sketch], now: datetime) -> Holders:
    """Return who of the recent stories holds each hash of new ones."""
    shingles = {shingle for sketch in sketches for shingle in sketch}
    return Holders(session.execute(_HOLDERS, {"days": _days(now), "shingles": shingles}).all())


class Holders:
    """The recent stories that hold each hash."""

    def __init__(self, rows: Iterable[Row[int, int]]) -> None:
        self._of: dict[int, list[int]] = defaultdict(list)
        for shingle, story_id in rows:
            self._of[shingle].append(story_id)

    def like(self, sketch: Sketch) -> list[int]:
        """Return the stories that share enough of a sketch to tell the same, the likest first."""
        held, least = self._of.keys() & sketch, enough(len(sketch))
        if len(held) < least:
            return []
        shared = Counter(story for shingle in held for story in self._of[shingle])
        near = (story for story, count in shared.items() if count >= least)
        return sorted(near, key=lambda story: (-shared[story], story))

    def telling(self, sketch: Sketch) -> list[int]:
        """Leave out the hashes that so many hold already that they tell no story from another."""
        return [shingle for shingle in sketch if len(self._of.get(shingle, ())) < _MOST]


def joined(session: Session, feed: str, like: Sequence[Sequence[int]]) -> list[int | None]:
    """Return the cluster each new story joins: that of the likest one of another feed, or None."""
    ids = {story for stories in like for story in stories}
    rows = session.execute(_CLUSTERS, {"ids": ids, "feed": feed}).all() if ids else ()
    clusters: dict[int, int] = dict(rows)
    return [next((clusters[story] for story in stories if story in clusters), None) for stories in like]


def remember(session: Session, sketches: Mapping[int, Sequence[int]], now: datetime) -> None:
    """Keep the sketches of new stories, by their ids."""
    today = _days(now)[-1]
    values = [(today, shingle, story_id) for story_id, sketch in sketches.items() for shingle in sketch]
    if values:
        connection = session.connection()
        # Past SQLAlchemy, which prepares each row: a batch has fifteen hundred, and nothing to prepare.
        statement = str(insert(_SHINGLES).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, values)


def _days(now: datetime) -> range:
    """Return the days whose stories may be reports of the same event, the first first."""
    today = now.astimezone(UTC).toordinal()
    return range(today - WINDOW.days, today + 1)
