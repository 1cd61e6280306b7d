"""The wire's own sentence behind a bullet."""

from __future__ import annotations

from bot.answers.desk import Asked, credit, say, zone_of
from bot.message import Message, Style, paragraph

#: Digits of the largest id that both databases can hold.
DIGITS = 18


async def source(asked: Asked) -> Message:
    """Show a bullet with the sentence it rests on."""
    words = asked.words
    number = asked.rest.strip()
    known = number.isdecimal() and len(number) <= DIGITS
    finding = await asked.desk.stories.finding(int(number)) if known else None
    if finding is None:
        return say(words, words("source.gone"))
    lines = (
        paragraph(Style.HEADING, words("source.title")),
        paragraph(Style.TEXT, finding.agreement.bullet),
        paragraph(Style.QUOTE, finding.agreement.evidence.quote),
        credit(finding, finding.story.source, words, await zone_of(asked)),
    )
    return Message(lines, (), words.locale)
