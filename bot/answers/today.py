"""What was agreed on a day, or in the last week."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from bot import commands
from bot.answers.desk import READ, Asked, Rows, say, topic_of
from bot.answers.listing import page_of
from bot.digest import arrange, merge, write
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.ports.stories import Query
from bot.topics import Topic, plain
from bot.words import Words

#: What config/locale calls the words that stand for days, and the last seven of them.
DAY, WEEK = "day", "week"
DAYS = 7  #: of a week, today among them
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ONE = dt.timedelta(days=1)
#: Years that a day may be asked of: at the ends of the calendar there is no day beside.
_FIRST, _LAST = 1900, 2999


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days, both ends included; `typed` is how a command names them."""

    first: dt.date
    last: dt.date
    typed: str

    def query(self, zone: dt.tzinfo, topics: tuple[str, ...]) -> Query:
        """Ask for what was stored on these days as a zone has them."""
        since, until = (dt.datetime.combine(day, dt.time(), zone) for day in (self.first, self.last + _ONE))
        return Query(topics=topics, since=since, until=until, limit=READ)

    def named(self, words: Words) -> str:
        """Name the day or the days."""
        if self.first == self.last:
            return words.date(self.first)
        return words("digest.days", first=words.date(self.first), last=words.date(self.last))


async def digest(asked: Asked) -> Message:
    """`/digest [day] [topic]`; without a day it is today, or the last day that had any."""
    words, stories, today = asked.words, asked.desk.stories, asked.now.astimezone(asked.zone).date()
    latest = await stories.latest()
    if latest is None:
        return say(words, words("digest.nothing_yet"))
    rest, number = commands.paged(asked.rest)
    period, named = _period(asked, rest, today)
    topic = topic_of(asked, named) if named else None
    shown = period or _day(latest.astimezone(asked.zone).date())
    items = arrange(merge(await stories.findings(shown.query(asked.zone, (topic.slug,) if topic else ()))))
    command = " ".join(("/digest", shown.typed, *((topic.slug,) if topic else ())))
    days = _days(shown, today, topic, words)
    if not items:
        return _nothing(shown, topic, words, days)
    page = page_of(items, number)
    older = period is None and shown.last != today
    message = write(
        items,
        words,
        heading=_heading(shown, topic, words),
        note=words("digest.older", day=words.date(shown.last)) if older else "",
        page=page.number,
        numbered=True,
    )
    return replace(message, buttons=(*page.rows(command, words), *days))


def _period(asked: Asked, rest: str, today: dt.date) -> tuple[Period | None, str]:
    """Take the days off either end of what was typed; the rest names a topic. Raise AskAgain."""
    words = rest.split()
    for size in range(min(len(words), 2), 0, -1):
        for said, left in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if period := _days_of(asked, " ".join(said), today):
                return period, " ".join(left)
    return None, rest


def _days_of(asked: Asked, said: str, today: dt.date) -> Period | None:
    if date := _DATE.fullmatch(said):
        year, month, day = map(int, date.groups())
        try:
            return _day(dt.date(year if _FIRST <= year <= _LAST else 0, month, day))
        except ValueError as error:
            raise AskAgain("digest.no_day", given=said) from error
    match asked.desk.options[DAY].get(plain(said)):
        case "today":
            return _day(today)
        case "yesterday":
            return _day(today - _ONE)
        case "week":
            return Period(today - (DAYS - 1) * _ONE, today, WEEK)
        case _:
            return None


def _day(day: dt.date) -> Period:
    return Period(day, day, day.isoformat())


def _heading(period: Period, topic: Topic | None, words: Words) -> str:
    about = topic.names[words.language] if topic else words("digest.title")
    return f"{about} — {period.named(words)}"


def _nothing(period: Period, topic: Topic | None, words: Words, days: Rows) -> Message:
    """Say that there is nothing, and lead to the days beside."""
    when = period.named(words)
    said = words("digest.none_on", day=when)
    if topic:
        said = words("digest.none_on_topic", day=when, topic=topic.names[words.language])
    return say(words, said, buttons=(*days, (Button(words("button.topics"), "/topics"),)))


def _days(period: Period, today: dt.date, topic: Topic | None, words: Words) -> Rows:
    """Return the row that leads to the day before and the day after."""
    about = f" {topic.slug}" if topic else ""
    before, after = period.first - _ONE, period.last + _ONE
    row = [Button(words("button.day_before"), f"/digest {before}{about}", turns=True)]
    if after <= today:
        row.append(Button(words("button.day_after"), f"/digest {after}{about}", turns=True))
    return (tuple(row),)
