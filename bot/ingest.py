"""Take in what the sources hold: each story once, its findings with it, a bad feed never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceError
from bot.marks import Marks
from bot.model import Agreement, Change, Story
from bot.ports import Saved, Source, Stories
from bot.words import Words

#: How many sources are read at the same time; their hosts are mostly waited for.
AT_ONCE = 8
#: Faults that the summary line has room for.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did so far."""

    feeds: int = 0  #: read to the end, or failed
    unchanged: int = 0  #: of them, those that brought nothing new and did not fail
    new: int = 0
    updated: int = 0
    same: int = 0
    failed: tuple[str, ...] = ()  #: one line a fault

    @property
    def stories(self) -> int:
        """All stories seen."""
        return self.new + self.updated + self.same


Find = Callable[[Story], Sequence[Agreement]]
Progress = Callable[[Report], None]  #: told the running totals after each story and each source


class _Tally:
    """The running totals, and who wants to hear of them."""

    def __init__(self, progress: Progress) -> None:
        self.report = Report()
        self._progress = progress

    def story(self, saved: Saved) -> None:
        counts = {
            Saved.NEW: replace(self.report, new=self.report.new + 1),
            Saved.UPDATED: replace(self.report, updated=self.report.updated + 1),
            Saved.SAME: replace(self.report, same=self.report.same + 1),
        }
        self.report = counts[saved]
        self._progress(self.report)

    def feed(self, faults: Sequence[str], *, changed: bool) -> None:
        self.report = replace(
            self.report,
            feeds=self.report.feeds + 1,
            unchanged=self.report.unchanged + (not changed and not faults),
            failed=(*self.report.failed, *faults),
        )
        self._progress(self.report)


@dataclass(frozen=True, slots=True)
class _Taker:
    """What becomes of each story."""

    stories: Stories
    find: Find
    marks: Marks

    async def take(self, story: Story) -> Saved:
        """Store a story with what is found in it. Raise SourceError when it cannot be read."""
        story = self.marks.read(story)
        if not await self.stories.needs(story):
            return Saved.SAME
        try:
            killed = story.says is Change.KILL
            agreements = () if killed else await asyncio.to_thread(self.find, story)
        except Exception as error:  # one odd story must not keep the others out
            raise SourceError(f"{story.feed}/{story.id}", f"could not be read: {error!r}") from error
        return await self.stories.save(story, agreements)


async def ingest(
    sources: Iterable[Source],
    stories: Stories,
    find: Find,
    now: datetime,
    progress: Progress = lambda _: None,
    *,
    marks: Marks,
) -> Report:
    """Store what is new or changed in the sources at `now`, and return what was done.

    `find` runs in a thread, so that a long ingest does not keep commands waiting. A source that raises
    SourceError is reported and the others go on; what it gave before stays.
    """
    tally = _Tally(progress)
    room = asyncio.Semaphore(AT_ONCE)

    async def read(source: Source) -> None:
        async with room:
            await _read(source, _Taker(stories, find, marks), now, tally)

    async with asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(read(source))
    return tally.report


async def _read(source: Source, taker: _Taker, now: datetime, tally: _Tally) -> None:
    faults: list[str] = []
    changed = False
    held = source.stories(now)
    try:
        story = await anext(held, None)
        while story is not None:
            try:
                saved = await taker.take(story)
            except SourceError as error:
                faults.append(str(error))
                story = await _give_back(held, error)
                continue
            changed = changed or saved is not Saved.SAME
            tally.story(saved)
            story = await anext(held, None)
    except* SourceError as group:
        faults += [str(error) for error in _leaves(group)]
    tally.feed(faults, changed=changed)


async def _give_back(held: AsyncGenerator[Story, None], error: SourceError) -> Story | None:
    """Tell the source that its story is not saved, so that it gives it again another time."""
    try:
        return await held.athrow(error)
    except StopAsyncIteration:
        return None


def _leaves(group: BaseExceptionGroup[SourceError]) -> list[SourceError]:
    found: list[SourceError] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def summary(report: Report, words: Words) -> str:
    """One line for the operator: "12 feeds, 3 not modified, 41 new, 2 updated, 1 failed: ..."."""
    parts = [words("count.feeds", n=report.feeds)]
    parts += [
        words(f"ingest.{key}", count=words.number(count))
        for key, count in (("unchanged", report.unchanged), ("new", report.new), ("updated", report.updated))
        if count or key == "new"
    ]
    if report.failed:
        faults = "; ".join(report.failed[:SHOWN]) + ("; …" if len(report.failed) > SHOWN else "")
        parts.append(words("ingest.failed", count=words.number(len(report.failed)), faults=faults))
    return words("sources.comma").join(parts)
