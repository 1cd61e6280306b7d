"""The words of a sentence with what the lexicon says of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.agreements.lexicon import Lexicon, Word
from bot.arabic.sentences import Range

_WORD = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word and where it stands. A tuple, for a story has hundreds."""

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
        gap = text[at:start]
        found.append(Token(start, end, lexicon.word(match.group()), gap.strip() if gap != " " else ""))
        at = end
    return tuple(found)
