"""A feed of summaries over real sockets: its pages are read once, politely, and a bad one loses nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from tests.adapters.wires.builders import page

SUMMARY = "اتفق المغرب وتونس على بناء {} محطات لتحلية مياه البحر."
#: Found on the pages alone.
WHOLE = (
    "الرباط، 22 نوفمبر - اتفق المغرب وتونس يوم الأحد على بناء {} محطات لتحلية مياه البحر.",
    "كما اتفق الجانبان على تدريب خمسين مهندساً في مجال المياه خلال العام المقبل، وفق بيان مشترك.",
    "وأكد البيان أن الوزيرين سيعقدان اجتماعاً كل ستة أشهر لمتابعة التنفيذ، وأن الأول سيكون في تونس.",
)
HTML = "text/html"
WIDE = HTML + "; charset=windows-1256"


def whole(n: int) -> str:
    return page(tuple(line.format(n) for line in WHOLE))


class Site(ThreadingHTTPServer):
    """An agency: what each path answers (status, content type, content), and what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[str] = []
        labelled = whole(2).replace("<head>", '<head><meta charset="windows-1256">')
        self.answers: dict[str, tuple[int, str, bytes]] = {
            "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /*closed\n"),
            "/خبر/1": (200, HTML, whole(1).encode()),
            "/خبر/2": (200, HTML, labelled.encode("windows-1256")),
            "/خبر/3": (200, WIDE, whole(3).encode("windows-1256")),
            "/closed/4": (200, HTML, whole(4).encode()),
            "/bomb/6": (200, HTML, b"<div><table>" * 700_000),
            "/خبر/8": (200, HTML, whole(8).encode()),
        }
        self.publish(7)

    @property
    def here(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def publish(self, last: int) -> None:
        """Publish a feed of the first so many items."""
        elsewhere = self.here.replace("127.0.0.1", "localhost")
        paths = ("/خبر/1", "/خبر/2", "/خبر/3", "/closed/4", "/gone/5", "/bomb/6", "/خبر/7", "/خبر/8")
        links = (f"{elsewhere if '7' in path else self.here}{path}" for path in paths[:last])
        items = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><title>المغرب وتونس يتفقان على {n} محطات</title>"
            f"<link>{link}</link><description>{SUMMARY.format(n)}</description></item>"
            for n, link in enumerate(links, 1)
        )
        feed = f"<rss version='2.0'><channel><title>وكالة</title>{items}</channel></rss>"
        self.answers["/rss"] = (200, "application/rss+xml", feed.encode())

    def pages(self) -> list[str]:
        """Return what was asked for since the last call, but the feed itself."""
        asked, self.asked = [path for path in self.asked if path != "/rss"], []
        return asked


class Answering(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path = unquote(self.path)
        self.server.asked.append(path)
        status, kind, content = self.server.answers.get(path, (404, HTML, b""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.peers
def test_each_new_story_is_read_whole_once(site: Site, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[feeds.wire]\nname = "وكالة"\nurl = "{site.here}/rss"\nfull_text = true\n', "utf-8")

    def mujaz(*words: str) -> str:
        environment = {
            **os.environ,
            "MUJAZ_FEEDS": str(feeds),
            "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/mujaz.db",
            "MUJAZ_PRIVATE_NETWORKS": "127.0.0.0/8",
            "COLUMNS": "300",
        }
        command = [sys.executable, "-m", "bot", *words]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
        return done.stdout + done.stderr

    mujaz("ingest")
    assert site.pages() == ["/robots.txt", "/خبر/1", "/خبر/2", "/خبر/3", "/gone/5", "/bomb/6"]
    stored = texts(tmp_path)
    assert {n: len(text.splitlines()) for n, (text, _) in stored.items()} == {
        1: 4, 2: 4, 3: 4, 4: 2, 5: 2, 6: 2, 7: 2,
    }  # fmt: skip
    assert all(stored[n][0].endswith("\n".join(WHOLE).format(n)) for n in (1, 2, 3))
    assert "تدريب خمسين مهندساً" in mujaz("ask", "/digest")
    assert "4 of 7 stories are summaries: " in mujaz("feeds")

    site.publish(8)
    mujaz("ingest")
    assert site.pages() == ["/robots.txt", "/خبر/8"]
    assert texts(tmp_path) == {**stored, 8: (texts(tmp_path)[8][0], 1)}
    assert "summaries" not in mujaz("feeds")


def texts(folder: Path) -> dict[int, tuple[str, int]]:
    """Return text and version of each stored story by its number."""
    with sqlite3.connect(folder / "mujaz.db") as database:
        rows = database.execute("SELECT wire_id, text, version FROM stories").fetchall()
    assert len(rows) == len({row[0] for row in rows})
    return {int(own): (text, version) for own, text, version in rows}
