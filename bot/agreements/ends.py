"""The ends of a phrase: nothing may dangle that leads to words which were cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon
from bot.agreements.tokens import Token
from bot.arabic.letters import (
    AL,
    BEH,
    COMMA,
    DECIMAL,
    KAF,
    LAM,
    LETTERS,
    LIL,
    SEMICOLON,
    TATWEEL,
    THOUSANDS,
    WAW,
)
from bot.arabic.text import key

_MARKS = f" \t\n{COMMA},{SEMICOLON};:.…-–—*•"
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))
_APART = re.compile(rf"(?<= ){WAW} +(?=[^\W\d_])")  #: "and" set apart from its word
_LAST = re.compile(r"[^\W_]+[^\w]*$")
_POINT = f".,{DECIMAL}{THOUSANDS}{COMMA}/"
_PAIR = 9  #: words from "between" to the "and" that it waits for
_MORE = 8  #: words that complete an end at most
_STOPS = frozenset({"adjunct", "relative", "purpose", "v_announce", "order"})
_ASIDE = frozenset({"adjunct", "v_sign", "v_agree"})  #: what leads on to another matter
_DRAWN = re.compile(rf"(?<=[{BEH}{LAM}{KAF}]){TATWEEL}+ ?(?=[^\W\d_a-zA-Z{TATWEEL}])")
_OF_THE = re.compile(rf"\b({WAW}?){LAM}{TATWEEL}+ ?{AL}")  #: "for the", before a name in quotation marks
_LATIN = re.compile(rf"(?<=[{LETTERS}]{{3}})(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Ends:
    """Knows the words that end no phrase (config/lexicon/ar/style.toml); folded."""

    lexicon: Lexicon
    words: frozenset[str]
    measures: frozenset[str]  #: "worth": a number after it waits for its unit
    pronouns: tuple[str, ...]  #: joined endings that close a noun of action
    between: str
    spans: frozenset[str]  #: "the year": after "of" it waits for its adjective
    before_spans: frozenset[str]  #: "of", "during"
    first: frozenset[str]  #: "first, largest": so only "in" its place
    place: str  #: "in"
    days: frozenset[str]
    but: frozenset[str]

    def completed(self, words: Sequence[Token], first: int, last: int) -> int:
        """Where a phrase ends that goes on over the words right behind it which it cannot do without.

        Those are its last noun's adjectives, what its last word leads to, and the place of a superlative.
        """
        end = self._described(words, last)
        phrase = [token.word.form for token in words[first:end]]
        if end < len(words) and not words[end].gap and len(phrase) > 1:
            superlative = not self.first.isdisjoint(phrase) and words[end].word.form == self.place
            leads = self._leads(phrase[-2], phrase[-1], phrase[-1])
            aside = _aside(words[end - 1]) or _aside(words[end]) or _adds(words[end - 2])
            if superlative or (leads and not aside) or _owned(words[end - 1], words[end]):
                end = self._led(words, end)
        return end

    def _described(self, words: Sequence[Token], last: int) -> int:
        """Where the adjectives end that follow a noun with the article: they have it as well."""
        while (
            last < len(words)
            and not words[last].gap
            and (words[last - 1].word.article or _definite(words[last - 1]))
        ):
            word = words[last].word
            if not _definite(words[last]) or word.form in self.days or word.classes & _STOPS:
                break
            last += 1
        return last

    def _led(self, words: Sequence[Token], start: int) -> int:
        """Where the words end that another leads to; `start` if they are too many to tell."""
        for at in range(start + 1, min(len(words), start + _MORE) + 1):
            if at == len(words) or words[at].gap:
                return at
            word = words[at].word
            stops = word.joined or word.classes & _STOPS or word.prep
            if (
                stops
                and not words[at - 1].word.masdar
                and not self._leads(words[at - 2].word.form, words[at - 1].word.form, "")
            ):
                return at
        return start

    def related(self, phrase: str) -> str:
        """Leave out the "and" before the first "which" of a phrase: there is none that it could join."""
        words = phrase.split(" ")
        kinds = [self.lexicon.word(key(word.strip(_MARKS))) for word in words]
        at = next((n for n, kind in enumerate(kinds) if "relative" in kind.classes), 0)
        form = kinds[at].form
        owned = at > 0 and words[at - 1].startswith(self.place)
        if form[:1] == WAW and not owned and "which" in self.lexicon.word(form[1:]).classes:
            words[at] = words[at][1:]
        return " ".join(words)

    def agreed(self, phrase: str) -> str:
        """What comes before ", but": what follows is no part of what was agreed."""
        words = phrase.split(" ")
        but = (n for n in range(2, len(words)) if words[n - 1].endswith((COMMA, ",")))
        at = next((n for n in but if key(words[n]) in self.but), len(words))
        return tidy(" ".join(words[:at])) if at < len(words) else phrase

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
        if last in self.spans and before in self.before_spans:
            return True
        word = self.lexicon.word(last)
        return (
            word.masdar
            and word.prep == LAM
            and not word.article
            and not phrase.rstrip(_MARKS).endswith(self.pronouns)
        )

    def torn(self, words: tuple[Token, ...], at: int, phrase: str) -> bool:
        """Whether a cut before the word `at` tears a number, a name, "first in X" or a pair apart."""
        before, word = words[at - 1], words[at]
        if before.word.form[-1:].isdigit() and word.word.form[:1].isdigit() and word.gap in _POINT:
            return True
        head = phrase[: before.end]
        if any(head.count(left) > head.count(right) for left, right in _PAIRS) or head.count('"') % 2:
            return True
        pair = [token.word for token in words[max(0, at - _PAIR) : at]]
        if word.word.form == self.place and any(one.form in self.first for one in pair):
            return True
        begins = next((n for n in reversed(range(len(pair))) if pair[n].form == self.between), len(pair))
        return word.word.joined and begins < len(pair) and not any(one.joined for one in pair[begins + 1 :])


def _owned(before: Token, token: Token) -> bool:
    """Whether a noun of action waits for what the next one is followed by: "by drafting and proposing X"."""
    pair = before.word, token.word
    whose = all(word.masdar and not word.article for word in pair) and token.word.joined
    return whose and before.word.prep in (BEH, LAM)


def _definite(token: Token) -> bool:
    """Whether a word begins with the article."""
    return token.word.form.startswith(AL)


def _aside(token: Token) -> bool:
    """Whether a word leads on to another matter: "in addition", "while it was signed"."""
    return not _ASIDE.isdisjoint(token.word.classes) or _adds(token)


def _adds(token: Token) -> bool:
    """Whether a word adds something else: "besides"."""
    return "order" in token.word.classes and "link" not in token.word.classes


def tidy(text: str) -> str:
    """Take stray marks off the ends of a phrase and signs that lost their partner out of it."""
    text = _APART.sub(WAW, text.replace("#", " ").replace("_", " "))
    text = spaced(" ".join(text.split()).strip(_MARKS))
    for left, right in _PAIRS:
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    for mark in "\"'”":
        if text.count(mark) % 2 or text.count(mark) == len(text):
            text = text.replace(mark, "")
    return _undrawn(" ".join(text.split()).strip(_MARKS))


def spaced(text: str) -> str:
    """Set a space between an Arabic word and a Latin name that follows it."""
    return _LATIN.sub(" ", text)


def _undrawn(text: str) -> str:
    """Take out what drew a joined letter out to a name in quotation marks that are gone."""
    return _DRAWN.sub("", _OF_THE.sub(rf"\g<1>{LIL}", text))
