"""Which wires are read, and what each brought."""

from __future__ import annotations

import datetime as dt

from bot import commands
from bot.answers.describing import moment
from bot.answers.desk import Asked, say
from bot.answers.listing import turns
from bot.digest import PAGE
from bot.message import Message, Paragraph, Run, Style, paragraph
from bot.model import FeedConfig
from bot.ports.stories import Brought

#: The days that agreements are counted in.
DAYS = 7


async def sources(asked: Asked) -> Message:
    """`/sources`: each wire, when it last brought a story, its agreements of a week."""
    words, feeds = asked.words, asked.desk.feeds
    if not feeds:
        return say(words, words("sources.none"))
    _, number = commands.paged(asked.rest)
    number = min(number, -(-len(feeds) // PAGE))
    shown = feeds[(number - 1) * PAGE : number * PAGE]
    since = asked.now - dt.timedelta(days=DAYS)
    brought = await asked.desk.stories.brought([feed.slug for feed in shown], since)
    lines = (
        paragraph(Style.HEADING, words("sources.title")),
        *(_line(asked, feed, brought.get(feed.slug)) for feed in shown),
        paragraph(Style.NOTE, words("sources.week")),
    )
    rows = turns("/sources", number, words, more=number * PAGE < len(feeds))
    return Message(lines, rows, words.locale)


def _line(asked: Asked, feed: FeedConfig, brought: Brought | None) -> Paragraph:
    words, said = asked.words, asked.words("sources.silent")
    if brought is not None:
        count, last = words("count.items", n=brought.agreements), moment(asked, brought.last)
        said = words("sources.line", count=count, moment=last)
    return Paragraph(Style.BULLET, (Run(feed.name, bold=True), Run(f" — {said}")))
