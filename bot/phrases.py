"""Cutting a typed line into the phrases that somebody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.arabic.letters import COMMA, SEMICOLON, WAW

T = TypeVar("T")

#: Words of the longest phrase that is looked for.
_LONGEST = 6
_BETWEEN = f"{COMMA}{SEMICOLON},;."


def phrases(text: str, find: Callable[[str], T | None]) -> Iterator[tuple[str, T | None]]:
    """Yield the longest phrases that `find` knows, in order; what lies between comes as one, with None."""
    words = [word for one in text.split() if (word := one.strip(_BETWEEN))]
    unknown: list[str] = []
    at = 0
    while at < len(words):
        length, found = _longest(words[at : at + _LONGEST], find)
        if found is None:
            unknown.append(words[at])
        else:
            if unknown:
                yield " ".join(unknown), None
            unknown = []
            yield " ".join(words[at : at + length]), found
        at += length
    if unknown:
        yield " ".join(unknown), None


def _longest(words: list[str], find: Callable[[str], T | None]) -> tuple[int, T | None]:
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        found = find(phrase)
        if found is None and phrase.startswith(WAW):
            found = find(phrase.removeprefix(WAW))
        if found is not None:
            return length, found
    return 1, None
