"""Words for "the two countries" where both are named beside them: a pronoun, or their names.

"between the two countries" ─▶ "between them"; "the two countries' position" ─▶ "their position".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.arabic.letters import (
    AL,
    ALEF,
    ALEF_MAKSURA,
    BEH,
    COMMA,
    HAMZA,
    LAM,
    LIL,
    NOON,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)
from bot.arabic.text import key

_SIGNS = f'{COMMA},."«»“”'
_ONTO = {TEH_MARBUTA: TEH, ALEF_MAKSURA: ALEF}  #: a word's last letter: the same before a pronoun


@dataclass(frozen=True, slots=True)
class Sides:
    """Knows the words that stand for two sides (config/lexicon/ar/engine.toml); keys folded."""

    words: frozenset[str]  #: "of the two countries"
    subjects: frozenset[str]  #: "the two countries" as a subject
    each: frozenset[str]
    them: Mapping[str, str]  #: a preposition: the same with "them both"
    prepositions: frozenset[str]
    pronoun: str  #: "their", of two
    pointing: frozenset[str]  #: "these": what follows stays a noun
    origin: str  #: "from"
    any: frozenset[str]  #: "each, any", before "of"

    def named(self, phrase: str, names: str) -> str:
        """Put a pronoun, or the `names` of the two, for the words that stand for them."""
        words = phrase.split(" ")
        done: list[str] = []
        for at, word in enumerate(words):
            bare = key(word.strip(_SIGNS))
            if at and key(words[at - 1]) in self.pointing:
                done.append(word)
                continue
            tail = word[-1] if word[-1:] in (COMMA, ",") else ""
            if (onto := self._onto(bare)) and not _described(words[at + 1 : at + 3]):
                done.append(onto + tail)
            elif not self._stands(bare, words[at + 1 : at + 3]):
                done.append(word)
            elif len(done) != 1 or not _acted_on(words[at + 1 : at + 2]):
                self._put(done, bare, names, tail)
        return " ".join(done)

    def _stands(self, bare: str, after: list[str]) -> bool:
        """Whether a word stands for the two by itself; as a subject it may be a plural."""
        if bare in self.subjects:
            return not (after and after[0].startswith(AL))
        return bare in self.words and not _described(after)

    def _onto(self, bare: str) -> str:
        """The pronoun for sides with a preposition written onto them; empty if `bare` is nothing such."""
        if bare[:1] == BEH and bare[1:] in self.words:
            return self.them.get(BEH, "")
        return self.them.get(LAM, "") if bare.startswith(LIL) and AL + bare[2:] in self.words else ""

    def _put(self, done: list[str], bare: str, names: str, tail: str) -> None:
        """Put the two sides after the words that are `done`."""
        if done and key(done[-1]) in self.each:
            done.pop()
        before = done[-1] if done else ""
        folded = key(before)
        if folded in self.them and (folded != self.origin or self._of_each(done[:-1])):
            done[-1] = self.them[folded] + tail
        elif bare in self.words and len(done) > 1 and self._takes(before, folded):
            done[-1] = before[:-1] + _ONTO.get(before[-1], before[-1]) + self.pronoun + tail
        else:
            done.append(names + tail)

    def _of_each(self, before: list[str]) -> bool:
        """Whether "each" or "any" stands before "of": else a pronoun would not say who comes from them."""
        return bool(before) and key(before[-1]) in self.any

    def _takes(self, before: str, folded: str) -> bool:
        """Whether a pronoun can be written onto a word: a noun or a verb without the article."""
        governs = folded not in self.prepositions and not folded.startswith(AL)
        return bool(before) and before.isalpha() and not before.isascii() and governs and before[-1] != HAMZA


def _acted_on(after: list[str]) -> bool:
    """Whether an object follows: at the head of a phrase the two are who acts, and the header says so."""
    return bool(after) and not after[0].endswith((YEH, YEH + TEH_MARBUTA))


def _described(after: list[str]) -> bool:
    """Whether the next words say which sides are meant: "the Turkish and the Qatari", "that border on it"."""
    if not after or not after[0].startswith(AL):
        return False
    return after[0].endswith(YEH + NOON) or (len(after) > 1 and after[1].startswith(WAW + AL))
