"""Files are stories, character for character."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from pathlib import Path

import pytest

from adapters.wires.folder import TextFolder
from adapters.wires.text import MAX_BYTES, exact_text, read_story
from bot.errors import SourceError
from bot.model import FeedConfig, Story
from tests.adapters.wires.builders import NOW, read

TEXT = "عنوان\r\n\r\nنص فيه\tتبويب و ﷺ وسطر\u2028آخر.\n"


def folder(path: Path) -> TextFolder:
    return TextFolder(FeedConfig("drop", "وكالة", folder=str(path)))


async def test_a_file_is_a_story_character_for_character(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_bytes(TEXT.encode())
    os.utime(file, (1_700_000_000, 1_700_000_000))
    (story,) = await read(folder(tmp_path))
    assert story == Story(
        id="one.txt",
        feed="drop",
        source="وكالة",
        url=None,
        text=TEXT,
        published=dt.datetime.fromtimestamp(1_700_000_000, dt.UTC),
        fetched=NOW,
    )


async def test_bad_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "d.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "e.txt").write_bytes("اتفق الجانبان على التعاون".encode("windows-1256"))
    (tmp_path / "ignored.doc").write_text("x", encoding="utf-8")
    seen: list[tuple[str, str]] = []

    async def take() -> None:
        async for stories in folder(tmp_path).stories(NOW):
            seen.extend((story.id, story.text) for story in stories)

    with pytest.raises(ExceptionGroup) as caught:
        await take()
    assert seen == [("a.txt", "خبر"), ("e.txt", "اتفق الجانبان على التعاون")]
    assert [str(error).split(": ")[:2] for error in caught.value.exceptions] == [
        ["drop", name] for name in ("b.txt", "c.txt", "d.txt")
    ]


async def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        await read(folder(tmp_path / "none"))


def test_a_byte_order_mark_is_a_character_of_the_text_and_not_of_the_headline(tmp_path: Path) -> None:
    file = tmp_path / "bom.txt"
    file.write_bytes("عنوان\nنص".encode("utf-8-sig"))
    story = read_story(file, NOW)
    assert story.text == file.read_text(encoding="utf-8")
    assert (story.id, story.headline) == ("bom", "عنوان")


def test_a_story_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    story = read_story(None, NOW)
    assert (story.id, story.text, story.published) == ("stdin", TEXT, NOW)


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\n \n", b"abc\0def", b"x" * (MAX_BYTES + 1), b"\x01\x02" * 99]
)
def test_what_is_no_story_is_one_sentence(content: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        exact_text(content, "file")
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_story(tmp_path, NOW)
