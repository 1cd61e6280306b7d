"""How long commands take, asked of a ledger that has grown: the whole answer, from the text to the message.

    python -m tests.bench.ledger [--million]

Fills SQLite in bulk, five agreements a story and a story a minute, and prints p50 and p99 of each command
after a warm-up, by the clock and without what else the machine was doing, then how many a second eight chats
get that ask at once, each in an order of its own. Topics, parties and words are dealt as on wires: few are in
most, most are in few. Fails where a command's p99 is over budget.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from bot.answers import Desk, answer
from bot.message import Message
from bot.model import Chat, FeedConfig, Platform, Request
from bot.terms import asked
from config.catalogue import load_catalogue
from config.names import load_names, load_parties
from config.topics import load_topics
from config.words import load_options, load_verbs, load_words
from config.zones import load_zones
from storage.database import Database
from storage.editions import Editions
from storage.stories import Stories
from storage.subscriptions import Subscriptions

SIZES = (10_000, 100_000)
MILLION = 1_000_000
PER_STORY = 5
BATCH = 10_000  # stories in one transaction
FEEDS = tuple(FeedConfig(f"wire{n}", f"وكالة {n}", url=f"https://wire{n}.example/") for n in range(20))
TEXT = "عنوان الخبر\n" + "اتفق الجانبان على تعزيز التعاون في مجالات عدة. " * 40
START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
#: Told of in a tenth of the agreements, a thousandth, and hardly ever; and beside them ten thousand others.
COMMON, RARE, ONCE = "الكهرباء", "القنصلية", "الزعفران"
VOCABULARY = [f"كلمه{n}" for n in range(10_000)]
COMMANDS = {
    "/topics": ("/topics",),
    "/topics ai": ("/topics ai", "مواضيع الطاقة", "/topics water"),
    "/topics ai, page 20": ("/topics ai 20",),
    "/search, a common word": (f"/search {COMMON}",),
    "/search, a rare word": (f"/search {RARE}", f"ابحث عن {ONCE}"),
    "/search, two words": (f"/search {COMMON} {RARE}", f"/search {COMMON} {ONCE}"),
    "/search, nothing": ("/search لاشيءالبتة",),
    "/with, one party": ("/with الصين", "/with morocco"),
    "/with, two parties": ("/with الصين الولايات المتحدة", "/with China France"),
    "/with, who never met": ("/with الصين زامبيا", "/with الولايات المتحدة وبربادوس"),
    "/upcoming": ("/upcoming", "/upcoming 2"),
    "/digest": ("/digest", "/digest yesterday", "/digest week ai"),
    "/agreement": ("/agreement 4242", "/agreement 77"),
    "/sources": ("/sources",),
}
CALLS, EACH = 150, 25
AT_ONCE = 8
BUDGET = 50  # ms, p99 of a command's own work: what else the machine does is not ours
#: Read far more than the target's commands: up to 500 findings merged, the agreements of a week counted.
SLOW = {"/digest", "/topics ai, page 20", "/sources"}

Ask = Callable[[str], Awaitable[Message]]
Rows = dict[str, list[tuple[object, ...]]]


def dealt(names: Sequence[str], chance: random.Random, n: int) -> Iterator[tuple[str, ...]]:
    """Deal n pairs of different names, the first ones far oftener than the last."""
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(names))))
    first, second = (chance.choices(names, cum_weights=weights, k=n) for _ in range(2))
    return ((one, other) if one != other else (one,) for one, other in zip(first, second, strict=True))


def rows(stories: range) -> Rows:
    """The rows of these stories, table by table: what saving them would have written."""
    chance = random.Random(stories.start)  # noqa: S311 - a benchmark's dice
    made: Rows = {
        name: [] for name in ("stories", "findings", "finding_topics", "finding_parties", "finding_words")
    }
    n = len(stories) * PER_STORY
    topics = dealt(["ai", *(topic.slug for topic in load_topics().all if topic.slug != "ai")], chance, n)
    sides = dealt(_parties(), chance, n)
    words = iter(chance.choices(VOCABULARY, k=12 * n))
    for story in stories:
        at = START + dt.timedelta(minutes=story)
        made["stories"].append(_story(story, _time(at)))
        for position in range(PER_STORY):
            id_ = story * PER_STORY + position + 1
            on = (at + dt.timedelta(days=30)).date().isoformat() if id_ % 50 == 0 else None
            made["findings"].append(_finding(id_, story + 1, position, _time(at), on))
            own = (_time(at), position)
            made["finding_topics"] += [(id_, rank, topic, *own) for rank, topic in enumerate(next(topics))]
            made["finding_parties"] += [
                (id_, rank, slug, slug, "state", *own) for rank, slug in enumerate(next(sides))
            ]
            made["finding_words"].append((id_, " ".join((*itertools.islice(words, 12), *_told(id_)))))
    return made


def _parties() -> list[str]:
    """States, the ones that wires write most of first."""
    first = ("united-states", "china", "saudi-arabia", "egypt", "france", "morocco", "tunisia", "russia")
    others = (party.slug for party, _ in load_parties() if party.kind == "state")
    return list(dict.fromkeys((*first, *others)))


def _told(id_: int) -> Iterator[str]:
    for word, every in ((COMMON, 10), (RARE, 1_000), (ONCE, 70_000)):
        if id_ % every == 0:
            yield from asked(word)


def _time(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _story(n: int, at: str) -> tuple[object, ...]:
    feed = FEEDS[n % len(FEEDS)]
    return (
        n + 1,
        feed.slug,
        str(n),
        feed.name,
        f"{feed.url}{n}",
        f"عنوان الخبر {n}",
        TEXT,
        str(n),
        1,
        at,
        at,
        at,
    )


def _finding(id_: int, story_id: int, position: int, at: str, on: str | None) -> tuple[object, ...]:
    phrase = f"تعزيز التعاون {id_}"
    spans = (30, 43, 12, 59)
    return (
        id_,
        story_id,
        position,
        at,
        "agreed",
        phrase,
        f"الطرفان: {phrase}",
        *spans,
        None,
        on,
        "بكين",
        "bench",
        1.0,
    )


COLUMNS = {
    "stories": "id, feed, wire_id, source, url, headline, text, text_hash, version, published, fetched, "
    "first_stored",
    "findings": "id, story_id, position, stored, kind, phrase, bullet, subject_start, subject_end, "
    'evidence_start, evidence_end, date, "on", place, rule, score',
    "finding_topics": "finding_id, rank, topic, stored, position",
    "finding_parties": "finding_id, rank, name, slug, kind, stored, position",
    "finding_words": "finding_id, words",
}


def fill(path: Path, findings: int) -> dt.datetime:
    """Store this many findings, and return when the last one came."""
    stories = findings // PER_STORY
    ends = START + dt.timedelta(minutes=stories)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    for first in range(0, stories, BATCH):
        with connection:
            for table, values in rows(range(first, min(first + BATCH, stories))).items():
                marks = ", ".join("?" * len(values[0]))
                into = f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})"  # noqa: S608 - our own names
                connection.executemany(into, values)
    connection.close()
    return ends


def desk_of(database: Database) -> Desk:
    """The desk that answers, over a store on disk."""
    topics = load_topics()
    return Desk(
        stories=Stories(database),
        subscriptions=Subscriptions(database),
        editions=Editions(database),
        topics=topics,
        words=load_words(latin=True),
        verbs=load_verbs(),
        options=load_options(),
        catalogue=load_catalogue(topics, FEEDS),
        names=load_names(),
        feeds=FEEDS,
        zones=load_zones(),
        zone="Africa/Casablanca",
    )


async def timed(ask: Ask, typed: Sequence[str], calls: int) -> tuple[float, float, float, float]:
    """Return p50 and p99 of a command in seconds, by the clock and by this process's own share of it."""
    took: list[tuple[float, float]] = []
    for text in (*typed, *itertools.islice(itertools.cycle(typed), calls)):
        start = time.perf_counter(), time.process_time()
        await ask(text)
        took.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    clock, own = (statistics.quantiles(one, n=100) for one in zip(*took[len(typed) :], strict=True))
    return clock[49], clock[98], own[49], own[98]


async def a_second(ask: Ask) -> float:
    """Return how many commands a second chats get that ask at once, each in an order of its own."""
    everything = [text for name, typed in COMMANDS.items() if name not in SLOW for text in typed]
    start = time.perf_counter()

    async def chat(number: int) -> None:
        for text in random.Random(number).choices(everything, k=EACH):  # noqa: S311 - a benchmark's dice
            await ask(text)

    await asyncio.gather(*map(chat, range(AT_ONCE)))
    return AT_ONCE * EACH / (time.perf_counter() - start)


async def measure(size: int, folder: Path) -> float:
    """Print the figures of one size and return the worst p99 that the budget is for, in ms."""
    path = folder / f"{size}.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    start = time.perf_counter()
    now = fill(path, size)
    filled, desk = time.perf_counter() - start, desk_of(database)
    sys.stdout.write(f"{size:>9,} agreements, {path.stat().st_size >> 20} MB (filled in {filled:.0f} s)\n")

    async def ask(text: str) -> Message:
        return await answer(desk, Request(Chat(Platform.CONSOLE, "bench"), "bench", text, "ar"), now)

    worst = 0.0
    for name, typed in COMMANDS.items():
        p50, p99, own50, own99 = (second * 1000 for second in await timed(ask, typed, CALLS))
        worst = worst if name in SLOW else max(worst, own99)
        own = f"(its own work: {own50:6.1f}, {own99:6.1f})"
        sys.stdout.write(f"    {name:<24} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   {own}\n")
    sys.stdout.write(f"    {AT_ONCE} chats at once: {await a_second(ask):.0f} commands a second\n")
    await database.close()
    return worst


async def main() -> int:
    """Measure each size; 1 when a command is over budget."""
    sizes = (*SIZES, MILLION) if "--million" in sys.argv else SIZES
    with tempfile.TemporaryDirectory() as folder:
        worst = max([await measure(size, Path(folder)) for size in sizes])
    return int(worst > BUDGET)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
