"""Load config/lexicon/ar/marks.toml: how agencies mark corrections and kills."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot.marks import Marks

FILE = Path(__file__).parent / "lexicon" / "ar" / "marks.toml"


def load_marks() -> Marks:
    """Return the marks."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Marks(table["corrections"], table["kills"])
