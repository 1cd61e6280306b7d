"""The words of a sentence with what the lexicon says of each."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from bot.agreements.lexicon import Lexicon, Word
from bot.arabic.letters import WAW
from bot.arabic.sentences import Range

#: A word; some desks set the conjunction waw apart from the word that it joins: that takes longer to find.
_WORD = re.compile(r"([^\W_]+)")
_JOINED = re.compile(rf"((?:\b{WAW}[^\S\n]+)?[^\W_]+)")
_APART = re.compile(rf"{WAW}[^\S\n]")


class Token(NamedTuple):
    """A word and where it stands. A tuple, for a story has hundreds."""

    start: int  #: folded offsets
    end: int
    word: Word
    gap: str  #: the signs between the word before and this one, spaces off


_token = partial(tuple.__new__, Token)  #: a third of the time that calling Token takes


def tokens(text: str, span: Range, lexicon: Lexicon) -> tuple[Token, ...]:
    """Cut a range of a folded text into words."""
    piece = text[span[0] : span[1]]
    word = _JOINED if _APART.search(piece) else _WORD
    pieces = word.split(piece)  # signs and words in turn, signs at both ends
    offsets = list(accumulate(map(len, pieces), initial=span[0]))
    gaps = ["" if gap == " " else gap.strip() for gap in pieces[::2]]
    return tuple(map(_token, zip(offsets[1::2], offsets[2::2], lexicon.words(pieces[1::2]), gaps)))  # noqa: B905 - one gap and offset more than words
