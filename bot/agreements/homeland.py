"""Whose "his country" is: the state of whom the sentence named last before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from bot.agreements.names import READ, Mention
from bot.agreements.particles import readings
from bot.arabic.sentences import Range

_WORD = re.compile(r"[^\W_]+")
_SPEAKERS = ("leader", "adjective")  #: forms of a state's name that tell of people


def homelands(
    text: str, sentences: tuple[Range, ...], names: tuple[Mention, ...], words: Collection[str]
) -> Iterator[Mention]:
    """Yield the states that `words` ("his country") in a folded text stand for."""
    if not any(word in text for word in words):
        return
    starts = [name.start for name in names]
    for sentence in sentences:
        for match in _WORD.finditer(text, sentence[0], min(sentence[1], READ)):
            prefix = next((prefix for prefix, rest in readings(match.group()) if rest in words), None)
            if prefix is None:
                continue
            before = names[bisect_left(starts, sentence[0]) : bisect_left(starts, match.start())]
            people = (m for m in reversed(before) if m.party.kind == "state" and m.form in _SPEAKERS)
            if (whose := next(people, None)) is not None:
                start = match.start() + len(prefix)
                yield whose._replace(start=start, end=match.end(), form="name", prefix=prefix)
