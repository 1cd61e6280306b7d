"""Other people's feeds and attacks, through our own path: no crash, and nothing feedparser finds is lost."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tarfile
import time
from html import escape
from pathlib import Path

import feedparser
import pytest

from adapters.wires.documents import entries
from adapters.wires.entry import Document, Unreadable

_HEADER = re.compile(rb"^Header:\s+([^:]+):(.+)$", re.MULTILINE)
#: Where the tests find larger material than the project carries.
PEERS = Path(os.environ.get("MUJAZ_PEERS", "../shared/peers"))


@pytest.fixture(scope="module")
def sdists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distributions, with the test material that wheels leave out."""
    folder = tmp_path_factory.mktemp("sdists")
    wanted = ["feedparser==6.0.14", "defusedxml==0.7.1"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        ":all:",
        "-d",
        str(folder),
    ]
    done = subprocess.run([*command, *wanted], check=False, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode:
        pytest.skip(f"no source distributions: {done.stderr[-200:]}")
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return folder


@pytest.mark.peers
def test_the_nine_attacks_are_refused_within_a_second(sdists: Path) -> None:
    files = sorted((sdists / "defusedxml-0.7.1" / "xmltestdata").glob("*.xml"))
    assert len(files) == 9
    for file in files:
        start = time.monotonic()
        with pytest.raises(Unreadable):
            entries(Document(file.read_bytes()))
        assert time.monotonic() - start < 1, file.name


@pytest.mark.peers
def test_no_entry_that_feedparser_finds_is_lost(sdists: Path) -> None:
    tests = sdists / "feedparser-6.0.14" / "tests"
    files = [file for file in sorted(tests.rglob("*.xml")) if "http" not in file.parts]
    lost = {file.name: fault for file in files if (fault := _lost(file.read_bytes()))}
    assert len(files) > 2000
    assert lost == {}


def _lost(content: bytes) -> str:
    """Say what we lose of a case, or nothing; any exception but Unreadable is a failure of the test."""
    headers = {
        name.decode().strip().lower(): value.decode().strip() for name, value in _HEADER.findall(content)
    }
    theirs = feedparser.parse(io.BytesIO(content), response_headers=headers).entries
    try:
        ours = entries(Document(content, "http://wire.example/", headers.get("content-type", "")))
    except Unreadable as error:
        return f"{len(theirs)} entries: {error}" if theirs else ""
    return f"{len(ours)} of {len(theirs)} entries" if len(ours) < len(theirs) else ""


@pytest.mark.corpus
@pytest.mark.parametrize("label", ["windows-1256", "utf-8", "iso-8859-1", "iso-8859-6"])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16", "utf-8"])
def test_a_real_feed_reads_the_same_in_every_encoding(encoding: str, label: str) -> None:
    file = PEERS / "feed-items-ar-300.json"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    items = json.loads(file.read_text(encoding="utf-8"))
    plain = entries(Document(_rss(items, "utf-8").encode()))
    assert len(plain) == len(items)
    # What a page has no place for travels as a reference.
    assert entries(Document(_rss(items, label).encode(encoding, "xmlcharrefreplace"))) == plain


def _rss(items: list[dict[str, str]], label: str) -> str:
    return (
        f'<?xml version="1.0" encoding="{label}"?><rss version="2.0"><channel><title>x</title>'
        + "".join(
            f'<item><guid isPermaLink="false">{item["id"]}</guid><title>{escape(item["title"])}</title>'
            f"<link>{escape(item['link'])}</link><description>{escape(item['description'])}</description></item>"
            for item in items
        )
        + "</channel></rss>"
    )
