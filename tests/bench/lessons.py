"""What people found in stories, laid over what the engine sees: what each beginning should be taken for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from bot.agreements.features import Page
from bot.agreements.gold import GoldItem, GoldStory
from bot.agreements.line import Line
from bot.arabic.text import Folded

_NEAR = 25  #: characters: a beginning this far from the annotated one still is it
_BEHIND = 15


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
