"""Cut a phrase where Arabic can be cut: before what is joined, adjoined or relative, never in the middle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agreements.ends import Ends, tidy
from bot.agreements.lexicon import Lexicon
from bot.agreements.tokens import Token, tokens
from bot.arabic.text import fold, plain

_WORD = re.compile(r"[^\W_]+")
_FEWEST = 3  #: words that a shortened phrase keeps at least
_STOPS = frozenset({"adjunct", "relative", "purpose", "v_announce", "order"})
_OPENING = frozenset("(«“")


@dataclass(frozen=True, slots=True)
class Shortener:
    """Cuts phrases to a number of words."""

    lexicon: Lexicon
    prepositions: frozenset[str]  #: folded words that open a part which can be left out
    ends: Ends

    def cut(self, phrase: str, most: int) -> str:
        """Return a phrase of at most `most` words; one that cannot be cut cleanly comes back as it is."""
        if len(_WORD.findall(plain(phrase))) <= most:
            return self.ends.peel(phrase)
        folded = fold(phrase)
        words = tokens(folded.text, (0, len(folded.text)), self.lexicon)
        if len(words) <= most:  # a conjunction set apart is no word of its own
            return self.ends.peel(phrase)
        for clean in (self._clean, self._loose):
            for at in range(most, _FEWEST - 1, -1):
                if clean(words, at) and not self.ends.torn(words, at, folded.text):
                    return self.ends.peel(tidy(phrase[: folded.span(0, words[at - 1].end).end]))
        return phrase

    def hard(self, phrase: str, most: int) -> str:
        """Cut a phrase to `most` words where no clean place was found; at least no number is torn."""
        folded = fold(phrase)
        words = tokens(folded.text, (0, len(folded.text)), self.lexicon)
        at = min(most, len(words))
        while at < len(words) and at > 1 and self.ends.torn(words, at, folded.text):
            at -= 1
        return self.ends.peel(tidy(phrase[: folded.span(0, words[at - 1].end).end])) if words else phrase

    def _clean(self, words: tuple[Token, ...], at: int) -> bool:
        """Whether the words before hold together: a comma, a joined noun of action or an adjunct follows."""
        gap, word = words[at].gap, words[at].word
        if gap and _OPENING.isdisjoint(gap):
            return True
        joined = word.joined and (word.masdar or word.future or "content" in word.classes)
        return joined or not _STOPS.isdisjoint(word.classes)

    def _loose(self, words: tuple[Token, ...], at: int) -> bool:
        """Whether at least a preposition or a joined word follows, and the last word can end a phrase."""
        before, word = words[at - 1].word, words[at].word
        if before.masdar or not {"link", "relative"}.isdisjoint(before.classes):
            return False
        if before.form in self.prepositions:
            return False
        return word.form in self.prepositions or word.form in self.ends.measures or word.joined
