"""What lies ahead: agreements that name a day from today on, under that day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot import commands
from bot.answers.desk import Asked, say
from bot.answers.listing import Page, read
from bot.message import Button, Message, Paragraph, Style, paragraph
from bot.words import Words


async def upcoming(asked: Asked) -> Message:
    """`/upcoming`: the soonest first."""
    words, stories = asked.words, asked.desk.stories
    _, number = commands.paged(asked.rest)
    today = asked.now.astimezone(asked.zone).date()
    page = await read(lambda limit: stories.ahead(today, limit), number)
    if not page.items:
        return say(words, words("upcoming.none"), buttons=((Button(words("button.digest"), "/digest"),),))
    lines = (
        paragraph(Style.HEADING, words("upcoming.title")),
        *_days(page, words),
        paragraph(Style.NOTE, words("list.open")),
    )
    return Message(lines, page.rows("/upcoming", words), words.locale)


def _days(page: Page, words: Words) -> Iterator[Paragraph]:
    """Write the days, and under each its agreements with who reports them."""
    numbered = enumerate(page.items, page.before + 1)
    for day, items in groupby(numbered, key=lambda one: one[1].agreement.on):
        if day is not None:
            yield paragraph(Style.HEADING, words("upcoming.day", day=words.date(day)))
        for number, item in items:
            sources = words("sources.comma").join(item.sources)
            said = words("upcoming.item", bullet=item.agreement.bullet, source=sources)
            yield paragraph(Style.TEXT, f"{words.number(number)}. {said}")
