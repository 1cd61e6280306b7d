"""Each story once, and no bad feed in the way of the others."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import pytest

from bot.errors import SourceError
from bot.ingest import BATCH, Report, ingest, summary
from bot.marks import Marks
from bot.model import Agreement, Change, Story
from bot.ports.stories import Query, Reading, Saved, Stories
from config.words import load_words
from tests.builders import NOON, agreement
from tests.fakes.stories import FakeStories

MARKS = Marks(("تصحيح",), ("سحب خبر",))


@dataclass
class Wire:
    """A source of given texts, by id, that fails after them if told so."""

    slug: str
    texts: dict[str, str]
    fault: Exception | None = None

    async def stories(self, now: datetime) -> AsyncGenerator[Sequence[Story], None]:
        with suppress(SourceError):
            yield [Story(key, self.slug, "وكالة", None, text, now, now) for key, text in self.texts.items()]
        if self.fault:
            raise self.fault


@dataclass
class Shelf:
    """The part of Stories that ingest uses, in a dictionary."""

    kept: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    async def news(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        return tuple(s for s in stories if self.kept.get((s.feed, s.id), ("", 0))[0] != s.text)

    async def save_all(self, readings: Sequence[Reading]) -> tuple[Saved, ...]:
        before = dict(self.kept)
        try:
            return tuple([await self.save(one.story, one.agreements) for one in readings])
        except SourceError:
            self.kept = before
            raise

    async def save(self, story: Story, agreements: Sequence[Agreement]) -> Saved:
        if "\0" in story.text:
            raise SourceError(f"{story.feed}/{story.id}", "could not be stored: odd")
        known = (story.feed, story.id) in self.kept
        self.kept[story.feed, story.id] = (story.text, len(agreements))
        return Saved.UPDATED if known else Saved.NEW


def find(story: Story) -> Sequence[Agreement]:
    return (agreement(),) if "اتفق" in story.text else ()


def totals(report: Report) -> tuple[int, int, int, int, int]:
    return report.feeds, report.unchanged, report.new, report.updated, report.same


async def run(shelf: Shelf, *wires: Wire) -> Report:
    return await ingest(wires, cast("Stories", shelf), find, NOON, marks=MARKS)


async def test_a_second_run_changes_nothing() -> None:
    shelf, wire = Shelf(), Wire("a", {"1": "اتفق", "2": "طقس"})
    assert totals(await run(shelf, wire)) == (1, 0, 2, 0, 0)
    before = dict(shelf.kept)
    assert totals(await run(shelf, wire)) == (1, 1, 0, 0, 2)
    assert shelf.kept == before == {("a", "1"): ("اتفق", 1), ("a", "2"): ("طقس", 0)}


async def test_a_changed_story_is_updated() -> None:
    shelf = Shelf()
    await run(shelf, Wire("a", {"1": "طقس"}))
    assert totals(await run(shelf, Wire("a", {"1": "اتفق"}))) == (1, 0, 0, 1, 0)


async def test_a_failing_source_is_named_and_the_others_go_on() -> None:
    bad = Wire("bad", {"1": "خبر"}, SourceError("bad", "no answer"))
    report = await run(Shelf(), bad, Wire("good", {"1": "خبر", "2": "خبر"}))
    assert report.failed == ("bad: no answer",)
    assert totals(report) == (2, 0, 3, 0, 0)


async def test_single_items_may_fail() -> None:
    faults = ExceptionGroup("items", [SourceError("a: 1", "empty"), SourceError("a: 2", "not text")])
    report = await run(Shelf(), Wire("a", {"3": "خبر"}, faults))
    assert report.failed == ("a: 1: empty", "a: 2: not text")
    assert report.new == 1


async def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        await run(Shelf(), Wire("a", {}, ZeroDivisionError()))
    assert caught.group_contains(ZeroDivisionError)


async def test_progress_counts_stories_and_feeds() -> None:
    seen: list[tuple[int, int]] = []
    wires = (Wire("a", {"1": "خبر", "2": "خبر"}),)
    await ingest(
        wires, cast("Stories", Shelf()), find, NOON, lambda r: seen.append((r.feeds, r.stories)), marks=MARKS
    )
    assert seen == [(0, 2), (1, 2)]


def test_the_summary_is_one_line() -> None:
    words = load_words()
    report = Report(feeds=12, unchanged=3, new=41, updated=2, failed=("x: no answer",))
    assert (
        summary(report, words["en"]) == "12 feeds, 3 not modified, 41 new, 2 updated, 1 failed: x: no answer"
    )
    assert summary(Report(feeds=1), words["en"]) == "1 feed, 0 new"
    assert "\n" not in summary(report, words["ar"])


async def test_a_story_that_cannot_be_read_is_named_and_the_others_go_on() -> None:
    def choke(story: Story) -> Sequence[Agreement]:
        if story.id == "odd":
            raise ValueError("a bug")
        return find(story)

    shelf = Shelf()
    wire = Wire("a", {"odd": "نص", "good": "اتفق"})
    report = await ingest([wire], cast("Stories", shelf), choke, NOON, marks=MARKS)
    assert report.failed == ("a/odd: could not be read: ValueError('a bug')",)
    assert list(shelf.kept) == [("a", "good")]


async def test_a_headline_that_takes_a_story_back_empties_it_and_is_searched_for_nothing() -> None:
    stories = FakeStories()
    await ingest([Wire("a", {"1": "عنوان\nاتفق"})], stories, find, NOON, marks=MARKS)
    assert await stories.count(Query()) == 1
    kill = Wire("a", {"2": "سحب خبر: عنوان\nكان الخبر أنه اتفق"})
    assert totals(await ingest([kill], stories, find, NOON, marks=MARKS)) == (1, 0, 0, 1, 0)
    assert await stories.count(Query()) == 0
    assert [event.change for event in await stories.events()] == [Change.KILL]
    assert totals(await ingest([kill], stories, find, NOON, marks=MARKS)) == (1, 1, 0, 0, 1)


async def test_a_story_that_cannot_be_stored_is_named_and_the_rest_of_its_batch_is_stored() -> None:
    shelf = Shelf()
    texts = {str(n): "خبر" for n in range(BATCH + 2)} | {"odd": "\0", "last": "اتفق"}
    report = await run(shelf, Wire("a", texts))
    assert report.failed == ("a/odd: could not be stored: odd",)
    assert totals(report) == (1, 0, BATCH + 3, 0, 0)
    assert set(shelf.kept) == {("a", id_) for id_ in texts if id_ != "odd"}


async def test_a_story_and_what_takes_it_back_may_come_together() -> None:
    stories = FakeStories()
    wire = Wire("a", {"1": "عنوان\nاتفق", "2": "سحب خبر: عنوان\nكان الخبر أنه اتفق"})
    assert totals(await ingest([wire], stories, find, NOON, marks=MARKS)) == (1, 0, 1, 1, 0)
    assert await stories.count(Query()) == 0
