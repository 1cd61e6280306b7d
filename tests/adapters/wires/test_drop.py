"""An agency's files are read once, whole, and put away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.wires.drop import SETTLED_SECONDS, DropFolder
from bot.errors import SourceError
from bot.model import FeedConfig
from tests.adapters.wires.builders import NOW, read, read_here, rss


def deliver(folder: Path, name: str, content: str | bytes, age: float = 60) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


def drop(folder: Path) -> DropFolder:
    return DropFolder(FeedConfig("drop", "وكالة", folder=str(folder), drop=True), read_here)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def test_files_are_read_oldest_first_and_moved(tmp_path: Path) -> None:
    deliver(tmp_path, "b.txt", "أول", age=90)
    deliver(tmp_path, "a.xml", rss(), age=30)
    assert [story.id for story in await read(drop(tmp_path))] == ["b.txt", "1", "2", "3"]
    assert (names(tmp_path), names(tmp_path / "done")) == (["done"], ["a.xml", "b.txt"])
    assert await read(drop(tmp_path)) == []


async def test_what_is_still_written_is_left_alone(tmp_path: Path) -> None:
    left = ["a.txt", "b.txt.part", ".hidden.txt", "c.tmp"]
    for name in left:
        deliver(tmp_path, name, "نص", age=SETTLED_SECONDS - 1 if name == "a.txt" else 60)
    assert await read(drop(tmp_path)) == []
    assert names(tmp_path) == sorted(left)


async def test_a_file_stays_until_its_stories_are_saved(tmp_path: Path) -> None:
    deliver(tmp_path, "a.xml", rss())
    async for _ in drop(tmp_path).stories(NOW):
        break
    assert names(tmp_path) == ["a.xml"]
    assert len(await read(drop(tmp_path))) == 3


async def test_what_cannot_be_read_is_put_aside_with_its_reason(tmp_path: Path) -> None:
    deliver(tmp_path, "empty.txt", "")
    deliver(tmp_path, "page.xml", "<html></html>")
    deliver(tmp_path, "big.json", b"[" * 10_000_001)
    deliver(tmp_path, "good.txt", "خبر")
    seen: list[str] = []

    async def take() -> None:
        async for stories in drop(tmp_path).stories(NOW):
            seen.extend(story.id for story in stories)  # kept although the group comes after the last

    with pytest.raises(ExceptionGroup) as caught:
        await take()
    assert seen == ["good.txt"]
    assert sorted(str(error).split(": ")[1] for error in caught.value.exceptions) == [
        "big.json",
        "empty.txt",
        "page.xml",
    ]
    assert len(names(tmp_path / "failed")) == 6
    assert "web page" in (tmp_path / "failed" / "page.xml.reason").read_text(encoding="utf-8")


async def test_the_same_name_again_overwrites_nothing(tmp_path: Path) -> None:
    for text in ("أول", "ثان", "ثالث"):
        deliver(tmp_path, "a.txt", text)
        assert [story.text for story in await read(drop(tmp_path))] == [text]
    assert names(tmp_path / "done") == ["a-1.txt", "a-2.txt", "a.txt"]


async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = deliver(tmp_path, "secret", "سر")
    box = tmp_path / "box"
    box.mkdir()
    (box / "a.txt").symlink_to(secret)
    assert await read(drop(box)) == []


async def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        await read(drop(tmp_path / "none"))


async def test_a_story_that_could_not_be_saved_is_put_aside_with_the_reason(tmp_path: Path) -> None:
    deliver(tmp_path, "a.xml", rss())
    held = drop(tmp_path).stories(NOW)
    await anext(held)
    with pytest.raises(StopAsyncIteration):
        await held.athrow(SourceError("drop/1", "odd"))
    assert names(tmp_path / "failed") == ["a.xml", "a.xml.reason"]
