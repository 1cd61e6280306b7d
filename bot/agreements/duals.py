"""Two names under one head, "the two ministries of health and education": where each begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.arabic.letters import AL, ALEF, NOON, TEH, WAW, YEH
from bot.arabic.sentences import Range
from bot.model import Party

_FEMININE = (TEH + YEH + NOON, TEH + ALEF + NOON)  #: ends of an adjective of two feminine nouns
_MASCULINE = YEH + NOON


class Token(NamedTuple):
    """A word of the folded text."""

    text: str
    start: int
    end: int


def halves(
    tokens: Sequence[Token], at: int, last: int, state: Callable[[str], Party | None]
) -> tuple[int, list[Range]]:
    """Part the name that runs from the dual head `at` to `last` at its "and"; `state` reads adjectives.

    Returns how many tokens were read and the range of each name, one or two.
    """
    read = last
    if last > at + 1 and _is_dual(tokens[last].text, state):
        last -= 1  # an adjective of both, that fits neither alone
    seam = next((i for i in range(at + 2, last + 1) if tokens[i].text.startswith(WAW)), None)
    if seam is None and last + 1 < len(tokens) and tokens[last + 1].text.startswith(WAW):
        seam = last = last + 1
    parts = [(at + 1, last)] if seam is None else [(at + 1, seam - 1), (seam, last)]
    ranges = [(tokens[first].start + (first == seam), tokens[end].end) for first, end in parts]
    return max(read, last) - at + 1, ranges


def _is_dual(word: str, state: Callable[[str], Party | None]) -> bool:
    """Whether a word is an adjective of two: of two feminine nouns, or of what belongs to a state."""
    of_state = word.endswith(_MASCULINE) and state(word) is not None
    return word.startswith(AL) and (of_state or word.endswith(_FEMININE))
