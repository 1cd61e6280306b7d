"""Take in what the sources hold: each story once, its findings with it, a bad feed never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceError
from bot.marks import Marks
from bot.model import Agreement, Change, Story
from bot.ports.feeds import Source
from bot.ports.stories import Reading, Saved, Stories
from bot.words import Words

#: How many sources are read at the same time; their hosts are mostly waited for.
AT_ONCE = 8
#: Stories of a source that are looked up, read and stored together. Each batch waits for the disk once.
BATCH = 100
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
Progress = Callable[[Report], None]  #: told the running totals after each batch and each source


class _Tally:
    """The running totals, and who wants to hear of them."""

    def __init__(self, progress: Progress) -> None:
        self.report = Report()
        self._progress = progress

    def stories(self, saved: Sequence[Saved]) -> None:
        self.report = replace(
            self.report,
            new=self.report.new + saved.count(Saved.NEW),
            updated=self.report.updated + saved.count(Saved.UPDATED),
            same=self.report.same + saved.count(Saved.SAME),
        )
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
    """What becomes of the stories of one source."""

    stories: Stories
    find: Find
    marks: Marks

    async def take(self, batch: Sequence[Story], faults: list[SourceError]) -> list[Saved]:
        """Store stories with what is found in them, and note those that cannot be."""
        fresh = await self.stories.news([self.marks.read(story) for story in batch])
        readings = await asyncio.to_thread(self._read, fresh, faults)
        try:
            saved = list(await self.stories.save_all(readings))
        except SourceError:
            saved = await self._save_each(readings, faults)
        return saved + [Saved.SAME] * (len(batch) - len(fresh))

    def _read(self, stories: Sequence[Story], faults: list[SourceError]) -> list[Reading]:
        readings = []
        for story in stories:
            try:
                readings.append(Reading(story, () if story.says is Change.KILL else self.find(story)))
            except Exception as error:  # noqa: BLE001 - one odd story must not keep the others out
                faults.append(SourceError(f"{story.feed}/{story.id}", f"could not be read: {error!r}"))
        return readings

    async def _save_each(self, readings: Sequence[Reading], faults: list[SourceError]) -> list[Saved]:
        """Find out which of a batch cannot be stored, and store the others."""
        saved = []
        for reading in readings:
            try:
                saved.append(await self.stories.save(reading.story, reading.agreements))
            except SourceError as error:
                faults.append(error)
        return saved


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
    faults: list[SourceError] = []
    changed = False
    held = source.stories(now)
    try:
        given = await anext(held, None)
        while given is not None:
            bad: list[SourceError] = []
            for batch in _batches(given):
                saved = await taker.take(batch, bad)
                changed = changed or any(one is not Saved.SAME for one in saved)
                tally.stories(saved)
            faults += bad
            given = await (_give_back(held, bad[0]) if bad else anext(held, None))
    except* SourceError as group:
        faults += _leaves(group)
    tally.feed([str(fault) for fault in faults], changed=changed)


def _batches(stories: Sequence[Story]) -> Iterator[Sequence[Story]]:
    for start in range(0, len(stories), BATCH):
        yield stories[start : start + BATCH]


async def _give_back(
    held: AsyncGenerator[Sequence[Story], None], error: SourceError
) -> Sequence[Story] | None:
    """Tell the source that not all is saved, so that it gives its stories again another time."""
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
