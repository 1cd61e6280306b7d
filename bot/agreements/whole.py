"""The points of a story as a whole: one that was torn in two is joined, one said twice is told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.agreements.decide import Point
from bot.agreements.tokens import Token
from bot.arabic.letters import AL, LAM, WAW
from bot.arabic.text import key
from bot.model import Agreement, Kind, Party

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  #: letters of a word that tells nothing
_SAME = 0.85  #: share of their words that two points have in common that say the same
_BETWEEN = 2  #: words between a document and its aim: "which aims at"
_LEADING = frozenset({"adjunct", "purpose", "link", "v_provide"})
_LEADS = frozenset({"link", "order", "adjunct", "relative"})

Told = tuple[Kind, tuple[Party, ...], tuple[str, ...]]


def joined(points: Iterable[Point]) -> tuple[Point, ...]:
    """Join a kept point to the one before where nothing stands between: the second is no beginning."""
    found: list[Point] = []
    for point in points:
        at = next((at for at in reversed(range(len(found))) if found[at].kept), None)
        if at is not None and point.kept and _torn(found[at], point):
            last = found[at]
            found[at] = replace(last, last=point.last, span=(last.span[0], point.span[1]))
        else:
            found.append(point)
    return tuple(found)


def _torn(before: Point, point: Point) -> bool:
    token = point.line.tokens[point.first]
    leads = not _LEADS.isdisjoint(before.line.tokens[before.last - 1].word.classes)
    free = leads or token.gap or token.word.joined or token.word.prep or token.word.future
    if point.number != before.number:
        return False
    next_to = point.first == before.last
    return (next_to and (not free or _listed(before, token))) or _aimed(before, point)


def _listed(before: Point, token: Token) -> bool:
    """Whether a word goes on with a list that an action shares: "exchange of the skills | and the tools"."""
    last, word = before.line.tokens[before.last - 1].word, token.word
    listed = word.joined and word.article and not (word.masdar or word.prep)
    return listed and not token.gap and last.form.startswith(AL)


def _aimed(before: Point, point: Point) -> bool:
    """Whether a document that nothing is said of yet goes on with its aim: "a memorandum, to build X"."""
    words = point.line.tokens
    named, between = words[before.first : before.last], words[before.last : point.first]
    if not named or "n_doc" not in named[0].word.classes or named[0].word.article or len(between) > _BETWEEN:
        return False
    if any(
        "within" in token.word.classes or (token.word.prep == LAM and token.word.masdar) for token in named
    ):
        return False
    if any(_LEADING.isdisjoint(token.word.classes) for token in between) or "." in words[point.first].gap:
        return False
    head, led = words[point.first].word, not _LEADING.isdisjoint(named[-1].word.classes)
    return not head.joined and head.masdar and (head.prep == LAM or bool(between) or led)


class Teller:
    """Knows what a story has told; build one for each story."""

    def __init__(self) -> None:
        self._told: list[Told] = []

    def again(self, one: Agreement) -> bool:
        """Whether an agreement was told before in other or in the same words; remembers it."""
        words = tuple(word for word in _WORD.findall(key(one.phrase)) if len(word) >= _SHORT)
        for kind, parties, earlier in self._told:
            if (
                (_same(words, earlier) or _ends_so(words, earlier))
                and kind is one.kind
                and (set(parties) & set(one.parties) or not parties)
            ):
                return True
        self._told.append((one.kind, one.parties, words))
        return False


def _ends_so(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a point is the end of one told before, that had to go on over it."""
    tail = others[len(others) - len(words) :]
    return 1 < len(words) < len(others) and (tail[0].removeprefix(WAW), *tail[1:]) == words


def firm(found: Iterable[Agreement], alone: Callable[[str], bool]) -> tuple[Agreement, ...]:
    """Leave out documents alone where the same parties have something firmer; `alone` knows the former."""
    told = tuple(found)
    firmer = {(one.kind, frozenset(one.parties)) for one in told if not alone(one.phrase)}
    return tuple(
        one for one in told if (one.kind, frozenset(one.parties)) not in firmer or not alone(one.phrase)
    )


def _same(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two points say the same: nearly all their words, from the same first to the same last."""
    if not words or not others or words[0] != others[0] or words[-1] != others[-1]:
        return words == others
    mine, theirs = set(words), set(others)
    return len(mine & theirs) >= _SAME * len(mine | theirs)
