"""How good the engine is on annotated stories: items, sentences, stories, and what is said of the items.

An item is found when the words that it and a finding cover have F1 of one half or more, one to one, the best
pairs first. Optional items count neither way, nor does a finding that lies on one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.agreements.gold import GoldItem, GoldStory
from bot.arabic.letters import AL
from bot.arabic.text import key
from bot.model import Agreement

_WORD = re.compile(r"[^\W_]+")
_MATCH = 0.5
Cover = frozenset[int]  #: numbers of a story's words


@dataclass(frozen=True, slots=True)
class Rate:
    """How often what was found is right, and what is right was found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 0 where nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The table that `mujaz evaluate` prints."""

    rates: Mapping[str, Rate]  #: items, sentences, stories, parties, topics
    kinds: float  #: share of found items whose kind is right
    findings: int
    missed: tuple[tuple[str, str], ...]  #: story id and the words of an item that was not found
    extra: tuple[tuple[str, str], ...]  #: story id and a bullet that should not be there

    def lines(self) -> tuple[str, ...]:
        """The table, a line each."""
        table = [
            f"{name:10} P {r.precision:.3f}  R {r.recall:.3f}  F1 {r.f1:.3f}"
            for name, r in self.rates.items()
        ]
        return (*table, f"{'kinds':10} right {self.kinds:.3f}", f"{'findings':10} {self.findings}")


@dataclass
class _Tally:
    """Counts while stories are read."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        """Count what was right, found and wanted."""
        self.counts[f"{name}+"] += right
        self.counts[f"{name}-"] += found - right
        self.counts[f"{name}?"] += wanted - right

    def rate(self, name: str) -> Rate:
        """What was counted under a name."""
        return Rate(self.counts[f"{name}+"], self.counts[f"{name}-"], self.counts[f"{name}?"])


def evaluate(gold: Sequence[GoldStory], found: Mapping[str, Sequence[Agreement]]) -> Report:
    """Measure findings, by story id, against annotated stories."""
    tally = _Tally()
    for story in gold:
        agreements = found.get(story.id, ())
        words = tuple(match.span() for match in _WORD.finditer(story.text))
        _items(tally, story, agreements, words)
        _sentences(tally, story, agreements, words)
        if story.firm or not story.items:  # a story with optional items alone counts neither way
            tally.add("stories", int(story.firm and bool(agreements)), int(bool(agreements)), int(story.firm))
    rates = {name: tally.rate(name) for name in ("items", "sentences", "stories", "parties", "topics")}
    right = max(1, rates["items"].right)
    return Report(
        rates,
        tally.counts["kinds"] / right,
        sum(len(agreements) for agreements in found.values()),
        tuple(tally.missed),
        tuple(tally.extra),
    )


def _items(
    tally: _Tally, story: GoldStory, found: Sequence[Agreement], words: Sequence[tuple[int, int]]
) -> None:
    gold = [_cover(words, item.start, item.end) for item in story.items]
    mine = [_cover(words, one.subject.span.start, one.subject.span.end) for one in found]
    pairs = _pairs(gold, mine)
    free = set(range(len(mine))) - set(pairs.values())
    for place, one in pairs.items():
        if not story.items[place].optional:
            tally.add("items", 1, 1, 1)
            _said(tally, story.items[place], found[one])
    for one in sorted(free):
        on_optional = any(
            item.optional and len(mine[one] & cover) >= _MATCH * max(1, min(len(mine[one]), len(cover)))
            for item, cover in zip(story.items, gold, strict=True)
        )
        if not on_optional:
            tally.add("items", 0, 1, 0)
            tally.extra.append((story.id, found[one].bullet))
    for number, item in enumerate(story.items):
        if number not in pairs and not item.optional:
            tally.add("items", 0, 0, 1)
            tally.missed.append((story.id, story.text[item.start : item.end]))


def _said(tally: _Tally, item: GoldItem, one: Agreement) -> None:
    """Compare what is said of an item that was found."""
    names = [party.name for party in one.parties]
    tally.add("parties", _common(item.parties, names), len(names), len(item.parties))
    tally.add("topics", len(set(item.topics) & set(one.topics)), len(one.topics), len(item.topics))
    tally.counts["kinds"] += item.kind == one.kind.value


def _common(wanted: Iterable[str], names: Iterable[str]) -> int:
    """How many wanted parties are named: half of the shorter name's words agree."""
    left = [_bare(name) for name in names]
    right = 0
    for party in map(_bare, wanted):
        for name in left:
            if party and name and 2 * len(party & name) >= min(len(party), len(name)):
                left.remove(name)
                right += 1
                break
    return right


def _bare(name: str) -> frozenset[str]:
    """A name's words without articles."""
    return frozenset(word.removeprefix(AL) for word in key(name).split())


def _sentences(
    tally: _Tally, story: GoldStory, found: Sequence[Agreement], words: Sequence[tuple[int, int]]
) -> None:
    firm = {_cover(words, *item.evidence) for item in story.items if not item.optional}
    either = {_cover(words, *item.evidence) for item in story.items}
    mine = {_cover(words, one.evidence.span.start, one.evidence.span.end) for one in found}
    right = sum(_touches(sentence, mine) for sentence in firm)
    wrong = sum(not _touches(sentence, either) for sentence in mine)
    tally.add("sentences", right, right + wrong, len(firm))


def _touches(sentence: Cover, others: Iterable[Cover]) -> bool:
    return any(len(sentence & other) >= _MATCH * max(1, min(len(sentence), len(other))) for other in others)


def _cover(words: Sequence[tuple[int, int]], start: int, end: int) -> Cover:
    return frozenset(number for number, word in enumerate(words) if start <= word[0] and word[1] <= end)


def _pairs(gold: Sequence[Cover], mine: Sequence[Cover]) -> dict[int, int]:
    """Match items and findings, the best pairs first."""
    ranked = sorted(
        (
            (2 * len(a & b) / (len(a) + len(b)), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(mine)
            if a & b
        ),
        key=lambda pair: -pair[0],
    )
    pairs: dict[int, int] = {}
    for share, item, one in ranked:
        if share >= _MATCH and item not in pairs and one not in pairs.values():
            pairs[item] = one
    return pairs
