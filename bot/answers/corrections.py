"""The public log: what the wires corrected and took back, and what we had said."""

from __future__ import annotations

from bot.answers.desk import Asked, say
from bot.message import Message, Paragraph, Run, Style, paragraph
from bot.model import Change
from bot.ports.editions import Correction
from bot.words import Words

#: What a phone shows in three screens.
SHOWN = 10
#: Of one correction as many as tell what it is about.
BULLETS = 3


async def corrections(asked: Asked) -> Message:
    """List the last corrections, newest first: the wire, the day, what changed."""
    words = asked.words
    logged = await asked.desk.editions.corrections(SHOWN)
    if not logged:
        return say(words, words("corrections.none"))
    zone = asked.zone
    lines = [paragraph(Style.HEADING, words("corrections.title"))]
    for one in logged:
        lines += _lines(one, words.date(one.at.astimezone(zone).date()), words)
    return Message(tuple(lines), (), words.locale)


def _lines(one: Correction, day: str, words: Words) -> list[Paragraph]:
    killed = one.change is Change.KILL
    key = "corrections.killed" if killed else "corrections.corrected"
    said = words(key, source=one.source, headline=one.headline, day=day)
    lines = [Paragraph(Style.BULLET, (Run(said, url=None if killed else one.url),))]
    for said, bullets in (("notice.was", one.before), ("notice.now", one.after)):
        lines += [paragraph(Style.QUOTE, words(said, bullet=bullet)) for bullet in bullets[:BULLETS]]
        if len(bullets) > BULLETS:
            lines.append(paragraph(Style.QUOTE, words("digest.rest", n=len(bullets) - BULLETS)))
    return lines
