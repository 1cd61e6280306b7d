"""Annotated stories: what people found, laid over what the engine sees. For training and measuring only."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.agreements.features import Page
from bot.agreements.line import Line
from bot.arabic.text import Folded

_NEAR = 25  #: characters: a beginning this far from the annotated one still is it
_BEHIND = 15


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One annotated agreement. Spans count characters of the story."""

    start: int
    end: int
    evidence: tuple[int, int]
    kind: str
    parties: tuple[str, ...]
    topics: tuple[str, ...]
    optional: bool  #: counts neither for nor against


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One annotated story."""

    id: str
    text: str
    items: tuple[GoldItem, ...]

    @property
    def firm(self) -> bool:
        """Whether anything in it must be found."""
        return any(not item.optional for item in self.items)


def read_gold(lines: Iterable[str]) -> tuple[GoldStory, ...]:
    """Read annotated stories, a JSON object a line: {id, text, items: [{quote, evidence, kind, ...}]}."""
    return tuple(_story(json.loads(line)) for line in lines if line.strip())


def _story(data: Mapping[str, Any]) -> GoldStory:
    text = str(data["text"])
    return GoldStory(str(data["id"]), text, tuple(_item(text, item) for item in data["items"]))


def _item(text: str, data: Mapping[str, Any]) -> GoldItem:
    at = max(text.find(data["evidence"]), 0)
    start = text.find(data["quote"], at)
    start = start if start >= 0 else text.find(data["quote"])
    return GoldItem(
        start,
        start + len(data["quote"]),
        (at, at + len(data["evidence"])),
        data["kind"],
        tuple(data["parties"]),
        tuple(data["topics"]),
        bool(data.get("optional")),
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one beginning should be taken for."""

    item: int  #: the annotated item that begins here, or -1
    firm: bool
    ignored: bool  #: it lies on an optional item: neither right nor wrong


Places = tuple[tuple[int, ...], ...]  #: for each sentence, the token numbers of beginnings


def lessons(story: GoldStory, folded: Folded, page: Page, places: Places) -> list[list[Lesson]]:
    """Say of each beginning whether an annotated item begins there."""
    spans = tuple(folded_span(folded, item) for item in story.items)
    begins: dict[tuple[int, int], int] = {}
    for number, (item, span) in enumerate(zip(story.items, spans, strict=True)):
        where = _nearest(page, places, span)
        if where is not None and (not item.optional or where not in begins):
            begins[where] = number
    found = []
    for number, line in enumerate(page.lines):
        row = []
        for at in places[number]:
            item_number = begins.get((number, at), -1)
            token = line.tokens[at]
            optional = any(
                item.optional and start <= token.start and token.end <= end
                for item, (start, end) in zip(story.items, spans, strict=True)
            )
            firm = item_number >= 0 and not story.items[item_number].optional
            row.append(Lesson(item_number, firm, not firm and (optional or item_number >= 0)))
        found.append(row)
    return found


def folded_span(folded: Folded, item: GoldItem) -> tuple[int, int]:
    """Return where an item stands in the folded text."""
    if folded.offsets is None:
        return item.start, item.end
    return bisect_left(folded.offsets, item.start), bisect_left(folded.offsets, item.end)


def _nearest(page: Page, places: Places, span: tuple[int, int]) -> tuple[int, int] | None:
    """Find the beginning that is the item's own, or the nearest one."""
    best: tuple[int, tuple[int, int]] | None = None
    for number, line in enumerate(page.lines):
        for at in places[number]:
            token = line.tokens[at]
            if token.start >= span[1] or token.end <= span[0] - _BEHIND:
                continue
            away = 0 if token.start <= span[0] < token.end else abs(token.start - span[0])
            if away < _NEAR and (best is None or away < best[0]):
                best = (away, (number, at))
    return best[1] if best else None


def end_in(line: Line, start: int, span: tuple[int, int]) -> int:
    """Return the token number, exclusive, where the item that begins at `start` ends; 0 where it does not."""
    inside = [
        at
        for at, token in enumerate(line.tokens)
        if at >= start and token.start >= span[0] and token.end <= span[1]
    ]
    return inside[-1] + 1 if inside else 0
