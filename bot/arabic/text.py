"""Folding: one spelling for the many ways Arabic is written, with an exact map back to the original.

The same folding serves search, topic names, the lexicon and the engine, so they cannot disagree.
What folds: diacritics, tatweel and invisible marks go; hamza-carrying and madda alefs become a bare alef,
alef maksura becomes yeh, teh marbuta becomes heh, waw and yeh lose their hamza; Farsi and Urdu letters and
presentation forms become the common letters; Arabic-Indic digits become ASCII; Latin is lower-cased.
(The rules of Lucene's ArabicNormalizer, and further ones that wire copy needs.)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.letters import COMMA, FORMS, MARKS, PLAIN_LETTERS, QUESTION, SEMICOLON, TATWEEL
from bot.model import Span

#: Letters written in more than one way, by code point: the key becomes the value.
_SAME = {
    0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x0671: 0x0627,  # alef with madda, hamza, wasla
    0x0649: 0x064A, 0x0626: 0x064A, 0x06CC: 0x064A, 0x06D2: 0x064A,  # maksura, yeh hamza, Farsi and Urdu yeh
    0x0624: 0x0648, 0x0629: 0x0647, 0x06A9: 0x0643, 0x06AA: 0x0643,  # waw hamza, teh marbuta, Farsi kaf
    0x06C1: 0x0647, 0x06BE: 0x0647, 0x06D5: 0x0647,  # Urdu and Uyghur heh
    0x00A0: 0x0020, 0x202F: 0x0020, 0x2009: 0x0020,  # spaces that are not one
}  # fmt: skip
_DIGITS = {base + n: 0x30 + n for base in (0x0660, 0x06F0) for n in range(10)}
_LATIN = {n: n + 32 for n in range(0x41, 0x5B)}
_TABLE = {**_SAME, **_DIGITS, **_LATIN}
#: The few that every story holds, and a look for the rest: replacing is many times faster than a table.
_COMMON = tuple(
    (chr(n), chr(_SAME[n])) for n in (0x0622, 0x0623, 0x0625, 0x0649, 0x0626, 0x0624, 0x0629, 0x00A0)
)
_RARE = re.compile("[{0}][{0}]*".format("".join(chr(n) for n in _TABLE if chr(n) not in dict(_COMMON))))

#: Signs that carry no letter: diacritics, Koranic marks, tatweel, zero-width and direction marks, BOM.
_NO_LETTER = f"{MARKS}{TATWEEL}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_GONE = re.compile(f"[{_NO_LETTER}]")
#: Presentation forms and compatibility signs: one code point may stand for several letters.
_FORMS = re.compile(f"[{FORMS}]")
#: What is neither plain Arabic copy nor plain signs: only then is a closer look worth its time.
_UNUSUAL = re.compile(
    f"[^\n -@[-~\u00a0«»{COMMA}{SEMICOLON}{QUESTION}{PLAIN_LETTERS}"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2026]"
)
#: A run of marks, or one compatibility sign: what makes offsets shift.
_SIGN = re.compile(f"[{_NO_LETTER}{FORMS}](?:(?<=[{_NO_LETTER}])[{_NO_LETTER}]+)?")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from."""

    original: str
    text: str
    offsets: tuple[int, ...] | None  #: original offset of each folded character; None: the same

    def span(self, start: int, end: int) -> Span:
        """Return the original span of the folded characters start..end, marks inside it included."""
        if self.offsets is None:
            return Span(start, end)
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold a text, keeping the way back; linear in its length."""
    if not _UNUSUAL.search(text):
        return Folded(text, _replace(text), None)
    if not _GONE.search(text) and not _FORMS.search(text):
        return Folded(text, _spell(text), None)
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for sign in _SIGN.finditer(text):  # plain runs between signs are taken whole: marked copy is common
        start, end = sign.span()
        pieces.append(text[at:start])
        offsets.extend(range(at, start))
        letters = _letters(sign.group())
        pieces.append(letters)
        offsets.extend([start] * len(letters))
        at = end
    pieces.append(text[at:])
    offsets.extend(range(at, len(text)))
    return Folded(text, _spell("".join(pieces)), tuple(offsets))


def _spell(text: str) -> str:
    """Write each letter in its one way; the length stays."""
    return _RARE.sub(lambda letters: letters[0].translate(_TABLE), _replace(text))


def _replace(text: str) -> str:
    """Write the common letters in their one way."""
    for letter, other in _COMMON:
        text = text.replace(letter, other)
    return text


def plain(text: str) -> str:
    """Fold a text without the way back: for a look that needs no offsets."""
    if not _UNUSUAL.search(text):
        return _replace(text)
    text = _GONE.sub("", text)
    return _spell(_FORMS.sub(lambda sign: _letters(sign[0]), text) if _FORMS.search(text) else text)


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """Spell out one sign: nothing for marks, several letters for a ligature."""
    return _GONE.sub("", unicodedata.normalize("NFKC", char)) if _FORMS.match(char) else ""


def key(text: str) -> str:
    """Fold a word or a name for look-up: folded letters, single spaces, nothing at the ends."""
    return _short_key(text) if len(text) <= _SHORT else _key(text)


def _key(text: str) -> str:
    return " ".join(fold(text).text.split())


#: Words and names come again and again; whole texts do not.
_SHORT = 64
_short_key = lru_cache(maxsize=50_000)(_key)
