"""Saving a batch of stories: told apart in memory, the new ones stored together, the changed in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.model import Change, Story
from bot.ports.stories import Reading, Saved
from storage import clusters, reported
from storage.clusters import Sketch
from storage.history import record
from storage.identity import Known, text_hash
from storage.lookup import shelf
from storage.tables.base import table_of
from storage.tables.findings import FindingRow
from storage.tables.stories import StoryRow

_TICK = timedelta(microseconds=1)  #: the finest time that both databases keep


_STORIES = table_of(StoryRow)


@dataclass(frozen=True, slots=True)
class _Step:
    """What one story of the batch comes to."""

    reading: Reading
    sketch: Sketch
    known: Known
    stored: datetime


def save(session: Session, readings: Sequence[Reading], sketches: Sequence[Sketch]) -> tuple[Saved, ...]:
    """Store what is new in stories of one feed, given in the order of events."""
    shelved = shelf(session, [reading.story for reading in readings])
    last = session.scalar(select(func.max(FindingRow.stored)))
    steps: dict[Saved, list[_Step]] = {saved: [] for saved in Saved}
    outcome = []
    for reading, sketch in zip(readings, sketches, strict=True):
        saved, known = shelved.put(reading.story)
        outcome.append(saved)
        if known is not None and saved is not Saved.SAME:
            last = _later(last, reading.story.fetched)
            steps[saved].append(_Step(reading, sketch, known, last))
    if steps[Saved.NEW]:
        _add(session, steps[Saved.NEW])
    for step in steps[Saved.UPDATED]:
        _update(session, step)
    return tuple(outcome)


def _later(last: datetime | None, fetched: datetime) -> datetime:
    """When a save counts as stored: later than every one before it, even after a clock went back."""
    return fetched if last is None else max(fetched, last + _TICK)


def _add(session: Session, steps: Sequence[_Step]) -> None:
    first = steps[0].reading.story
    clusters.forget(session, first.fetched)
    holders = clusters.holders(session, [step.sketch for step in steps], first.fetched)
    joined = clusters.joined(session, first.feed, [holders.like(step.sketch) for step in steps])
    values = [_row(step, cluster) for step, cluster in zip(steps, joined, strict=True)]
    # Told apart by what they hold: in the order given, SQLite would be sent them one by one.
    rows = session.execute(insert(_STORIES).returning(_STORIES.c.wire_id, _STORIES.c.id), values)
    ids: dict[str, int] = {row.wire_id: row.id for row in rows}
    found: list[reported.Reported] = []
    for step in steps:
        step.known.id = ids[step.known.wire_id]
        found += _reported(step)
    sketches = {step.known.id: holders.telling(step.sketch) for step in steps}
    clusters.remember(session, sketches, first.fetched)
    reported.add(session, found)


def _update(session: Session, step: _Step) -> None:
    story, row = step.reading.story, session.get_one(StoryRow, step.known.id)
    record(session, row, story, step.stored)
    row.revision = max(row.revision, story.revision)
    if story.says is Change.KILL:  # its notice is not the story
        row.killed = step.stored
    else:
        row.killed = None
        row.version += 1
        for name, value in _columns(story).items():
            setattr(row, name, value)
    reported.replace(session, row.id, [] if row.killed else _reported(step))


def _reported(step: _Step) -> list[reported.Reported]:
    """Return what the step's story reports."""
    story, agreements = step.reading.story, step.reading.agreements
    return reported.reported(step.known.id, story.headline, agreements, step.stored)


def _row(step: _Step, cluster: int | None) -> dict[str, Any]:
    """Return the row of a new story."""
    story = step.reading.story
    own = {"feed": story.feed, "wire_id": story.id, "revision": story.revision, "cluster": cluster}
    return {**own, "version": 1, "first_stored": step.stored, **_columns(story)}


def _columns(story: Story) -> dict[str, Any]:
    """Return what each version of a story says anew."""
    return {
        "source": story.source,
        "url": story.url,
        "headline": story.headline,
        "text": story.text,
        "text_hash": text_hash(story.carried),
        "published": story.published,
        "fetched": story.fetched,
    }
