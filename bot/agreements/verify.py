"""Whether a bullet says nothing that its evidence does not.

Every number, name and content word of a bullet must stand in the evidence or in the names of its parties, in
some form: words are compared by a light stem, numbers as they are. The same check can guard generated text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.letters import SEEN
from bot.arabic.text import key

_WORD = re.compile(r"[^\W_]+")
_FEW = 64  #: texts remembered: a sentence is the evidence of many tries in a row
_LEFT = 3  #: letters that must be left of a stem


@dataclass(frozen=True, slots=True)
class Verifier:
    """Knows the letters that join words; folded."""

    prefixes: tuple[str, ...]  #: longest first
    suffixes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    glue: frozenset[str]  #: words that carry no content: "and", "between them"
    forms: Mapping[str, frozenset[str]]  #: a word that a bullet may put: the forms of the verb it stands for

    def unsupported(self, bullet: str, evidence: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return the words of a bullet that stand neither in its evidence nor in its parties' names."""
        parties = frozenset().union(*(_words(name) for name in names))
        parties |= {letter + word for letter in self.conjunctions for word in parties}
        said = _words(evidence)
        ground = said | parties
        stems = self._all_stems(said) | self._all_stems(parties)
        return tuple(
            word
            for word in sorted(_words(bullet))
            if word not in ground
            and word not in self.glue
            and (word.isdigit() or self._stems(word).isdisjoint(stems))
            and not self._stands_for(word, ground)
        )

    def holds(self, bullet: str, evidence: str, names: Iterable[str]) -> bool:
        """Whether all of a bullet is supported."""
        return not self.unsupported(bullet, evidence, names)

    def _stands_for(self, word: str, ground: frozenset[str]) -> bool:
        """Whether a word is a form, or the noun of action, of a verb of the evidence."""
        forms = self.forms.get(word)
        return forms is not None and any(
            not forms.isdisjoint(_openings(one, (*self.conjunctions, SEEN))) for one in ground
        )

    def _stems(self, word: str) -> frozenset[str]:
        """The stems a word may have: its first letter may be a conjunction or its own, its ending as well."""
        return _stems(word, self.prefixes, self.suffixes, self.conjunctions)

    def _all_stems(self, words: frozenset[str]) -> frozenset[str]:
        return _all_stems(words, self.prefixes, self.suffixes, self.conjunctions)

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


@lru_cache(maxsize=20_000)
def _stems(
    word: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...], conjunctions: tuple[str, ...]
) -> frozenset[str]:
    stems = {_stem(word, prefixes, suffixes)}
    if word[:1] in conjunctions and len(word) > _LEFT:
        stems.add(_stem(word[1:], prefixes, suffixes))
    return frozenset(stems | {_stem(stem, prefixes, suffixes) for stem in stems})


@lru_cache(maxsize=_FEW)
def _all_stems(words: frozenset[str], *letters: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*[_stems(word, *letters) for word in words])


def _openings(word: str, letters: tuple[str, ...]) -> tuple[str, ...]:
    """A word, and the same without one or two joined letters."""
    found = [word]
    for _ in range(2):
        found += [one[1:] for one in found if one[:1] in letters]
    return tuple(found)


@lru_cache(maxsize=_FEW)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(key(text)))
