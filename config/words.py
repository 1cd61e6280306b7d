"""Load config/locale: one TOML file a language, with plural categories and dates from CLDR through Babel."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.plural import PluralRule

from bot.arabic.text import key
from bot.topics import plain
from bot.words import Digits, Words, tagged

FOLDER = Path(__file__).parent / "locale"
LATIN = "0123456789"


def load_words(*, latin: bool = True) -> dict[str, Words]:
    """Return the words of every locale by its code, and of those with digits of their own by CLDR's tags too.

    "ar" has `latin` digits or its own, as the operator likes; "ar-u-nu-latn" and "ar-u-nu-arab" are what a
    chat chose. Latin is the default, because most wires write them and bullets stay as the wire has them.
    """
    tables = _tables()
    words = {table["locale"]: _words(table, table["locale"], latin=latin) for table in tables}
    for table in tables:
        if table["digits"] != LATIN:
            for digits in Digits:
                tag = tagged(table["locale"], digits)
                words[tag] = _words(table, tag, latin=digits is Digits.LATIN)
    return words


def load_arabic() -> Words:
    """Return the Arabic words alone, with Latin digits: all that a digest in the terminal needs."""
    return _words(_table(FOLDER / "ar.toml"), "ar", latin=True)


def load_verbs() -> dict[str, str]:
    """Return the command that each folded word or phrase stands for, in all locales together."""
    return {
        key(word): command
        for table in _tables()
        for command, words in table["verbs"].items()
        for word in words
    }


def _tables() -> list[dict[str, Any]]:
    return [_table(path) for path in sorted(FOLDER.glob("*.toml"))]


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(table: Mapping[str, Any], locale: str, *, latin: bool) -> Words:
    def day(value: dt.date) -> str:
        from babel.dates import format_date  # noqa: PLC0415 - slow, and a digest in the terminal has no date

        text = format_date(value, table["date_pattern"], locale=table["date_locale"])
        return text.translate(str.maketrans(table["digits"], LATIN))

    return Words(
        locale=locale,
        table={**table["text"], **table["plural"]},
        plural=PluralRule(table["plural_rules"]),
        digits=LATIN if latin else table["digits"],
        day=day,
        weekday=lambda number: str(
            Locale.parse(table["date_locale"]).days["stand-alone"]["wide"][number - 1]
        ),
    )


def load_options() -> dict[str, dict[str, str]]:
    """Return what may be chosen: for each group the option that each folded word or phrase stands for."""
    options: dict[str, dict[str, str]] = {}
    for table in _tables():
        for group, choices in table["options"].items():
            for option, words in choices.items():
                options.setdefault(group, {}).update(dict.fromkeys(map(plain, words), option))
        for option in table["options"]["kinds"]:  # as readers see them, with their sign and without
            shown = table["text"][f"kind.{option}"]
            options["kinds"].update({plain(shown): option, plain(shown.partition(" ")[2]): option})
        options["when"].update(_weekdays(Locale.parse(table["date_locale"])))
    return options


def _weekdays(locale: Locale) -> dict[str, str]:
    """Return the folded names of the week's days, in full and abbreviated, and their ISO numbers."""
    return {
        plain(name.rstrip(".")): str(number + 1)
        for width in ("wide", "abbreviated")
        for number, name in locale.days["format"][width].items()
    }
