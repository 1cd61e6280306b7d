"""What follows `/subscribe`: hours, days, a zone, things to follow, in any order.

"8 18:30 أيام العمل الرباط الذكاء الاصطناعي" ─▶ Schedule
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.catalogue import Catalogue
from bot.commands import clock
from bot.errors import AskAgain
from bot.model import Interest
from bot.phrases import phrases
from bot.topics import plain
from bot.zones import Zones

#: Times a day that a chat may choose: more is what "now" is for.
MOST_TIMES = 8
#: What config/locale calls the words that are no day.
NOW, DAILY, WORKDAYS, MORNING, EVENING, HALF, LINK = "now", "daily", "workdays", "am", "pm", "half", "link"
_NOON = 12
_GLUED = re.compile(r"(\d[\d:.]*)([^\W\d_]+)")

_Found = dt.time | Interest | str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What was said; None where nothing was."""

    times: tuple[dt.time, ...] | None = None  #: none at all: at once
    days: tuple[int, ...] | None = None
    zone: str | None = None
    follow: tuple[Interest, ...] = ()


@dataclass(slots=True)
class _Heard:
    """What has been read so far."""

    times: list[dt.time] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    zone: str | None = None
    follow: list[Interest] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a line may hold: `words` are config/locale's for times and days, folded."""

    words: Mapping[str, str]
    zones: Zones
    catalogue: Catalogue
    language: str  #: of the names that are offered for a slip

    def read(self, text: str, zone: str) -> Schedule:
        """Read a line; working days are those of its zone, else of `zone`. Raise AskAgain."""
        heard = _Heard()
        cut: Iterator[tuple[str, _Found | None]] = phrases(text, self._find)
        for phrase, found in cut:
            match found:
                case None:
                    raise self._unknown(text, phrase)
                case dt.time():
                    heard.times.append(found)
                case Interest():
                    heard.follow.append(found)
                case _:
                    _word(heard, found, zone=found in self.zones)
        return self._schedule(heard, zone)

    def _find(self, phrase: str) -> _Found | None:
        return (
            clock(phrase)
            or self._glued(phrase)
            or self.words.get(plain(phrase))
            or self.zones.find(phrase)
            or self.catalogue.named(phrase)
        )

    def _glued(self, phrase: str) -> dt.time | None:
        """Read a time with its half of the day in one word: "8am"."""
        match = _GLUED.fullmatch(phrase)
        at, half = (clock(match[1]), self.words.get(plain(match[2]))) if match else (None, None)
        return _of_day(at, half) if at and half in (MORNING, EVENING) else None

    def _schedule(self, heard: _Heard, zone: str) -> Schedule:
        if NOW in heard.words and heard.times:
            raise AskAgain("subscribe.both")
        times = tuple(sorted(set(heard.times)))
        if len(times) > MOST_TIMES:
            raise AskAgain("subscribe.many", most=str(MOST_TIMES))
        days = {int(word) for word in heard.words if word.isdecimal()}
        if WORKDAYS in heard.words:
            days |= set(self.zones.workdays(heard.zone or zone))
        every = DAILY in heard.words or len(days) == 7  # noqa: PLR2004 - days of the week
        return Schedule(
            times=times if times or NOW in heard.words else None,
            days=() if every else tuple(sorted(days)) or None,
            zone=heard.zone,
            follow=tuple(dict.fromkeys(heard.follow)),
        )

    def _unknown(self, text: str, phrase: str) -> AskAgain:
        """Offer the nearest zone or thing to follow; a phrase with figures in it was to be a time."""
        if any(char.isdecimal() for char in phrase):
            return AskAgain("subscribe.time", given=phrase)
        zone = self.zones.suggest(phrase)
        near = (
            None if zone and "/" in phrase else self.catalogue.find(phrase) or self.catalogue.suggest(phrase)
        )
        if near:
            like = self.catalogue.name(near, self.language)
        elif zone:
            like = zone if "/" in phrase else self.zones.city(zone, self.language)
        else:
            return AskAgain("subscribe.zone", given=phrase)
        return AskAgain(
            "subscribe.zone_like", meant=f"/subscribe {text.replace(phrase, like)}", given=phrase, like=like
        )


def _word(heard: _Heard, word: str, *, zone: bool) -> None:
    """Take in a word: a zone, a day, or one that changes the time before it."""
    if zone:
        heard.zone = word
    elif word == HALF and heard.times:
        heard.times[-1] = heard.times[-1].replace(minute=30)
    elif word in (MORNING, EVENING) and heard.times:
        heard.times[-1] = _of_day(heard.times[-1], word)
    elif word != LINK:
        heard.words.add(word)


def _of_day(at: dt.time, half: str | None) -> dt.time:
    """Put a time of the clock's face into its half of the day."""
    hour = at.hour % _NOON + (_NOON if half == EVENING else 0)
    return at.replace(hour=hour) if at.hour <= _NOON else at
