"""Particles that a word carries in front, joined: "and", "with", "for", the article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.arabic.letters import AL, BEH, FEH, KAF, LAM, LIL, WAW

_AND = WAW + FEH
_TO = BEH + LAM + KAF
_SHORTEST = 4  #: letters of a word that may carry a particle
_REMEMBERED = 20_000  #: words: a story is read for names three times, and most words come in many stories


@lru_cache(maxsize=_REMEMBERED)
def readings(word: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to read a folded word as particles and a rest, the word as it is first."""
    return tuple(_readings(word))


def written(word: str) -> Iterator[str]:
    """Yield every way to write particles onto a folded word: whatever `readings` reads as it, and more."""
    for letters in ("", *_AND):
        yield from (letters + to + word for to in ("", *_TO))
        if word.startswith(AL):
            yield letters + LIL + word[2:]


def _readings(word: str) -> Iterator[tuple[str, str]]:
    yield "", word
    stems = [("", word)]
    if word[:1] in _AND and len(word) >= _SHORTEST:
        stems.append((word[0], word[1:]))
        yield stems[-1]
    for prefix, rest in stems:
        if rest.startswith(LIL) and len(rest) > _SHORTEST:
            yield prefix + LIL, AL + rest[2:]
        if rest[:1] in _TO and len(rest) >= _SHORTEST:
            yield prefix + rest[0], rest[1:]
