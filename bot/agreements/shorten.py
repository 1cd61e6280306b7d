"""Cut a phrase where Arabic can be cut: before what is joined, adjoined or relative, never in the middle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon
from bot.agreements.tokens import tokens
from bot.arabic.text import fold

_FEWEST = 3  #: words that a shortened phrase keeps at least
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"))
_MARKS = " \t\n،,؛;:.…-–—*•"
_SPACE = re.compile(r"\s+")
_STOPS = frozenset({"adjunct", "relative", "purpose", "v_announce", "order"})


@dataclass(frozen=True, slots=True)
class Shortener:
    """Cuts phrases to a number of words."""

    lexicon: Lexicon
    prepositions: frozenset[str]  #: folded words that open a part which can be left out

    def cut(self, phrase: str, most: int) -> str:
        """Return a phrase of at most `most` words; one that cannot be cut cleanly comes back as it is."""
        folded = fold(phrase)
        words = tokens(folded.text, (0, len(folded.text)), self.lexicon)
        if len(words) <= most:
            return phrase
        for clean in (self._clean, self._loose):
            for at in range(most, _FEWEST - 1, -1):
                if clean(words[at].gap, words[at].word.form, at, phrase):
                    return tidy(phrase[: folded.span(0, words[at - 1].end).end])
        return phrase

    def _clean(self, gap: str, form: str, at: int, phrase: str) -> bool:
        """Whether the words before hold together: a comma, a joined noun of action or an adjunct follows."""
        del at, phrase
        word = self.lexicon.word(form)
        joined = word.joined and (word.masdar or word.future or "content" in word.classes)
        return bool(gap) or joined or not _STOPS.isdisjoint(word.classes)

    def _loose(self, gap: str, form: str, at: int, phrase: str) -> bool:
        """Whether at least a preposition or a joined word follows, and the last word can end a phrase."""
        del gap
        before = self.lexicon.word(fold(phrase).text.split()[at - 1].strip('،,"«»“”'))
        if (
            before.masdar
            or not {"link", "relative"}.isdisjoint(before.classes)
            or before.form in self.prepositions
        ):
            return False
        return form in self.prepositions or self.lexicon.word(form).joined


def tidy(text: str) -> str:
    """Take stray marks off the ends of a phrase and signs that lost their partner out of it."""
    text = _SPACE.sub(" ", text).strip(_MARKS)
    for left, right in _PAIRS:
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    for mark in "\"'”":
        if text.count(mark) % 2 or text.count(mark) == len(text):
            text = text.replace(mark, "")
    return _SPACE.sub(" ", text).strip(_MARKS)
