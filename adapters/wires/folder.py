"""A feed that is a folder of text files, one story each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.wires.text import read_story
from bot.errors import SourceError
from bot.model import FeedConfig, Story

#: Files that are read and given together.
_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class TextFolder:
    """The .txt files of a folder; named by the file, published when it last changed."""

    feed: FeedConfig

    @property
    def slug(self) -> str:
        """The feed's key."""
        return self.feed.slug

    async def stories(self, now: datetime) -> AsyncGenerator[Sequence[Story], None]:
        """Yield a story a file in the order of names; files that are no story are reported at the end."""
        folder = Path(self.feed.folder or "")
        faults: list[SourceError] = []
        paths = await asyncio.to_thread(self._files, folder)
        for start in range(0, len(paths), _TOGETHER):
            with suppress(SourceError):  # not saved: the next reading gives them again
                yield await asyncio.to_thread(self._read, paths[start : start + _TOGETHER], now, faults)
        if faults:
            raise ExceptionGroup("files that are no story", faults)

    def _read(self, paths: Sequence[Path], now: datetime, faults: list[SourceError]) -> list[Story]:
        stories = []
        for path in paths:
            try:
                story = read_story(path, now)
            except SourceError as error:
                faults.append(SourceError(f"{self.slug}: {path.name}", error.reason))
            else:
                stories.append(replace(story, id=path.name, feed=self.slug, source=self.feed.name))
        return stories

    def _files(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            raise SourceError(self.slug, f"no such folder: {folder}")
        return sorted(folder.glob("*.txt"))
