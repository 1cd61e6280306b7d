"""A Message as plain text: what a terminal, a pipe or a mail shows. No direction marks: the words alone."""

from __future__ import annotations

from adapters.bidi import clean
from adapters.markup.layout import marked, visible
from bot.message import Message, Run, Style


def to_text(message: Message) -> str:
    """Return a line a paragraph, a blank line before each later heading, and the buttons' commands."""
    lines: list[str] = []
    for paragraph in visible(message):
        if paragraph.style is Style.HEADING and lines:
            lines.append("")
        lines.append("".join(_text(run) for run in marked(paragraph)).strip())
    buttons = [
        f"[{clean(button.label)}] {clean(button.command)}" for row in message.buttons for button in row
    ]
    return "\n".join([*lines, "", *buttons] if buttons and lines else lines + buttons)


def _text(run: Run) -> str:
    """A run's words, with its address behind them where they do not say it."""
    text = clean(run.text)
    return f"{text} <{run.url}>" if run.url and run.url != text else text
