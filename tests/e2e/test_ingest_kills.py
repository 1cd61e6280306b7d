"""An ingest that is killed at any moment, again and again, ends with each story stored exactly once."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

STORIES = 600
KILLS = 30

_TEXT = "عنوان الخبر {n}\nالرباط، 22 نوفمبر - اتفق المغرب وتونس على بناء {n} محطة لتحلية المياه.\n"


@pytest.mark.peers
def test_thirty_kills(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    for n in range(STORIES):
        (folder / f"{n}.txt").write_text(_TEXT.format(n=n + 2), encoding="utf-8")
        os.utime(folder / f"{n}.txt", (1_700_000_000 + n,) * 2)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[feeds.drop]\nname = "وكالة"\nfolder = "drop"\ndrop = true\n', encoding="utf-8")
    environment = {
        **os.environ,
        "MUJAZ_FEEDS": str(feeds),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/mujaz.db",
    }
    command = [sys.executable, "-m", "bot", "ingest"]
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    under_way = 0
    for _ in range(KILLS):
        before = _count(tmp_path)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        while process.poll() is None and _count(tmp_path) == before:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.1))
        process.kill()
        process.wait()
        under_way += before < _count(tmp_path) < STORIES
    done = subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603 - as above
    assert done.returncode == 0, done.stderr
    assert _count(tmp_path) == STORIES
    assert len(list((folder / "done").iterdir())) == STORIES
    assert under_way >= KILLS // 2, "the kills came when nothing was being stored"


def _count(tmp_path: Path) -> int:
    if not (tmp_path / "mujaz.db").exists():
        return 0
    with sqlite3.connect(tmp_path / "mujaz.db", timeout=10) as database:
        tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'stories'").fetchone()[0]
        return int(database.execute("SELECT count(*) FROM stories").fetchone()[0]) if tables else 0
