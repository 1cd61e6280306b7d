"""Load config/locale: one TOML file a language, with plural categories and dates from CLDR through Babel."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from bot.arabic.text import key
from bot.words import Words

FOLDER = Path(__file__).parent / "locale"
LATIN = "0123456789"


def load_words(folder: Path = FOLDER, *, latin: bool = True) -> dict[str, Words]:
    """Return the words of every locale by its code.

    `latin` digits are the default, because most wires write them and bullets stay as the wire has them.
    """
    return {table["locale"]: _words(table, latin=latin) for table in _tables(folder)}


def load_verbs(folder: Path = FOLDER) -> dict[str, str]:
    """Return the command that each folded word or phrase stands for, in all locales together."""
    return {
        key(word): command
        for table in _tables(folder)
        for command, words in table["verbs"].items()
        for word in words
    }


def _tables(folder: Path) -> list[dict[str, Any]]:
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]


def _words(table: Mapping[str, Any], *, latin: bool) -> Words:
    plural = Locale.parse(table["locale"]).plural_form

    def day(value: dt.date) -> str:
        from babel.dates import format_date  # noqa: PLC0415 - a digest in the terminal shows no date

        text = format_date(value, table["date_pattern"], locale=table["date_locale"])
        return text.translate(str.maketrans(table["digits"], LATIN))

    return Words(
        locale=table["locale"],
        table={**table["text"], **table["plural"]},
        plural=plural,
        digits=LATIN if latin else table["digits"],
        day=day,
    )
