"""Numbers, amounts of money and percentages of a text: where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The lists of config/lexicon/ar/quantities.tsv, folded: number scale currency percent.
QuantityWords = Mapping[str, frozenset[str]]

_DIGITS = r"\d+(?:[.,\u066b\u066c]\d+)*"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity where it stands. Offsets count characters of the folded text."""

    start: int
    end: int
    kind: str  #: number money percent


class Quantities:
    """Finds quantities; build it once, use it for every text."""

    def __init__(self, words: QuantityWords) -> None:
        number, scale = _any(words["number"]), _any(words["scale"])
        amount = rf"(?:(?:{_DIGITS}|{number})(?: (?:\u0648)?(?:{scale}|{number}))*|{scale}(?: {scale})*)"
        percent = _any(words["percent"])
        currency = rf"(?:{_any(words['currency'])})"
        self._pattern = re.compile(
            rf"(?<![^\W_])(?:\u0648?[\u0628\u0644]?)(?P<amount>{amount})"
            rf"(?:(?P<money> {currency}(?![^\W_]))|(?P<percent> ?(?:{percent})))?(?![^\W_])"
        )

    def find(self, text: str) -> tuple[Quantity, ...]:
        """Find the quantities of a folded text, in order; a particle in front is left out."""
        return tuple(
            Quantity(match.start("amount"), match.end(), _kind(match))
            for match in self._pattern.finditer(text)
        )


def _kind(match: re.Match[str]) -> str:
    return "money" if match["money"] else "percent" if match["percent"] else "number"


def _any(words: Iterable[str]) -> str:
    """Write an alternative of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
