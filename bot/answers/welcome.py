"""The first words, and what can be asked."""

from __future__ import annotations

from bot.answers.desk import MORNING, Asked
from bot.message import Button, Message, Paragraph, Run, Style, paragraph


async def start(asked: Asked) -> Message:
    """Say what this is, and offer a digest."""
    words = asked.words
    lines = (
        paragraph(Style.HEADING, words("start.title")),
        paragraph(Style.TEXT, words("start.body")),
        paragraph(Style.TEXT, words("start.next")),
    )
    buttons = (
        (Button(words("button.digest"), "/digest"), Button(words("button.topics"), "/topics")),
        (Button(words("button.subscribe", time=words.figures(MORNING)), f"/subscribe {MORNING}"),),
    )
    return Message(lines, buttons, words.locale)


async def help_(asked: Asked) -> Message:
    """List what can be asked."""
    words = asked.words
    lines = [paragraph(Style.HEADING, words("help.title"))]
    for typed, what in (
        ("/digest", "help.digest"),
        ("/topics", "help.topics"),
        ("/topics ai", "help.topic"),
        (f"/subscribe {MORNING}", "help.subscribe"),
        ("/unsubscribe", "help.unsubscribe"),
        ("/help", "help.help"),
    ):
        lines.append(Paragraph(Style.BULLET, (Run(typed, code=True), Run(f" — {words(what)}"))))
    return Message(tuple(lines), ((Button(words("button.digest"), "/digest"),),), words.locale)
