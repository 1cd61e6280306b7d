"""The words of a folded text and where they stand."""

from __future__ import annotations

import re
from itertools import accumulate

#: Looked for without underscores: a set of signs to leave out takes half as long again.
_WORD = re.compile(r"(\w+)")
#: The same with a sign that a few names end in.
_PLUS = re.compile(r"(\w+(?:[+]\w*)?)")


def words(text: str, *, plus: bool = False) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a text, the offsets where they start, and those where they end; one start more.

    A word is letters and digits; with `plus`, also such a sign after it and what follows.
    """
    word = _PLUS if plus else _WORD
    pieces = word.split(text.replace("_", " "))  # signs and words in turn, signs at both ends
    offsets = list(accumulate(map(len, pieces)))
    return pieces[1::2], offsets[::2], offsets[1::2]
