"""A short sketch of a text, by which stories of different wires that tell the same thing know one another.

A bottom-k sketch (Broder 1997, as MinHash with one hash): the smallest hashes of all runs of three words.
Two texts share about as many of them as they share of their words' runs.
"""

from __future__ import annotations

import re
import zlib
from datetime import timedelta
from math import ceil

from bot.arabic.letters import COMMA, QUESTION, SEMICOLON
from bot.arabic.text import plain

#: Hashes of a sketch: enough to tell a third in common from a tenth.
SIZE = 16
#: How far apart two reports of one event may come.
WINDOW = timedelta(days=2)
_RUN = 3
#: The share of a sketch that two reports of one event have in common, and never fewer than so many. Of the
#: pairs that a quarter joined in 3,200 stories of twenty agencies, those below this were mostly two stories.
_SHARE = 3 / 8
_FEWEST = 3
#: As much as tells the event. Of the rest, agencies keep more or less: background that many stories share.
_CHARS = 1000
#: What stands between words beside spaces. Named one by one: asking of each character whether it is a letter
#: takes three times as long, and each story is sketched.
_SIGNS = re.compile(
    f"[!-/:-@\\[-^`{{-~\u00ab\u00bb{COMMA}{SEMICOLON}{QUESTION}\u2013\u2014\u2018\u2019\u201c\u201d\u2026]+"
)


def sketch(text: str) -> tuple[int, ...]:
    """Return the text's hashes, below 2**32; none for a text too short to know again."""
    words = _SIGNS.sub(" ", plain(text[:_CHARS])).encode("utf-8", "replace").split()
    runs = map(b" ".join, zip(*(words[at:] for at in range(_RUN)), strict=False))
    return tuple(sorted(set(map(zlib.crc32, runs)))[:SIZE])


def enough(size: int) -> int:
    """How many hashes of a sketch of this size another must share to tell the same."""
    return max(_FEWEST, ceil(size * _SHARE))
