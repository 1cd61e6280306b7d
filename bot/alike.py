"""A short sketch of a text, by which stories of different wires that tell the same thing know one another.

A bottom-k sketch (Broder 1997, as MinHash with one hash): the smallest hashes of all runs of three words.
Two texts share about as many of them as they share of their words' runs.
"""

from __future__ import annotations

import heapq
import re
import zlib
from datetime import timedelta

from bot.arabic.text import plain

#: Hashes of a sketch: enough to tell a quarter in common from a tenth.
SIZE = 16
#: How far apart two reports of one event may come.
WINDOW = timedelta(days=2)
_RUN = 3
#: The share of a sketch that two reports of one event have in common, and never fewer than so many.
_SHARE = 4
_FEWEST = 3
#: The beginning of a story tells it from all others; the rest would only cost time.
_CHARS = 20_000


def sketch(text: str) -> tuple[int, ...]:
    """Return the text's hashes, below 2**32; none for a text too short to know again."""
    words = re.findall(r"\w+", plain(text[:_CHARS]))
    runs = zip(*(words[at:] for at in range(_RUN)), strict=False)
    hashes = {zlib.crc32(" ".join(run).encode("utf-8", "replace")) for run in runs}
    return tuple(heapq.nsmallest(SIZE, hashes))


def enough(size: int) -> int:
    """How many hashes of a sketch of this size another must share to tell the same."""
    return max(_FEWEST, -(-size // _SHARE))
