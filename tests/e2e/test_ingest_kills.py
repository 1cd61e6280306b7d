"""An ingest that is killed at any moment, again and again, ends with each story stored exactly once."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.e2e.fault_worker import context, ingest, kill

pytestmark = pytest.mark.peers

#: Stories in the folder, each a file and so a batch of its own; and those of each feed.
FILES = 600
FEEDS, ENTRIES = 8, 250
BASE = 1_700_000_000

_TEXT = "عنوان الخبر {n}\nالرباط، 22 نوفمبر - اتفق المغرب وتونس على بناء {n} محطة لتحلية المياه.\n"


def test_thirty_kills_of_a_folders_ingest(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n}.txt").write_text(_TEXT.format(n=n + 2), encoding="utf-8")
        os.utime(folder / f"{n}.txt", (BASE + n,) * 2)
    feeds = '[feeds.drop]\nname = "وكالة"\nfolder = "drop"\ndrop = true\n'
    _ingest_through_kills(tmp_path, feeds, FILES, kills=30)
    assert len(list((folder / "done").iterdir())) == FILES


def test_ten_kills_of_an_ingest_over_http(tmp_path: Path) -> None:
    with _served() as address:
        feeds = "".join(
            f'[feeds.f{n}]\nname = "وكالة {n}"\nurl = "{address}/{n}"\nenabled = true\n' for n in range(FEEDS)
        )
        _ingest_through_kills(tmp_path, feeds, FEEDS * ENTRIES, kills=10)
        _ingest(tmp_path)
    assert _Feeds.unchanged >= FEEDS, "a feed was fetched whole again although all of it was stored"
    with sqlite3.connect(tmp_path / "mujaz.db") as database:
        kept = database.execute("SELECT feed, wire_id, count(*) FROM stories GROUP BY 1, 2").fetchall()
    assert sorted(kept) == sorted(
        (f"f{n}", f"{n}/{item}", 1) for n in range(FEEDS) for item in range(ENTRIES)
    )


def _ingest_through_kills(tmp_path: Path, feeds: str, stories: int, *, kills: int) -> None:
    """Kill the ingest at random moments soon after it stored something; let the last one end."""
    (tmp_path / "feeds.toml").write_text(feeds, encoding="utf-8")
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    under_way = 0
    for _ in range(kills):
        before = _count(tmp_path)
        process = context().Process(target=ingest, args=(_environment(tmp_path),))
        process.start()
        while process.is_alive() and _count(tmp_path) == before:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.1))
        kill(process)
        under_way += before < _count(tmp_path) < stories
    _ingest(tmp_path)
    assert _count(tmp_path) == stories
    assert under_way >= kills // 2, "the kills came when nothing was being stored"


def _environment(tmp_path: Path) -> dict[str, str]:
    return {
        "MUJAZ_FEEDS": str(tmp_path / "feeds.toml"),
        "MUJAZ_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/mujaz.db",
    }


def _ingest(tmp_path: Path) -> None:
    """Let the command itself run to its end."""
    command, environment = [sys.executable, "-m", "bot", "ingest"], {**os.environ, **_environment(tmp_path)}
    last = subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603 - our own words
    assert last.returncode == 0, last.stderr


def _count(tmp_path: Path) -> int:
    if not (tmp_path / "mujaz.db").exists():
        return 0
    with sqlite3.connect(tmp_path / "mujaz.db", timeout=10) as database:
        tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'stories'").fetchone()[0]
        return int(database.execute("SELECT count(*) FROM stories").fetchone()[0]) if tables else 0


class _Feeds(BaseHTTPRequestHandler):
    """A feed a path, that knows its own ETag."""

    unchanged: ClassVar[int] = 0

    def do_GET(self) -> None:
        feed = self.path.strip("/")
        if self.headers["If-None-Match"] == f'"{feed}"':
            type(self).unchanged += 1
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            return
        items = "".join(
            f"<item><guid isPermaLink='false'>{feed}/{n}</guid><title>خبر {feed} {n}</title>"
            f"<description>{_TEXT.format(n=n + 2)}</description></item>"
            for n in range(ENTRIES)
        )
        content = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{feed}"')
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feeds)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
