"""An edition's items as rows and back: they say what readers were told, whatever became of the findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from bot.digest import Item
from bot.editions import Edition
from bot.model import Agreement, Evidence, Finding, Kind, Party, Span, StoryRef
from storage.tables.editions import EditionItemRow

#: The sentence a bullet rests on, and its amounts, are asked of the finding itself, while there is one.
_NOTHING = Evidence(Span(0, 0), "")


def rows_of(edition: Edition) -> Iterator[dict[str, Any]]:
    """Return the values of an edition's items: a row for each finding."""
    for position, item in enumerate(edition.items):
        for rank, finding in enumerate(item.findings):
            yield {
                "edition_id": edition.id,
                "position": position,
                "rank": rank,
                "finding_id": finding.id,
                "story_id": finding.story.id,
                "change": item.change,
                "said": _said(finding),
            }


def items_of(rows: Iterable[EditionItemRow]) -> tuple[Item, ...]:
    """Return the items of one edition's rows, which come in order."""
    items = []
    for _, group in groupby(rows, key=lambda row: row.position):
        parts = tuple(group)
        items.append(Item(tuple(_finding(row) for row in parts), parts[0].change))
    return tuple(items)


def _said(finding: Finding) -> dict[str, Any]:
    agreement, story = finding.agreement, finding.story
    return {
        "kind": agreement.kind.value,
        "parties": [[party.name, party.slug, party.kind] for party in agreement.parties],
        "phrase": agreement.phrase,
        "bullet": agreement.bullet,
        "topics": list(agreement.topics),
        "date": agreement.date,
        "on": agreement.on and agreement.on.isoformat(),
        "place": agreement.place,
        "source": story.source,
        "url": story.url,
        "headline": story.headline,
        "published": story.published.isoformat(),
        "cluster": story.cluster,
    }


def _finding(row: EditionItemRow) -> Finding:
    said = row.said
    agreement = Agreement(
        kind=Kind(said["kind"]),
        parties=tuple(Party(*party) for party in said["parties"]),
        subject=_NOTHING,
        evidence=_NOTHING,
        phrase=said["phrase"],
        bullet=said["bullet"],
        topics=tuple(said["topics"]),
        date=said["date"],
        on=said["on"] and dt.date.fromisoformat(said["on"]),
        place=said["place"],
        amounts=(),
        rule="",
        score=0.0,
    )
    published = dt.datetime.fromisoformat(said["published"])
    story = StoryRef(row.story_id, said["source"], said["url"], said["headline"], published, said["cluster"])
    return Finding(row.finding_id, agreement, story)
