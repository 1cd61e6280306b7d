"""A folder that an agency delivers into: each file is read once, then moved to done/ or failed/."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.wires.entry import Document, Read, Unreadable, in_order, story
from adapters.wires.text import MAX_BYTES, read_story
from bot.errors import SourceError
from bot.model import FeedConfig, Story

#: A file that has not grown for so long is complete: FTP servers write on without a pause.
SETTLED_SECONDS = 5.0
#: Names that transfer programs use while they write.
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", "~")


@dataclass(frozen=True, slots=True)
class DropFolder:
    """Text files, or documents of any format we read over HTTP, in the order they came."""

    feed: FeedConfig
    read: Read

    @property
    def slug(self) -> str:
        """The feed's key."""
        return self.feed.slug

    async def stories(self, now: datetime) -> AsyncGenerator[Sequence[Story], None]:
        """Yield the stories of each complete file; a file moves only after its stories are saved.

        A crash in between reads it again, which changes nothing. What cannot be read goes to failed/, its
        reason beside it, and is raised in a group at the end.
        """
        folder = Path(self.feed.folder or "")
        faults: list[SourceError] = []
        for path in await asyncio.to_thread(_complete, self.slug, folder, now):
            try:
                found = await self._stories(path, now)
            except SourceError as error:
                await asyncio.to_thread(_move, path, folder / "failed", error.reason)
                faults.append(error)
                continue
            reason = ""
            try:
                yield found
            except SourceError as error:
                reason = error.reason
            await asyncio.to_thread(_move, path, folder / ("failed" if reason else "done"), reason)
        if faults:
            raise ExceptionGroup("files that could not be read", faults)

    async def _stories(self, path: Path, now: datetime) -> list[Story]:
        name = f"{self.slug}: {path.name}"
        try:
            if path.suffix == ".txt":
                text = await asyncio.to_thread(read_story, path, now)
                return [replace(text, id=path.name, feed=self.slug, source=self.feed.name)]
            content = await asyncio.to_thread(_content, path)
            return [story(entry, self.feed, now) for entry in in_order(await self.read(Document(content)))]
        except SourceError as error:
            raise SourceError(name, error.reason) from None
        except Unreadable as error:
            raise SourceError(name, str(error)) from None


def _complete(slug: str, folder: Path, now: datetime) -> list[Path]:
    """Name the files that are no longer written to, oldest first."""
    if not folder.is_dir():
        raise SourceError(slug, f"no such folder: {folder}")
    aged = []
    for path in folder.iterdir():
        # A link is never followed: who may write here need not be allowed to read the rest of the machine.
        if (
            path.is_symlink()
            or not path.is_file()
            or path.name.startswith(".")
            or path.name.endswith(_UNFINISHED)
        ):
            continue
        written = path.stat().st_mtime
        if now.timestamp() - written >= SETTLED_SECONDS:
            aged.append((written, path))
    return [path for _, path in sorted(aged)]


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(path.name, f"cannot be read: {error.strerror or error}") from None
    if len(content) > MAX_BYTES:
        raise SourceError(path.name, f"longer than {MAX_BYTES // 1_000_000} MB")
    return content


def _move(path: Path, folder: Path, reason: str = "") -> None:
    """Move the file, beside an earlier one of its name if there is one, and its reason with it."""
    folder.mkdir(exist_ok=True)
    goal, number = folder / path.name, 1
    while goal.exists():
        goal, number = folder / f"{path.stem}-{number}{path.suffix}", number + 1
    path.replace(goal)
    if reason:
        goal.with_name(goal.name + ".reason").write_text(reason + "\n", encoding="utf-8")
