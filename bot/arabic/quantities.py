"""Amounts of money and percentages of a text: where they stand.

Only a currency or a percent sign makes an amount: years, days, scores and counts of people are none. Each
word becomes one sign for what it is, and a short pattern over these signs says which of them are an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.arabic.letters import AL, ALEF, BEH, COMMA, DECIMAL, FEH, HEH, KAF, LAM, LIL, REH, THOUSANDS, WAW

#: The lists of config/lexicon/ar/quantities.tsv, folded.
QuantityWords = Mapping[str, Iterable[str]]

#: What a word is, as one sign. A number or scale with "and" joined to it has the capital.
_SIGNS = {
    "number": "n", "scale": "s", "currency": "c", "sign": "$", "adjective": "a",
    "percent": "%", "club": "k", "of": "o", "to": "t", "between": "b",
}  # fmt: skip
_UNITS = ("currency", "sign", "percent")  # most sentences hold none, and are read no further
_SHORT = 2
_DIGITS, _YEAR, _OTHER = ("0", 0), ("y", 0), ("x", 0)
_OWN = {WAW: ("w", 0), "(": ("(", 0), ")": (")", 0), ".": (".", 0), ",": (".", 0)}

_JOINED = (*map("".join, product(("", BEH, LAM, KAF), ("", AL))), LIL)
_AND = (WAW, WAW + AL)
_COUNTED = (*map("".join, product(("", WAW, FEH), _JOINED)),)
#: What may be joined to the front of a word, and to its end; the amount begins after the first.
_FRONTS = {"number": _COUNTED, "scale": _COUNTED, "currency": ("", AL), "adjective": ("", AL)}
_ENDS = {"adjective": ("", ALEF, HEH)}

#: "1 200 000", "1,234.5"; some wires write REH for the point.
_NUMBER = rf"\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[.,{COMMA}{DECIMAL}{THOUSANDS}{REH}]\d+)*"
#: A number that is rather a year: nothing is counted in 2014 millions.
_LIKE_YEAR = re.compile(r"(?:19\d\d|20(?!00)\d\d)")

_COUNT = r"(?:0(?:\.0)?|\([0y]\)|[nN]+)"  # the point may have a space after it
_TERM = rf"(?:{_COUNT}s{{0,2}}|y(?!s)|[sS]s?)"
_SUM = rf"{_TERM}(?:(?<=[sS])(?:w{_TERM}|(?=[NS]){_TERM}))*"
_AMOUNT = re.compile(rf"%[0y]|\$[0y]s?|(?:(?!y){_TERM}t|b(?!y){_TERM}w)?{_SUM}(?:%|\$|o?c(?!k)a?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount where it stands. Offsets count characters of the folded text."""

    start: int
    end: int
    money: bool  #: else a percentage


class Quantities:
    """Finds amounts; build it once, use it for every text."""

    def __init__(self, words: QuantityWords) -> None:
        self._known = {**_OWN, **dict(_forms(words))}
        apart = "|".join(re.escape(word) for word in (*words["percent"], *words["club"]))
        self._word = re.compile(rf"({_NUMBER})|{apart}|[^\W\d_]+|\S")
        self._units = _shortest(word for kind in _UNITS for word in words[kind])

    def find(self, text: str, start: int, end: int) -> tuple[Quantity, ...]:
        """Find the amounts between two offsets of a folded text, in order; joined particles are left out."""
        said = text[start:end]
        if not any(unit in said for unit in self._units):
            return ()
        words = list(self._word.finditer(text, start, end))
        known = [self._known.get(word[0]) or (_number(word[0]) if word[1] else _OTHER) for word in words]
        return tuple(
            Quantity(
                words[match.start()].start() + known[match.start()][1],
                words[match.end() - 1].end(),
                "%" not in match[0],
            )
            for match in _AMOUNT.finditer("".join([sign for sign, _ in known]))
        )


def _shortest(units: Iterable[str]) -> tuple[str, ...]:
    """Return pieces, one of which any text with a unit holds: those of two letters begin a word."""
    parts = {f" {unit}" if len(unit) == _SHORT else unit for unit in units}
    return tuple(part for part in parts if not any(other in part for other in parts - {part}))


def _number(word: str) -> tuple[str, int]:
    return _YEAR if _LIKE_YEAR.fullmatch(word) else _DIGITS


def _forms(words: QuantityWords) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each word as it may be written, its sign, and how many letters are joined to its front."""
    for kind, listed in words.items():
        sign, fronts, ends = _SIGNS[kind], _FRONTS.get(kind, ("",)), _ENDS.get(kind, ("",))
        for front, word, end in product(fronts, listed, ends):
            yield front + word + end, (sign.upper() if front in _AND else sign, len(front))
