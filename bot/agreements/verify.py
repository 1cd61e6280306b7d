"""Whether a bullet says nothing that its evidence does not.

Every number, name and content word of a bullet must stand in the evidence or in the names of its parties, in
some form: words are compared by a light stem, numbers as they are. The same check can guard generated text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.text import key

_WORD = re.compile(r"[^\W_]+")
_LEFT = 3  #: letters that must be left of a stem


@dataclass(frozen=True, slots=True)
class Verifier:
    """Knows the letters that join words; folded."""

    prefixes: tuple[str, ...]  #: longest first
    suffixes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    glue: frozenset[str]  #: words that carry no content: "and", "between them"

    def unsupported(self, bullet: str, evidence: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return the words of a bullet that stand neither in its evidence nor in its parties' names."""
        ground = _words(evidence).union(*(_words(name) for name in names))
        stems = {self.stem(word) for word in ground}
        return tuple(
            word
            for word in sorted(_words(bullet))
            if word not in ground
            and word not in self.glue
            and (word.isdigit() or self.stem(word) not in stems)
        )

    def holds(self, bullet: str, evidence: str, names: Iterable[str]) -> bool:
        """Whether all of a bullet is supported."""
        return not self.unsupported(bullet, evidence, names)

    def _stems(self, word: str) -> frozenset[str]:
        """The stems a word may have: its first letter may be a conjunction or its own."""
        if word[:1] in self.conjunctions and len(word) > _LEFT:
            return frozenset((self.stem(word), self.stem(word[1:])))
        return frozenset((self.stem(word),))

    def stem(self, word: str) -> str:
        """Take joined letters and common endings off a folded word."""
        return _stem(word, self.prefixes, self.suffixes)


@lru_cache(maxsize=20_000)
def _stem(word: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> str:
    if any(char.isdigit() for char in word):
        return word
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEFT:
            word = word[len(prefix) :]
            break
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEFT:
            return word[: -len(suffix)]
    return word


def _words(text: str) -> set[str]:
    return set(_WORD.findall(key(text)))
