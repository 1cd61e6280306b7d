"""How fast a feed becomes stored stories, beside feedparser alone and lemon24's reader, and in a grown store.

    python -m tests.bench.ingest [--million]

All read the same RSS document. Ours goes the whole way: HTTP client (without a network), sandbox, identity,
clusters, SQLite; the engine is left out, as nobody else has one. 1 when reader is faster.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import feedparser
import httpx
import reader
from sqlalchemy import insert

from adapters.wires.fetch import Web
from adapters.wires.http import HttpFeed
from adapters.wires.sandbox import Sandbox
from bot.ingest import ingest
from bot.marks import Marks
from bot.model import FeedConfig
from storage.database import Database
from storage.feeds import FeedStates
from storage.stories import Stories
from storage.tables import StoryRow

ENTRIES = 500
SIZES = (0, 10_000, 100_000)
MILLION = 1_000_000
BATCH = 5_000
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
TEXT = (
    "اتفق الجانبان على تعزيز التعاون في مجالات عدة وتبادل الخبرات والزيارات بين البلدين خلال العام المقبل"
    " وقال الوزير إن الاجتماع بحث مشاريع الطاقة والمياه والنقل والتعليم والصحة"
)
WORDS = TEXT.split()
FEED = FeedConfig("bench", "وكالة", url="https://wire.example/rss")


def document() -> bytes:
    """A feed whose entries differ as stories do."""
    chance = random.Random(7)  # noqa: S311 - words, not secrets
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><link>https://wire.example/{n}</link>"
        f"<title>{' '.join(chance.choices(WORDS, k=8))} {n}</title>"
        f"<pubDate>Sun, 22 Nov 2026 00:00:00 GMT</pubDate>"
        f"<description>{' '.join(chance.choices(WORDS, k=150))}</description></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()


async def ours(content: bytes, folder: Path, size: int) -> float:
    """Seconds to store the feed's stories beside `size` others."""
    database = Database(f"sqlite+aiosqlite:///{folder}/{size}.db")
    await database.migrate()
    await fill(database, size)
    serve = httpx.MockTransport(lambda _: httpx.Response(200, stream=httpx.ByteStream(content)))
    sandbox = Sandbox()
    async with httpx.AsyncClient(transport=serve) as client:
        source = HttpFeed(FEED, Web(client), FeedStates(database), sandbox.entries)
        start = time.perf_counter()
        report = await ingest([source], Stories(database), lambda _: (), NOW, marks=Marks(("-",), ("-",)))
        took = time.perf_counter() - start
    await sandbox.close()
    await database.close()
    assert report.new == ENTRIES, report
    return took


async def fill(database: Database, size: int) -> None:
    """Store so many older stories of the same feed."""
    for first in range(0, size, BATCH):
        async with database.write() as session:
            await session.execute(insert(StoryRow), [_story(n) for n in range(first, first + BATCH)])


def _story(n: int) -> dict[str, Any]:
    at = NOW - dt.timedelta(days=30, minutes=n)
    return {
        "feed": FEED.slug, "wire_id": f"old {n}", "source": FEED.name, "url": f"https://wire.example/old/{n}",
        "headline": f"عنوان {n}", "text": f"عنوان {n}\n{' '.join(WORDS)}",
        "text_hash": hashlib.sha256(str(n).encode()).hexdigest(), "version": 1, "revision": 0,
        "published": at, "fetched": at, "first_stored": at,
    }  # fmt: skip


def theirs(content: bytes, folder: Path) -> float:
    """Seconds that reader takes to update the same feed."""
    (folder / "feed.xml").write_bytes(content)
    peer = reader.make_reader(str(folder / "reader.db"), feed_root=str(folder))
    peer.add_feed("feed.xml")
    start = time.perf_counter()
    peer.update_feeds()
    took = time.perf_counter() - start
    assert peer.get_entry_counts().total == ENTRIES
    peer.close()
    return took


def main() -> int:
    """Measure and print."""
    content = document()
    sizes = (*SIZES, MILLION) if "--million" in sys.argv else SIZES
    start = time.perf_counter()
    assert len(feedparser.parse(content).entries) == ENTRIES
    parsing = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as name:
        peer = theirs(content, Path(name))
        took = {size: asyncio.run(ours(content, Path(name), size)) for size in sizes}
    sys.stdout.write(
        f"{ENTRIES} entries of {len(content) // ENTRIES} bytes, from bytes to stored stories\n"
        f"    feedparser alone {ENTRIES / parsing:7.0f}/s\n    lemon24's reader {ENTRIES / peer:7.0f}/s\n"
    )
    for size, seconds in took.items():
        sys.stdout.write(
            f"    Mujaz, {size:>9,} stored before {ENTRIES / seconds:7.0f}/s"
            f" ({peer / seconds:.2f} of reader's, {parsing / seconds:.2f} of feedparser's)\n"
        )
    return int(took[0] > peer)


if __name__ == "__main__":
    sys.exit(main())
