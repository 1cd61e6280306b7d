"""Dates of a story: the span, the words, and the day where one day is certain.

A day is certain when the wire gives it in full, gives day and month with "last" or "next" or a weekday that
fits one year only, or counts from the day of publication ("yesterday, Friday": the weekday must agree).
Hijri days come from the tabular calendar, which is up to a day off what was observed: they stay `about`,
unless a weekday settles them.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.arabic.letters import COMMA
from bot.arabic.text import Folded

_WORD = re.compile(r"[^\W_]+")
_WEEK = 7
AROUND = ("day", "matching", "of", "of-month", "of-year")
_NEAR = 60  #: days from publication within which a day and month without a year mean the nearest year
_HIJRI_YEARS = range(1300, 1600)
_EPOCH = 1948440 - 385 - 1721425  #: the tabular calendar's first day, as a Python ordinal


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of dates, folded, each with its value (config/lexicon/ar/dates.tsv)."""

    months: Mapping[str, int]
    hijri: Mapping[str, int]
    weekdays: Mapping[str, int]  #: 0 is Monday
    relative: Mapping[str, int]  #: days from publication
    which: Mapping[str, int]  #: -1 last, 0 this, 1 next
    parts: tuple[str, ...]  #: "end of", "by"
    units: tuple[str, ...]  #: "the week", "the year"
    around: Mapping[str, tuple[str, ...]]  #: what may stand in a date: the lists AROUND


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date where it stands. Offsets count characters of the folded text."""

    start: int
    end: int
    text: str  #: the wire's own words
    on: dt.date | None  #: the day, where one is certain
    about: dt.date | None = None  #: a Hijri day by the tabular calendar: right to within a day


class Dates:
    """Finds dates; build it once, use it for every story."""

    def __init__(self, words: DateWords) -> None:
        self.words = words
        self._pattern = re.compile(_pattern(words))
        listed = (words.relative, words.weekdays, words.months, words.parts, words.units)
        around = (words.around["day"], words.around["of-month"])
        #: The words that a date may begin with, beside numbers.
        self._openings = frozenset(word.split()[0] for each in (*listed, *around) for word in each)

    def find(
        self, folded: Folded, published: dt.date | None, start: int = 0, end: int = sys.maxsize
    ) -> tuple[DateMention, ...]:
        """Find the dates between two offsets of a folded text, in order; `published` is "today"."""
        found: list[DateMention] = []
        past = start
        for word in _WORD.finditer(folded.text, start, end):
            opens = word[0] in self._openings or word[0][0].isdecimal()  # else the pattern need not try
            if opens and word.start() >= past:
                match = self._pattern.match(folded.text, word.start(), end)
                if match:
                    found.append(self._mention(folded, match, published))
                    past = match.end()
        return tuple(found)

    def _mention(self, folded: Folded, match: re.Match[str], published: dt.date | None) -> DateMention:
        span = folded.span(*match.span())
        text = folded.original[span.start : span.end]
        about = self._tabular(match)
        on = self._settled(match, about) if about else self._day(match, published)
        return DateMention(*match.span(), text, on, about)

    def _day(self, match: re.Match[str], published: dt.date | None) -> dt.date | None:
        """Return the Gregorian day a match means, if it means one."""
        part = match.groupdict()
        weekday = self.words.weekdays.get(part["weekday"] or part["weekday2"] or "")
        if part["iso"] or part["dmy"]:
            return _numeric(part)
        if part["relative"] and published:
            day = published + dt.timedelta(days=self.words.relative[part["relative"]])
            return day if weekday is None or day.weekday() == weekday else None
        if part["day"] and part["month"]:
            which = self.words.which.get(part["which"] or "")
            months = (self.words.months[part["month"]], int(part["day"]))
            return _in_year(part["year"], months, weekday, which, published)
        if part["only"] and part["turn"] and published:
            return _turn(self.words.weekdays[part["only"]], self.words.which[part["turn"]], published)
        return None

    def _tabular(self, match: re.Match[str]) -> dt.date | None:
        """Return a Hijri date's day by the tabular calendar."""
        part = match.groupdict()
        if part["hday"] and part["hmonth"] and part["hyear"]:
            return _from_hijri(int(part["hyear"]), self.words.hijri[part["hmonth"]], int(part["hday"]))
        if part["iso"]:
            year, month, day = (int(n) for n in re.split("[-/]", part["iso"]))
            return _from_hijri(year, month, day) if year in _HIJRI_YEARS else None
        if part["dmy"]:
            day, month, year = (int(n) for n in re.split("[-/]", part["dmy"]))
            return _from_hijri(year, month, day) if year in _HIJRI_YEARS else None
        return None

    def _settled(self, match: re.Match[str], about: dt.date) -> dt.date | None:
        """Choose the day next to a tabular one that falls on the weekday the wire names."""
        weekday = self.words.weekdays.get(match["weekday"] or "")
        near = (about + dt.timedelta(days=step) for step in (0, -1, 1))
        return next((day for day in near if day.weekday() == weekday), None)


def _in_year(
    year: str | None,
    month_and_day: tuple[int, int],
    weekday: int | None,
    which: int | None,
    published: dt.date | None,
) -> dt.date | None:
    """Return a day and month in the year that is written, or in the one that fits."""
    if year:
        day = _date(int(year), *month_and_day)
        return day if weekday is None or (day and day.weekday() == weekday) else None
    if published is None:
        return None
    days = [day for n in (-1, 0, 1) if (day := _date(published.year + n, *month_and_day))]
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday]
    if which == 1:
        return min((day for day in days if day > published), default=None)
    if which == -1:
        return max((day for day in days if day < published), default=None)
    near = [day for day in days if abs((day - published).days) <= _NEAR]
    return near[0] if len(near) == 1 else None


def _turn(weekday: int, which: int, published: dt.date) -> dt.date | None:
    """Return the last or next such weekday before or after publication."""
    if which == 0:
        return None
    step = (weekday - published.weekday()) % _WEEK or _WEEK
    return published + dt.timedelta(days=step if which > 0 else step - _WEEK if step < _WEEK else -_WEEK)


def _numeric(part: Mapping[str, str | None]) -> dt.date | None:
    if part["iso"]:
        year, month, day = (int(n) for n in re.split("[-/]", part["iso"]))
        return _date(year, month, day)
    day, month, year = (int(n) for n in re.split("[-/]", part["dmy"] or ""))
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _from_hijri(year: int, month: int, day: int) -> dt.date | None:
    """Convert by the tabular (civil) calendar: 30 and 29 days in turn, 11 leap years in 30."""
    if not (year in _HIJRI_YEARS and 1 <= month <= 12 and 1 <= day <= 30):  # noqa: PLR2004 - a calendar's bounds
        return None
    ordinal = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + _EPOCH
    return dt.date.fromordinal(ordinal)


def _pattern(words: DateWords) -> str:
    """Write the pattern of all dates; the fullest forms come first."""
    month, hijri, weekday = _any(words.months), _any(words.hijri), _any(words.weekdays)
    relative, which = _any(words.relative), _any(words.which)
    part, unit = _any(words.parts), _any(words.units)
    a_day, matching, of, the_month, in_year = (f"(?:(?:{_any(words.around[kind])}) )?" for kind in AROUND)
    two = rf"(?: ?/ ?(?:{month})| \((?:{month})\))?"
    return (
        r"(?<![^\W_])(?:"
        rf"(?:(?P<relative>{relative})(?: ?[{COMMA}(]? ?\(?(?P<weekday2>{weekday})\)?)?(?![^\W_]))"
        rf"|(?:{a_day}(?P<weekday>{weekday})[{COMMA},]? {matching})?(?:"
        rf"(?P<day>\d{{1,2}}) ?{of}{the_month}(?P<month>{month}){two}"
        rf"(?: {in_year}(?P<year>(?:19|20)\d\d)| (?P<which>{which}))?"
        rf"|(?P<hday>\d{{1,2}}) ?{of}(?P<hmonth>{hijri})(?: (?P<hyear>1[345]\d\d))?"
        r"|(?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2})|(?P<dmy>\d{1,2}[-/]\d{1,2}[-/]\d{4}))(?![^\W_])"
        rf"|{a_day}(?P<only>{weekday}) (?P<turn>{which})(?![^\W_])"
        rf"|{a_day}{weekday}(?![^\W_])"
        rf"|(?:(?:{part}) )?{the_month}(?:{month}){two}(?: (?:\d{{4}}|{which}))?(?![^\W_])"
        rf"|(?:{part}) (?:{unit})(?: (?:\d{{4}}|{which}))?(?![^\W_])"
        rf"|(?:{unit}) (?:\d{{4}}|{which})(?![^\W_]))"
    )


def _any(words: Iterable[str]) -> str:
    """Write an alternative of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
