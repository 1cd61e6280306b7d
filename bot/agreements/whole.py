"""The points of a story as a whole: one that was torn in two is joined, one said twice is told once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.agreements.decide import Point
from bot.arabic.text import key
from bot.model import Agreement, Kind, Party

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  #: letters of a word that tells nothing
_SAME = 0.85  #: share of their words that two points have in common that say the same
_LEADS = frozenset({"link", "order", "adjunct", "relative"})

Told = tuple[Kind, tuple[Party, ...], tuple[str, ...]]


def joined(points: Iterable[Point]) -> tuple[Point, ...]:
    """Join a kept point to the one before where nothing stands between: the second is no beginning."""
    found: list[Point] = []
    for point in points:
        last = found[-1] if found else None
        if last is not None and point.kept and last.kept and _torn(last, point):
            found[-1] = replace(last, last=point.last, span=(last.span[0], point.span[1]))
        else:
            found.append(point)
    return tuple(found)


def _torn(before: Point, point: Point) -> bool:
    token = point.line.tokens[point.first]
    leads = not _LEADS.isdisjoint(before.line.tokens[before.last - 1].word.classes)
    free = leads or token.gap or token.word.joined or token.word.prep or token.word.future
    return point.number == before.number and point.first == before.last and not free


class Teller:
    """Knows what a story has told; build one for each story."""

    def __init__(self) -> None:
        self._told: list[Told] = []

    def again(self, one: Agreement) -> bool:
        """Whether an agreement was told before in other or in the same words; remembers it."""
        words = tuple(word for word in _WORD.findall(key(one.phrase)) if len(word) >= _SHORT)
        for kind, parties, earlier in self._told:
            if (
                _same(words, earlier)
                and kind is one.kind
                and (set(parties) & set(one.parties) or not parties)
            ):
                return True
        self._told.append((one.kind, one.parties, words))
        return False


def _same(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two points say the same: nearly all their words, from the same first to the same last."""
    if not words or not others or words[0] != others[0] or words[-1] != others[-1]:
        return words == others
    mine, theirs = set(words), set(others)
    return len(mine & theirs) >= _SAME * len(mine | theirs)
