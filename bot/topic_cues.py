"""Words that point to a topic, and how a text's cues are added up.

A cue is one word or two neighbouring ones, compared by light stems, so that one form in the lexicon stands
for its cases, its plural endings and the particles written onto it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.arabic.letters import AL, ALEF, BEH, DUAL, FEH, HEH, KAF, LAM, LIL, MEEM, PLURAL, TEH, WAW, YEH
from bot.remembered import Remembered

_WORD = re.compile(r"[^\W\d_]+")
#: In folded letters: the article, with or without particles in front of it; endings behind.
_FRONT = re.compile(f"(?:[{WAW}{FEH}]?[{BEH}{KAF}]?{AL}|[{WAW}{FEH}]?{LIL})")
_ENDINGS = (YEH + ALEF + TEH, *PLURAL, ALEF + TEH, DUAL, YEH + HEH, HEH + ALEF, HEH + MEEM, HEH, YEH, ALEF)
_BACK = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
_PARTICLES = WAW + FEH + BEH + LAM + KAF
_ROOT = 3  #: letters a stem keeps at least

#: What the cues of each part count for; found by search over the development stories (see docs/engine.md).
_SUBJECT, _CONTEXT, _HEADLINE, _STORY = 0.95, 0.05, 1.0, 1.0
_ENOUGH = 1.6  #: score of a topic that stands beside the best one
_SHARE = 0.35  #: and its share of the best one's score
_MOST = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or two, folded or not, the topic they point to and how surely (1: by themselves)."""

    words: str
    topic: str
    weight: float


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Strip a folded word of the article and its ending; at least three letters stay."""
    match = _FRONT.match(word)
    if match and len(word) - match.end() >= _ROOT:
        word = word[match.end() :]
    match = _BACK.search(word)
    if match and match.start() >= _ROOT:
        word = word[: match.start()]
    return word


def readings(word: str) -> tuple[str, ...]:
    """Return the stems a folded word may have: as it is, and with one or two joined particles off."""
    found = {stem(word): None}
    for cut in (1, 2):
        if len(word) - cut >= _ROOT and all(letter in _PARTICLES for letter in word[:cut]):
            found[stem(word[cut:])] = None
    return tuple(found)


class _Told(NamedTuple):
    """A word's stems that are cues, or the left or right half of one."""

    alone: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


class Cues:
    """All cues, and the topics that a text's cues add up to."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._weights: dict[str, list[tuple[str, float]]] = {}
        for cue in cues:
            stems = " ".join(map(stem, _WORD.findall(cue.words)))
            self._weights.setdefault(stems, []).append((cue.topic, cue.weight))
        pairs = [cue.split() for cue in self._weights if " " in cue]
        self._lefts, self._rights = ({pair[side] for pair in pairs} for side in (0, 1))
        self._told = Remembered(self._tells, 50_000)
        self.scores = lru_cache(maxsize=64)(self._scores)  # a headline is asked for with each point below it

    def best(
        self, subject: str, context: str = "", headline: str = "", story: Mapping[str, float] | None = None
    ) -> tuple[str, ...]:
        """Return up to three topics of folded texts, the best first; `story` are the whole story's scores."""
        totals: dict[str, float] = {}
        for share, scores in (
            (_SUBJECT, self.scores(subject)),
            (_CONTEXT, self.scores(context)),
            (_HEADLINE, _even(self.scores(headline))),
            (_STORY, _even(story or {})),
        ):
            for topic, score in scores.items():
                totals[topic] = totals.get(topic, 0.0) + share * score
        ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return ()
        floor = max(_ENOUGH, _SHARE * ranked[0][1])
        return (ranked[0][0], *(topic for topic, score in ranked[1:_MOST] if score >= floor))

    def _scores(self, text: str) -> Mapping[str, float]:
        """Add up the cues of a folded text; each counts once."""
        totals: dict[str, float] = {}
        for cue in dict.fromkeys(self._found(text)):
            for topic, weight in self._weights[cue]:
                totals[topic] = totals.get(topic, 0.0) + weight
        return totals

    def _found(self, text: str) -> list[str]:
        words = list(map(self._told.__getitem__, _WORD.findall(text)))
        found = [one for word in words if word for one in word.alone]
        for left, right in pairwise(words):
            if left and right:
                found += [
                    pair for a in left.left for b in right.right if (pair := f"{a} {b}") in self._weights
                ]
        return found

    def _tells(self, word: str) -> _Told | None:
        """Return what a word says of topics, alone or beside another; most say nothing."""
        stems = readings(word)
        alone, left, right = (
            tuple(stem for stem in stems if stem in known)
            for known in (self._weights, self._lefts, self._rights)
        )
        return _Told(alone, left, right) if alone or left or right else None


def _even(scores: Mapping[str, float]) -> Mapping[str, float]:
    """Scale scores to at most one, so that a long text does not outweigh a short one."""
    most = max(scores.values(), default=1.0)
    return {topic: score / most for topic, score in scores.items()}
