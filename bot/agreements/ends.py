"""The ends of a phrase: nothing may dangle that leads to words which were cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon
from bot.agreements.tokens import Token
from bot.arabic.letters import COMMA, DECIMAL, LAM, SEMICOLON, THOUSANDS, WAW
from bot.arabic.text import key

_MARKS = f" \t\n{COMMA},{SEMICOLON};:.…-–—*•"
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))
_APART = re.compile(rf"(?<= ){WAW} +(?=[^\W\d_])")  #: "and" set apart from its word
_LAST = re.compile(r"[^\W_]+[^\w]*$")
_POINT = f".,{DECIMAL}{THOUSANDS}{COMMA}/"
_PAIR = 9  #: words from "between" to the "and" that it waits for


@dataclass(frozen=True, slots=True)
class Ends:
    """Knows the words that end no phrase (config/lexicon/ar/style.toml); folded."""

    lexicon: Lexicon
    words: frozenset[str]
    measures: frozenset[str]  #: "worth": a number after it waits for its unit
    pronouns: tuple[str, ...]  #: joined endings that close a noun of action
    between: str

    def peel(self, phrase: str) -> str:
        """Take words off the end as long as the last one leads on."""
        while True:
            words = [key(word.strip(_MARKS + "()«»“”\"'")) for word in phrase.rsplit(None, 2)[-2:]]
            if len(words) < 2 or not self._leads(words[0], words[1], phrase):  # noqa: PLR2004 - a head is left
                return phrase
            phrase = tidy(_LAST.sub("", phrase))

    def _leads(self, before: str, last: str, phrase: str) -> bool:
        """Whether the last of two words, folded, leads to what is missing."""
        if last in self.words or last.removeprefix(WAW) in self.words:
            return True
        if last.isdigit() and before in self.measures:
            return True
        word = self.lexicon.word(last)
        return (
            word.masdar
            and word.prep == LAM
            and not word.article
            and not phrase.rstrip(_MARKS).endswith(self.pronouns)
        )

    def torn(self, words: tuple[Token, ...], at: int, phrase: str) -> bool:
        """Whether a cut before the word `at` tears a number, a quoted name or "between X and Y" apart."""
        before, word = words[at - 1], words[at]
        if before.word.form[-1:].isdigit() and word.word.form[:1].isdigit() and word.gap in _POINT:
            return True
        head = phrase[: before.end]
        if any(head.count(left) > head.count(right) for left, right in _PAIRS) or head.count('"') % 2:
            return True
        pair = [token.word for token in words[max(0, at - _PAIR) : at]]
        begins = next((n for n in reversed(range(len(pair))) if pair[n].form == self.between), len(pair))
        return word.word.joined and begins < len(pair) and not any(one.joined for one in pair[begins + 1 :])


def tidy(text: str) -> str:
    """Take stray marks off the ends of a phrase and signs that lost their partner out of it."""
    text = _APART.sub(WAW, text.replace("#", " ").replace("_", " "))
    text = " ".join(text.split()).strip(_MARKS)
    for left, right in _PAIRS:
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    for mark in "\"'”":
        if text.count(mark) % 2 or text.count(mark) == len(text):
            text = text.replace(mark, "")
    return " ".join(text.split()).strip(_MARKS)
