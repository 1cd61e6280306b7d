"""The words of a sentence with what the lexicon says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon, Word
from bot.arabic.sentences import Range

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands."""

    start: int  #: folded offsets
    end: int
    word: Word
    gap: str  #: the signs between the word before and this one, spaces off


def tokens(text: str, span: Range, lexicon: Lexicon) -> tuple[Token, ...]:
    """Cut a range of a folded text into words."""
    found: list[Token] = []
    at = span[0]
    for match in _WORD.finditer(text, *span):
        start, end = match.span()
        found.append(Token(start, end, lexicon.word(match.group()), text[at:start].strip()))
        at = end
    return tuple(found)
