"""Turning pages in place: "more" under an answer replaces it, and a way back is added.

A bulletin is no answer: it stays as it was posted, and what it offers comes as a new message.
"""

from __future__ import annotations

from dataclasses import replace

from bot.commands import paged
from bot.message import Button, Message
from bot.words import Words

#: Commands whose last number is a page.
PAGED = ("/digest", "/topics", "/with", "/search", "/upcoming", "/sources")


def turning(asked: str, message: Message, words: Words) -> Message:
    """Mark the buttons of an answer that turn its pages, and offer the page before."""
    name, rest, page = _page(asked)
    if name not in PAGED:
        return message
    rows = [tuple(replace(b, turns=_turns(b, name, rest)) for b in row) for row in message.buttons]
    back = " ".join(part for part in (name, rest, str(page - 1)) if part)
    if page > 1 and all(button.command != back for row in rows for button in row):
        button = Button(words("telegram.previous"), back, turns=True)
        follows = bool(rows) and any(other.turns for other in rows[-1])
        rows[-1 if follows else len(rows) :] = [(button, *rows[-1]) if follows else (button,)]
    return replace(message, buttons=tuple(rows))


def _turns(button: Button, name: str, rest: str) -> bool:
    """Whether a button leads to another page of the same answer; of a digest also to another day."""
    its_name, its_rest, _ = _page(button.command)
    return its_name == name and (its_rest == rest or name == "/digest")


def _page(command: str) -> tuple[str, str, int]:
    name, _, rest = command.partition(" ")
    return (name.lower(), *paged(rest.strip()))
