"""Reading happens elsewhere, and what goes wrong there stays there."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator

import pytest

from adapters.wires import reader
from adapters.wires.documents import entries
from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.sandbox import PROCESSES, Sandbox
from tests.adapters.wires.builders import URL, rss

FEED = Document(rss().encode(), URL, "application/rss+xml")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    box = Sandbox()
    yield box
    await box.close()


async def test_it_reads_what_this_process_would(sandbox: Sandbox) -> None:
    assert await sandbox.entries(FEED) == entries(FEED)
    with pytest.raises(Unreadable, match="a web page"):
        await sandbox.entries(Document(b"<html>"))
    assert await asyncio.gather(*(sandbox.entries(FEED) for _ in range(3))) == [entries(FEED)] * 3


async def test_what_takes_too_long_is_killed_and_the_next_document_is_read() -> None:
    box = Sandbox(seconds=0.001)  # less than a process takes to start
    with pytest.raises(Unreadable, match="longer than"):
        await box.entries(FEED)
    box._seconds = 20
    assert await box.entries(FEED) == entries(FEED)
    await box.close()


async def test_as_many_documents_are_read_at_once_as_there_are_processes(sandbox: Sandbox) -> None:
    await asyncio.gather(*(sandbox.entries(FEED) for _ in range(2 * PROCESSES)))
    assert len(sandbox._idle) == PROCESSES


async def test_a_process_that_dies_is_started_again(sandbox: Sandbox) -> None:
    await sandbox.entries(FEED)
    sandbox._idle[0].kill()
    with pytest.raises(Unreadable, match="crashes"):
        await sandbox.entries(FEED)
    assert await sandbox.entries(FEED) == entries(FEED)


def test_a_parser_that_trips_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(_: Document) -> tuple[Entry, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(reader, "entries", trip)
    request = json.dumps({"task": "entries", "url": URL, "content_type": "", "size": 3}).encode() + b"\nabc"
    answers = io.BytesIO()
    reader.serve(io.BytesIO(request), answers)
    assert json.loads(answers.getvalue()) == {
        "unreadable": "not read: the reading of it fails (ZeroDivisionError)"
    }
