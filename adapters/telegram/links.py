"""Deep links: t.me/BOT?start=topic_ai opens a private chat with us and asks "/topics ai"."""

from __future__ import annotations

import re

#: What a link may ask, and the command it stands for.
ASKS = {
    "topic": "/topics",
    "agreement": "/agreement",
    "source": "/source",
    "digest": "/digest",
    "edition": "/edition",
}
_COMMANDS = {command: asks for asks, command in ASKS.items()}

#: Letters, digits, "_" and "-", 64 in all (core.telegram.org/bots/features#deep-linking). "_" is our space.
_PAYLOAD = re.compile(r"/start ([a-z]+)_([A-Za-z0-9_-]{1,50})")
_WORDS = re.compile(r"[A-Za-z0-9 -]{1,50}")


def followed(text: str) -> str:
    """Return the command of the link that "/start ..." came from; anything else as it is.

    A link we do not know (an old one, somebody else's) is a plain start.
    """
    link = _PAYLOAD.fullmatch(text)
    if link and (command := ASKS.get(link[1])):
        return f"{command} {link[2].replace('_', ' ')}"
    return "/start" if text.startswith("/start ") else text


def link(bot: str, command: str) -> str | None:
    """Return the address that asks `command` of the bot with that name; None where none can."""
    name, _, rest = command.partition(" ")
    asks = _COMMANDS.get(name)
    if asks is None or not _WORDS.fullmatch(rest):
        return None
    return f"https://t.me/{bot}?start={asks}_{rest.replace(' ', '_')}"
