"""A reader's language: sentences, plural forms, digits. The words themselves stand in config/locale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Plural = Callable[[int], str]  #: CLDR plural category of a count: zero one two few many other


class Digits(StrEnum):
    """The digits a chat may choose, by CLDR's names of numbering systems."""

    LATIN = "latn"
    ARABIC = "arab"


def language(locale: str) -> str:
    """Return the language of a CLDR tag: "ar" of "ar-u-nu-arab"."""
    return locale.partition("-")[0]


def tagged(locale: str, digits: Digits) -> str:
    """Return the CLDR tag of a locale's language with other digits."""
    return f"{language(locale)}-u-nu-{digits}"


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one locale.

    A value of `table` is a sentence with `{fields}`, or a mapping from plural category to sentence.
    `digits` are the ten signs that numbers are written with; `day` writes a calendar day with ASCII digits.
    """

    locale: str
    table: Mapping[str, str | Mapping[str, str]]
    plural: Plural
    digits: str = field(default="0123456789")
    day: Callable[[dt.date], str] = dt.date.isoformat
    weekday: Callable[[int], str] = str  #: the name of an ISO weekday: Monday is 1

    @property
    def language(self) -> str:
        """The language alone, whatever the digits."""
        return language(self.locale)

    def __call__(self, key: str, *, n: int | None = None, **values: str) -> str:
        """Return the sentence `key`, in the plural form for `n`, with `{n}` and `values` filled in."""
        entry = self.table[key]
        if isinstance(entry, Mapping):
            if n is None:
                raise KeyError(f"{key} needs a count")
            entry = entry.get(self.plural(n), entry["other"])
        return entry.format(n="" if n is None else self.number(n), **values)

    def known(self, key: str, otherwise: str) -> str:
        """Return a sentence without fields if the locale has it, or else something other."""
        return self(key) if key in self.table else otherwise

    def date(self, day: dt.date) -> str:
        """Write a calendar day as readers of the locale do."""
        return self.figures(self.day(day))

    def listed(self, names: Iterable[str]) -> str:
        """Join names as a sentence does: "a, b and c"."""
        *others, last = names
        return self("list.comma").join(others) + self("list.and") + last if others else last

    def time(self, at: dt.time) -> str:
        """Write a time of day: 08:00."""
        return self.figures(f"{at:%H:%M}")

    def number(self, n: int) -> str:
        """Write a number in the locale's digits."""
        return self.figures(str(n))

    def figures(self, text: str) -> str:
        """Write the ASCII digits of a text in the locale's digits."""
        return text.translate(str.maketrans("0123456789", self.digits))
