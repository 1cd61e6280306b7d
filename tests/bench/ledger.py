"""How long `/topics ai` takes in a store that has grown.

    python -m tests.bench.ledger [--million]

Prints p50 and p99 of single calls on SQLite after a warm-up, for each size: a page of 50, what the command
reads to merge (500), the count, the counts of all topics. A tenth of the findings are about ai.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.model import Kind
from bot.ports import Query
from storage.database import Database
from storage.stories import Stories
from storage.tables import FindingPartyRow, FindingRow, FindingTopicRow, StoryRow

SIZES = (10_000, 100_000)
MILLION = 1_000_000
PER_STORY = 5
BATCH = 2_000  # stories in one transaction
TEXT = "عنوان الخبر\n" + "اتفق الجانبان على تعزيز التعاون في مجالات عدة. " * 40
TOPICS = ("trade", "energy", "health", "defence", "culture", "water", "transport", "education", "tourism")
START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CALLS = 300
BUDGET = 0.050  # seconds, p99


def rows(stories: range) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    """The rows of these stories, table by table: what saving them would have written."""
    stamps = {n: START + dt.timedelta(minutes=n) for n in stories}
    ids = [(n, position, n * PER_STORY + position + 1) for n in stories for position in range(PER_STORY)]
    yield StoryRow, [_story(n, at) for n, at in stamps.items()]
    yield FindingRow, [_finding(n, position, id_, stamps[n]) for n, position, id_ in ids]
    yield (
        FindingTopicRow,
        [
            {"finding_id": id_, "rank": rank, "topic": topic, "stored": stamps[n], "position": position}
            for n, position, id_ in ids
            for rank, topic in enumerate(("ai" if id_ % 10 == 0 else "diplomacy", TOPICS[id_ % len(TOPICS)]))
        ],
    )
    yield (
        FindingPartyRow,
        [
            {"finding_id": id_, "rank": rank, "name": name, "slug": name, "kind": "state"}
            for _, _, id_ in ids
            for rank, name in enumerate(("الصين", "الولايات المتحدة"))
        ],
    )


def _story(n: int, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": n + 1, "feed": "bench", "wire_id": str(n), "source": "وكالة", "url": None,
        "headline": "عنوان الخبر", "text": TEXT, "text_hash": "", "version": 1,
        "published": at, "fetched": at, "first_stored": at,
    }  # fmt: skip


def _finding(n: int, position: int, id_: int, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": id_, "story_id": n + 1, "position": position, "stored": at, "kind": Kind.AGREED,
        "phrase": "تعزيز التعاون", "bullet": f"الصين والولايات المتحدة: تعزيز التعاون {id_}",
        "subject_start": 30, "subject_end": 43, "evidence_start": 12, "evidence_end": 59,
        "date": None, "on": None, "place": "بكين", "rule": "bench", "score": 1.0,
    }  # fmt: skip


async def fill(database: Database, findings: int) -> None:
    """Store this many findings."""
    stories = findings // PER_STORY
    for first in range(0, stories, BATCH):
        async with database.write() as session:
            for table, values in rows(range(first, min(first + BATCH, stories))):
                await session.execute(insert(table), values)


async def timed(call: Callable[[], Awaitable[object]], calls: int) -> tuple[float, float]:
    """Return p50 and p99 of a call, in milliseconds."""
    await call()
    took = []
    for _ in range(calls):
        start = time.perf_counter()
        await call()
        took.append((time.perf_counter() - start) * 1000)
    percentiles = statistics.quantiles(took, n=100)
    return percentiles[49], percentiles[98]


async def measure(size: int, folder: Path) -> float:
    """Print the figures of one size and return the p99 of a page of 50, in milliseconds."""
    database = Database(f"sqlite+aiosqlite:///{folder}/{size}.db")
    await database.migrate()
    start = time.perf_counter()
    await fill(database, size)
    sys.stdout.write(f"{size:>9,} findings (filled in {time.perf_counter() - start:.0f} s)\n")
    stories = Stories(database)
    page = Query(topics=("ai",), limit=50)
    calls: dict[str, tuple[Callable[[], Awaitable[object]], int]] = {
        "page of 50": (lambda: stories.findings(page), CALLS),
        "two topics": (lambda: stories.findings(Query(topics=("ai", "trade"), limit=50)), CALLS),
        "the last day": (
            lambda: stories.findings(Query(since=START + dt.timedelta(days=size / 7300))),
            CALLS,
        ),
        "500 to merge": (lambda: stories.findings(Query(topics=("ai",), limit=500)), CALLS // 3),
        "count of ai": (lambda: stories.count(page), CALLS // 3),
        "all counts": (lambda: stories.topic_counts(Query()), CALLS // 30),
    }
    figures = {name: await timed(call, times) for name, (call, times) in calls.items()}
    for name, (p50, p99) in figures.items():
        sys.stdout.write(f"    {name:<14} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms\n")
    await database.close()
    return figures["page of 50"][1]


async def main() -> int:
    """Measure each size; 1 when a page of `/topics ai` is over budget."""
    sizes = (*SIZES, MILLION) if "--million" in sys.argv else SIZES
    with tempfile.TemporaryDirectory() as folder:
        worst = max([await measure(size, Path(folder)) for size in sizes])
    return int(worst > BUDGET * 1000)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
