"""Load the words of money and percentages: config/lexicon/ar/quantities.tsv."""

from __future__ import annotations

from pathlib import Path

from bot.arabic.quantities import Quantities
from bot.arabic.text import fold

FILE = Path(__file__).parent / "lexicon" / "ar" / "quantities.tsv"


def load_quantities() -> Quantities:
    """Return the finder of amounts. Raises OSError where the file is missing."""
    words: dict[str, list[str]] = {}
    for line in fold(FILE.read_text(encoding="utf-8")).text.splitlines():
        if not line.startswith("#"):
            kind, listed = line.split("\t")
            words.setdefault(kind, []).extend(listed.split("|"))
    return Quantities(words)
