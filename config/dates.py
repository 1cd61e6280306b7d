"""Load the words of dates: config/lexicon/ar/dates.tsv."""

from __future__ import annotations

from pathlib import Path

from bot.arabic.dates import AROUND, Dates, DateWords
from bot.arabic.text import fold

FILE = Path(__file__).parent / "lexicon" / "ar" / "dates.tsv"


def load_dates() -> Dates:
    """Return the finder of dates. Raises OSError where the file is missing."""
    tables: dict[str, dict[str, int]] = {}
    for kind, value, words in _rows():
        tables.setdefault(kind, {}).update(dict.fromkeys(words.split("|"), int(value)))
    return Dates(
        DateWords(
            months=tables["month"],
            hijri=tables["hijri"],
            weekdays=tables["weekday"],
            relative=tables["relative"],
            which=tables["which"],
            parts=tuple(tables["part"]),
            units=tuple(tables["unit"]),
            around={kind: tuple(tables[kind]) for kind in AROUND},
        )
    )


def _rows() -> list[list[str]]:
    """Return the file's rows, folded, without comments."""
    lines = fold(FILE.read_text(encoding="utf-8")).text.splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
