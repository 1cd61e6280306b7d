"""The second look: a place where a point may begin, seen beside all others of its story.

The first look weighs each place, sentence and story alone. Here their chances meet: the list a place stands
in, the sentences around, whether the headline or an earlier point says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.agreements.chains import GOVERNORS
from bot.agreements.features import Page
from bot.agreements.line import Line, nearest
from bot.agreements.spans import opens

Row = list[float]

_NONE = 99.0  #: no such place
_HOW = ("link", "direct", "doc", "joined", "that", "comma")
_BEFORE = ("link", "order", "light", "n_doc", "v_sign", "n_sign", "adjunct", "relative")
_AROUND = ("talk", "call", "past", "negation", "maybe", "opinion", "joint", "sport_person", "v_announce")
_STRONGEST = ("v_agree", "v_sign", "n_sign", "n_agree", "v_pledge", "v_ratify", "n_pledge", "n_ratify")
_LIKELY = 0.3
_SAME = 8  #: words after a beginning that tell whether two points say the same
_RECENT = 60  #: earlier points that a later one may repeat
_LETTERS = 3  #: shorter stems tell nothing


@dataclass(frozen=True, slots=True)
class Look:
    """What the first look found."""

    chances: tuple[tuple[float, ...], ...]  #: for each sentence, of each of its beginnings
    lines: tuple[float, ...]  #: for each sentence
    story: float


def rows(page: Page, look: Look, least: float) -> list[list[Row | None]]:
    """Describe each beginning of each sentence in numbers; None for one whose chance is below `least`."""
    best = tuple(max(chances, default=0.0) for chances in look.chances)
    every = sorted((chance for chances in look.chances for chance in chances), reverse=True)
    story = [
        look.story,
        *(every + [0.0] * 3)[:3],
        sum(every),
        max(look.lines, default=0.0),
        float(len(page.lines)),
    ]
    headline = _stems(page.headline, 0, len(page.headline.tokens))
    seen: list[tuple[frozenset[str], int]] = []
    found: list[list[Row | None]] = []
    for number, line in enumerate(page.lines):
        found.append([None] * len(line.starts))
        if best[number] < least:
            continue
        shared = story + _line(page, look, number, best, headline)
        for order, (at, chance) in enumerate(zip(line.starts, look.chances[number], strict=True)):
            if chance < least:
                continue
            words = _stems(line, at, at + _SAME)
            again = max(
                (_share(words, other) for other, where in seen[-_RECENT:] if where != number), default=0.0
            )
            place = _place(line, look.chances[number], order)
            found[-1][order] = shared + place + [_share(words, headline), again]
            if chance > _LIKELY:
                seen.append((words, number))
    return found


def _line(page: Page, look: Look, number: int, best: tuple[float, ...], headline: frozenset[str]) -> Row:
    """Describe a sentence and its neighbours."""
    line = page.lines[number]
    chances = look.chances[number]
    after = number + 1 < len(page.lines)
    return [
        look.lines[number],
        look.lines[number - 1] if number else -1.0,
        look.lines[number + 1] if after else -1.0,
        best[number],
        best[number - 1] if number else -1.0,
        best[number + 1] if after else -1.0,
        sum(chances),
        float(number),
        float(len(line.tokens)),
        float(len(chances)),
        _share(headline, _stems(line, 0, len(line.tokens))),
        *(float(name in line.classes) for name in _AROUND),
    ]


def _place(line: Line, chances: tuple[float, ...], order: int) -> Row:
    """Describe a beginning: its chance, its fellows in the sentence, its word, its governor."""
    places = line.starts
    at = places[order]
    token = line.tokens[at]
    word = token.word
    likely = [
        place for place, chance in zip(places[:order], chances[:order], strict=True) if chance > _LIKELY
    ]
    return [
        chances[order],
        chances[order - 1] if order else -1.0,
        chances[order - 2] if order > 1 else -1.0,
        chances[order + 1] if order + 1 < len(chances) else -1.0,
        max(chances[:order], default=-1.0),
        max(chances[order + 1 :], default=-1.0),
        float(at),
        float(order),
        float(at - places[order - 1]) if order else _NONE,
        float(at - likely[-1]) if likely else _NONE,
        float(len(likely)),
        *map(float, (word.masdar, word.future, word.joined, word.article, bool(word.prep), bool(token.gap))),
        *(float(name in word.classes) for name in ("n_doc", "n_sign", "doc_strong")),
        *_governed(line, at),
        float(
            any(other != at and line.tokens[other].word.joined and line.tokens[other].gap for other in likely)
        ),
    ]


def _governed(line: Line, at: int) -> Row:
    """Describe what stands before a place: the word, the nearest triggers, the chain."""
    before = line.tokens[at - 1].word if at else None
    found = [float(before is not None and name in before.classes) for name in _BEFORE]
    found.append(float(before is not None and before.masdar))
    for places in (line.triggers, line.strong):
        left = nearest(places, at)
        found.append(float(at - left) if left is not None else _NONE)
        found.append(float(line.signs[at + 1] - line.signs[left + 1]) if left is not None else -1.0)
    classes = line.kinds[left] if left is not None else frozenset()
    found += [float(name in classes) for name in _STRONGEST]
    link = line.chains[at]
    found.append(float(opens(line.tokens, at, linked=link is not None and link.how in _HOW[:3])))
    if link is None:
        return [*found, 0.0, -1.0, -1.0, 0.0, 0.0, -1.0, -1.0]
    how = float(_HOW.index(link.how))
    numbers = [1.0, float(link.number), float(link.wait), float(bool(link.broken)), float(link.parallel)]
    return [*found, *numbers, float(GOVERNORS.index(link.governor)), how]


def _stems(line: Line, start: int, end: int) -> frozenset[str]:
    return frozenset([stem for stem in line.stems[start:end] if len(stem) > _LETTERS])


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    """How much of `words` stands in `others`, 0..1."""
    return len(words & others) / len(words) if words else 0.0
