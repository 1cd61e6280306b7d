"""Words that point to a topic, and how a text's cues are added up.

A cue is one word or two neighbouring ones, compared by light stems, so that one form in the lexicon stands
for its cases, its plural endings and the particles written onto it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+")
#: In folded letters: conjunctions, prepositions and the article in front; endings behind.
_FRONT = re.compile(
    "^(?:[\u0648\u0641]?[\u0628\u0643]?\u0627\u0644|[\u0648\u0641]?\u0644\u0644|[\u0648\u0641\u0628\u0644\u0643])"
)
_BACK = re.compile(
    "(?:\u064a\u0627\u062a|\u064a\u0646|\u0648\u0646|\u0627\u062a|\u0627\u0646|\u064a\u0647|\u0647\u0627|\u0647\u0645|\u0647|\u064a|\u0627|\u062a)$"
)
_ROOT = 3  #: letters a stem keeps at least

_CONTEXT = 0.35  #: what a cue outside the subject counts for
_ENOUGH = 1.0  #: score of a topic that stands beside the best one
_SHARE = 0.5  #: and its share of the best one's score
_MOST = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or two, folded or not, the topic they point to and how surely (1: by themselves)."""

    words: str
    topic: str
    weight: float


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Strip a folded word of what is written onto it; at least three letters stay."""
    match = _FRONT.match(word)
    if match and len(word) - match.end() >= _ROOT:
        word = word[match.end() :]
    match = _BACK.search(word)
    if match and match.start() >= _ROOT:
        word = word[: match.start()]
    return word


def stems(folded: str) -> list[str]:
    """Return the stems of a folded text's words."""
    return [stem(word) for word in _WORD.findall(folded)]


class Cues:
    """All cues, and the topics that a text's cues add up to."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._weights: dict[str, list[tuple[str, float]]] = {}
        for cue in cues:
            self._weights.setdefault(" ".join(stems(cue.words)), []).append((cue.topic, cue.weight))

    def best(self, subject: str, context: str = "") -> tuple[str, ...]:
        """Return up to three topics of folded texts, the best first."""
        scores = self.scores(subject, context)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return ()
        floor = max(_ENOUGH, _SHARE * ranked[0][1])
        return (ranked[0][0], *(topic for topic, score in ranked[1:_MOST] if score >= floor))

    def scores(self, subject: str, context: str = "") -> dict[str, float]:
        """Add up the cues of a folded text; each counts once, in the context for less."""
        seen = dict.fromkeys(self._found(context), _CONTEXT)
        seen.update(dict.fromkeys(self._found(subject), 1.0))
        totals: dict[str, float] = {}
        for cue, share in seen.items():
            for topic, weight in self._weights[cue]:
                totals[topic] = totals.get(topic, 0.0) + share * weight
        return totals

    def _found(self, text: str) -> list[str]:
        words = stems(text)
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        return [cue for cue in (*words, *pairs) if cue in self._weights]
