"""How fast feeds become stored stories, beside feedparser alone and lemon24's reader, and in a grown store.

    python -m tests.bench.ingest [--stored 1000000]

All read the same RSS documents, served without a network. Ours goes the whole way: HTTP client, sandbox,
identity, clusters, SQLite; once without the engine, as nobody else has one, and once with it. Processes and
modules are started before the clock, as `mujaz run` and reader keep them. Reader and ours take turns, each
round with new stores, the first for warming up: medians count. Then 2,000 new stories are stored beside
10,000 others, 100,000 and so on. 1 when reader is faster, or a story takes longer in a grown store.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import hashlib
import random
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import feedparser
import httpx
import reader
from sqlalchemy import insert

from adapters.wires.entry import Document
from adapters.wires.fetch import Web
from adapters.wires.http import HttpFeed
from adapters.wires.sandbox import PROCESSES, Sandbox
from bot.ingest import Find, ingest
from bot.model import Agreement, FeedConfig, Story
from config.engine import load_engine
from config.marks import load_marks
from storage.database import Database
from storage.feeds import FeedStates
from storage.stories import Stories
from storage.tables.base import table_of
from storage.tables.stories import StoryRow

FEEDS = 10
ENTRIES = 200
TOTAL = FEEDS * ENTRIES
ROUNDS = 5
BATCH = 5_000
#: How much longer a story may take in the largest store than in the smallest: a busy machine's own doing.
GROWTH = 1.5
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
_OURS = Path(__file__).parents[1] / "corpus" / "agreements.toml"
MARKS = load_marks()


def documents(name: str) -> list[bytes]:
    """Feeds whose entries each hold two sentences of our own stories among words of them."""
    chance = random.Random(name)  # noqa: S311 - sentences, not secrets
    cases = tomllib.loads(_OURS.read_text(encoding="utf-8"))["case"]
    sentences = sorted({line for case in cases for line in case["text"].splitlines() if line})
    return [_document(chance, sentences, f"{name}-{n}") for n in range(FEEDS)]


def _document(chance: random.Random, sentences: Sequence[str], name: str) -> bytes:
    vocabulary = " ".join(sentences).split()

    def words(count: int) -> str:
        return " ".join(chance.choices(vocabulary, k=count))

    items = "".join(
        f"<item><guid isPermaLink='false'>{name}-{n}</guid><link>https://wire.example/{name}/{n}</link>"
        f"<title>{words(8)} {n}</title><pubDate>Sun, 22 Nov 2026 00:00:00 GMT</pubDate>"
        f"<description>{words(60)}. {chance.choice(sentences)}. {chance.choice(sentences)}. {words(60)}."
        "</description></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()


def nothing(_: Story) -> Sequence[Agreement]:
    """Search as those do who have no engine."""
    return ()


async def ours(contents: Sequence[bytes], database: Database, find: Find, now: dt.datetime = NOW) -> float:
    """Seconds to store the feeds' stories."""
    served = {f"/{n}": content for n, content in enumerate(contents)}
    serve = httpx.MockTransport(
        lambda request: httpx.Response(200, stream=httpx.ByteStream(served[request.url.path]))
    )
    sandbox = Sandbox()
    empty = Document(b"<rss version='2.0'><channel><title>x</title></channel></rss>")
    await asyncio.gather(*(sandbox.entries(empty) for _ in range(PROCESSES)))
    async with httpx.AsyncClient(transport=serve) as client:
        feeds = [FeedConfig(f"f{n}", "وكالة", url=f"https://wire{n}.example/{n}") for n in range(len(served))]
        states = FeedStates(database)
        sources = [HttpFeed(feed, Web(client), states, sandbox.entries) for feed in feeds]
        start = time.perf_counter()
        report = await ingest(sources, Stories(database), find, now, marks=MARKS)
        took = time.perf_counter() - start
    await sandbox.close()
    assert report.new == TOTAL, report
    return took


async def alone(contents: Sequence[bytes], folder: Path, find: Find) -> float:
    """Seconds to store the feeds' stories in a new store."""
    database = Database(f"sqlite+aiosqlite:///{folder}/{hash(find)}.db")
    await database.migrate()
    took = await ours(contents, database, find)
    await database.close()
    return took


async def grown(folder: Path, sizes: Sequence[int]) -> dict[int, float]:
    """Seconds to store new stories beside so many others."""
    database = Database(f"sqlite+aiosqlite:///{folder}/grown.db")
    await database.migrate()
    took, stored = {}, 0
    for week, size in enumerate(sizes):
        await _fill(database, stored, size)
        stored = size
        # A week on each time, so that the last 2,000 are no candidates for the next: only the store grows.
        took[size] = await ours(documents(str(size)), database, nothing, NOW + dt.timedelta(weeks=week))
    await database.close()
    return took


async def _fill(database: Database, start: int, end: int) -> None:
    """Store older stories of the same feeds."""
    for first in range(start, end, BATCH):
        async with database.write() as session:
            await session.execute(
                insert(table_of(StoryRow)), [_story(n) for n in range(first, first + BATCH)]
            )


def _story(n: int) -> dict[str, Any]:
    at = NOW - dt.timedelta(days=30, minutes=n)
    return {
        "feed": f"f{n % FEEDS}", "wire_id": f"old {n}", "source": "وكالة",
        "url": f"https://wire.example/old/{n}", "headline": f"عنوان {n}",
        "text": f"عنوان {n}\n" + "متن " * 300, "text_hash": hashlib.sha256(str(n).encode()).hexdigest(),
        "version": 1, "revision": 0,
        "published": at, "fetched": at, "first_stored": at,
    }  # fmt: skip


def theirs(contents: Sequence[bytes], folder: Path) -> float:
    """Seconds that reader takes to update the same feeds."""
    peer = reader.make_reader(str(folder / "reader.db"), feed_root=str(folder))
    for n, content in enumerate(contents):
        (folder / f"{n}.xml").write_bytes(content)
        peer.add_feed(f"{n}.xml")
    start = time.perf_counter()
    peer.update_feeds()
    took = time.perf_counter() - start
    assert peer.get_entry_counts().total == TOTAL
    peer.close()
    return took


def in_turn(contents: Sequence[bytes], folder: Path) -> tuple[float, float]:
    """Seconds that reader takes and that we take without an engine: medians of rounds in turn."""
    took: list[tuple[float, float]] = []
    for number in range(1 + ROUNDS):
        place = folder / str(number)
        place.mkdir()
        took.append((theirs(contents, place), asyncio.run(alone(contents, place, nothing))))
    peer, plain = zip(*took[1:], strict=True)
    ratios = ", ".join(f"{one / other:.2f}" for one, other in took[1:])
    sys.stdout.write(f"rounds, ours as a ratio to reader's: {ratios}\n")
    return statistics.median(peer), statistics.median(plain)


def parsing(contents: Sequence[bytes]) -> float:
    """Seconds that feedparser takes to read the same feeds."""
    start = time.perf_counter()
    assert sum(len(feedparser.parse(content).entries) for content in contents) == TOTAL
    return time.perf_counter() - start


def main(arguments: Sequence[str] = ()) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="entries a second from bytes to stored stories")
    parser.add_argument("--stored", type=int, default=100_000, help="the largest store to grow to")
    largest = parser.parse_args(arguments).stored
    contents, engine = documents("new"), load_engine()

    def find(story: Story) -> Sequence[Agreement]:
        return engine.find(story.text, published=story.published.date())

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone_ = parsing(contents)
        peer, plain = in_turn(contents, folder)
        whole = asyncio.run(alone(contents, folder, find))
        sizes = [size for size in (10_000, 100_000, 1_000_000) if size <= largest]
        took = asyncio.run(grown(folder, sizes))
    sys.stdout.write(f"{TOTAL} entries of {sum(map(len, contents)) // TOTAL} bytes in {FEEDS} feeds\n")
    for label, seconds in (
        ("feedparser alone", alone_),
        ("lemon24's reader", peer),
        ("Mujaz, stored", plain),
        ("Mujaz, stored and searched for agreements", whole),
        *((f"Mujaz, stored beside {size:,}", seconds) for size, seconds in took.items()),
    ):
        ratios = f"{peer / seconds:5.2f} of reader's {alone_ / seconds:5.2f} of feedparser's"
        sys.stdout.write(f"    {label:42} {TOTAL / seconds:6.0f}/s {ratios}\n")
    return int(plain > peer or took[sizes[-1]] > GROWTH * took[sizes[0]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
