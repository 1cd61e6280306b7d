"""The digest of the day."""

from __future__ import annotations

import datetime as dt

from bot import commands
from bot.answers.desk import READ, Asked, say, topic_of, zone_of
from bot.digest import compose
from bot.message import Message
from bot.ports import Query


async def digest(asked: Asked) -> Message:
    """Today's findings in the asker's zone; where there are none, those of the last day that had any."""
    words, stories = asked.words, asked.desk.stories
    rest, page = commands.paged(asked.rest)
    topics = (topic_of(asked, rest).slug,) if rest else ()
    latest = await stories.latest()
    if latest is None:
        return say(words, words("digest.nothing_yet"))
    zone = await zone_of(asked)
    today, day = asked.now.astimezone(zone).date(), latest.astimezone(zone).date()
    since = dt.datetime.combine(day, dt.time(), zone)
    findings = await stories.findings(Query(topics=topics, since=since, limit=READ))
    if not findings:
        return say(words, words("digest.empty"))
    return compose(
        findings,
        words,
        heading=f"{words('digest.title')} — {words.date(day)}",
        note="" if day == today else words("digest.older", day=words.date(day)),
        page=page,
        more=" ".join(("/digest", *topics)),
    )
