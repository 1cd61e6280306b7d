"""Deep links: t.me/BOT?start=topic_ai opens a private chat with us and asks "/topics ai"."""

from __future__ import annotations

import re

#: What a link may ask, and the command it stands for. Telegram allows A-Z a-z 0-9 _ -, 64 in all.
ASKS = {"topic": "/topics", "agreement": "/agreement", "source": "/source"}

_PAYLOAD = re.compile(r"/start ([a-z]+)_([\w-]+)", re.ASCII)


def followed(text: str) -> str:
    """Return the command of the link that "/start ..." came from; anything else as it is.

    A link we do not know (an old one, somebody else's) is a plain start.
    """
    if link := _PAYLOAD.fullmatch(text):
        command = ASKS.get(link[1])
        return f"{command} {link[2]}" if command else "/start"
    return "/start" if text.startswith("/start ") else text


def link(bot: str, command: str) -> str:
    """Return the address that asks `command` of the bot with that name; a plain start where none can."""
    name, _, what = command.partition(" ")
    asks = next((asks for asks, known in ASKS.items() if known == name), "")
    start = f"?start={asks}_{what}" if asks and re.fullmatch(r"[\w-]{1,50}", what, re.ASCII) else ""
    return f"https://t.me/{bot}{start}"
