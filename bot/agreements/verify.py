"""Whether a bullet says nothing that its evidence does not.

Every number, name and content word of a bullet must stand in the evidence or in the names of its parties, in
some form: words are compared by a light stem, numbers as they are. The same check can guard generated text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.arabic.letters import SEEN
from bot.arabic.text import plain
from bot.remembered import Remembered

_WORD = re.compile(r"[^\W_]+")
_FEW = 64  #: texts remembered: a sentence is the evidence of many tries in a row
_REMEMBERED = 20_000  #: words whose stems are kept
_LEFT = 3  #: letters that must be left of a stem


@dataclass(frozen=True)
class Verifier:
    """Knows the letters that join words; folded."""

    prefixes: tuple[str, ...]  #: longest first
    suffixes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    glue: frozenset[str]  #: words that carry no content: "and", "between them"
    forms: Mapping[str, frozenset[str]]  #: a word that a bullet may put: the forms of the verb it stands for

    def unsupported(self, bullet: str, evidence: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return the words of a bullet that stand neither in its evidence nor in its parties' names."""
        said = _words(evidence)
        words = _words(bullet) - said - self.glue
        if not words:  # as a rule: most bullets are cut out of their evidence
            return ()
        parties = frozenset().union(*map(_words, names))
        parties |= {letter + word for letter in self.conjunctions for word in parties}
        words -= parties
        if not words:
            return ()
        ground = said | parties
        stems = frozenset().union(*map(self._stems.__getitem__, ground))
        return tuple(
            word
            for word in sorted(words)
            if (word.isdigit() or self._stems[word].isdisjoint(stems)) and not self._stands_for(word, ground)
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

    @cached_property
    def _stems(self) -> Remembered[str, frozenset[str]]:
        """The stems a word may have: its first letter may be a conjunction or its own, its ending as well."""
        return Remembered(self._all_stems, _REMEMBERED)

    def _all_stems(self, word: str) -> frozenset[str]:
        stems = {self.stem(word)}
        if word[:1] in self.conjunctions and len(word) > _LEFT:
            stems.add(self.stem(word[1:]))
        return frozenset(stems | set(map(self.stem, stems)))

    def stem(self, word: str) -> str:
        """Take joined letters and common endings off a folded word."""
        if any(map(str.isdigit, word)):
            return word
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _LEFT:
                word = word[len(prefix) :]
                break
        for suffix in self.suffixes:
            if word.endswith(suffix) and len(word) - len(suffix) >= _LEFT:
                return word[: -len(suffix)]
        return word


def _openings(word: str, letters: tuple[str, ...]) -> tuple[str, ...]:
    """A word, and the same without one or two joined letters."""
    found = [word]
    for _ in range(2):
        found += [one[1:] for one in found if one[:1] in letters]
    return tuple(found)


@lru_cache(maxsize=_FEW)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(plain(text)))
