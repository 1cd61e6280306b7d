"""The first words, and what can be asked."""

from __future__ import annotations

from bot.answers.desk import MORNING, Asked
from bot.arabic.text import key
from bot.errors import AskAgain
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
    """List what can be asked, or say all about one command: `/help follow`."""
    return _about(asked) if asked.rest else _all(asked)


def _all(asked: Asked) -> Message:
    """List what matters to most; it fits a screen."""
    words = asked.words
    lines = [paragraph(Style.HEADING, words("help.title"))]
    for typed, what in (
        ("/digest", "help.digest"),
        ("/topics", "help.topics"),
        ("/topics ai", "help.topic"),
        ("/with", "help.with"),
        ("/search", "help.search"),
        ("/upcoming", "help.upcoming"),
        (f"/subscribe {MORNING}", "help.subscribe"),
        ("/follow", "help.follow"),
        ("/settings", "help.settings"),
        ("/why", "help.why"),
    ):
        lines.append(Paragraph(Style.BULLET, (Run(typed, code=True), Run(f" — {words(what)}"))))
    lines.append(Paragraph(Style.NOTE, (Run(words("help.more")), Run("/help follow", code=True))))
    buttons = (Button(words("button.digest"), "/digest"), Button(words("button.settings"), "/settings"))
    return Message(tuple(lines), (buttons,), words.locale)


def _about(asked: Asked) -> Message:
    """Say what a command is for, with examples to copy. Raise AskAgain for none that we know."""
    words, name = asked.words, _named(asked)
    if f"help.of.{name}" not in words.table:
        raise AskAgain("help.about_unknown", given=asked.rest)
    lines = (
        Paragraph(Style.HEADING, (Run(f"/{name}", code=True),)),
        paragraph(Style.TEXT, words(f"help.of.{name}")),
        *(
            Paragraph(Style.BULLET, (Run(typed, code=True),))
            for typed in words(f"help.try.{name}").split(" | ")
        ),
    )
    return Message(lines, (), words.locale)


def _named(asked: Asked) -> str:
    """Return the command that was named, with or without its slash, in any language."""
    given = asked.rest.lower().removeprefix("/")
    return asked.desk.verbs.get(key(given), given).removeprefix("/")
