"""A chat's choices in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.answers.desk import Asked
from bot.due import UNTIL_RESUMED, coming
from bot.model import Interest
from bot.words import Words


def when(asked: Asked) -> str:
    """Say at what times the chat is written to."""
    words, wants = asked.words, asked.wants
    if not wants.times:
        return words("when.now")
    days = _days(words, wants.days) if wants.days else words("when.daily")
    times = words.listed([words.time(at) for at in wants.times])
    return words("when.at", days=days, times=times, zone=place(asked))


def _days(words: Words, days: Sequence[int]) -> str:
    """Name ISO weekdays, three and more in a row by the first and the last."""
    names = [words.weekday(day) for day in days]
    firsts = [day for day in days if (day - 2) % 7 + 1 not in days]
    if len(firsts) > 1 or len(days) <= 2:  # noqa: PLR2004 - two days are no span
        return words("when.days", days=words.listed(names))
    last = (firsts[0] + len(days) - 2) % 7 + 1
    return words("when.span", first=words.weekday(firsts[0]), last=words.weekday(last))


def place(asked: Asked) -> str:
    """Name the city whose time the chat keeps."""
    return asked.desk.zones.city(asked.wants.zone, asked.words.language)


def moment(asked: Asked, at: dt.datetime) -> str:
    """Say a time as the chat's calendar and clock have it: "tomorrow, 08:00"."""
    words, local = asked.words, at.astimezone(asked.zone)
    ahead = (local.date() - asked.now.astimezone(asked.zone).date()).days
    near = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}.get(ahead)
    return words(
        "when.moment", day=words(near) if near else words.date(local.date()), time=words.time(local.time())
    )


def outlook(asked: Asked) -> str:
    """Say when the next digest comes, or until when none does."""
    words, subscription = asked.words, asked.subscription
    if subscription is None:
        return words("when.never")
    if closed := subscription.closed:
        why = words.known(f"closed.{closed.why}", closed.why)
        return words("when.closed", moment=moment(asked, closed.at), why=why)
    if subscription.paused and subscription.paused >= UNTIL_RESUMED:
        return words("when.paused_open")
    if subscription.paused and subscription.paused > asked.now:
        return words("when.paused", moment=moment(asked, subscription.paused))
    at = coming(subscription, asked.now)
    return words("when.next", moment=moment(asked, at)) if at else words("when.next_news")


def names(asked: Asked, interests: Sequence[Interest]) -> str:
    """Name what is followed or muted."""
    return asked.words.listed([name(asked, one) for one in interests])


def name(asked: Asked, interest: Interest) -> str:
    """Name one thing as the chat's language does."""
    return asked.called.get(interest) or asked.desk.catalogue.name(interest, asked.words.language)


def summary(asked: Asked) -> Iterator[str]:
    """Say what comes when, in three sentences."""
    words, wants = asked.words, asked.wants
    yield words("when.sends", when=when(asked))
    yield words("follow.these", names=names(asked, wants.follow)) if wants.follow else words("follow.all")
    if wants.mute:
        yield words("mute.these", names=names(asked, wants.mute))
    yield outlook(asked)
