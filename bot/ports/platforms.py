"""A platform that carries messages, and what it must remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.message import Message
from bot.model import Chat


class Publisher(Protocol):
    """A platform that can carry a message."""

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Send, in as many parts as the platform needs; return the platform's message ids.

        Raise NotSent, Throttled, Uncertain, Refused, Gone or Moved. Once a part has left, whatever stops the
        rest is Uncertain: any other error would have the first part sent again.
        """

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        """Put `message` in place of what was sent in these parts; return the ids of its parts now.

        Doing it twice changes nothing, so a request that had no answer is NotSent too: try again later.
        Uncertain only where a part had to be added. Raise Refused where the platform lets nobody edit it.
        """

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        """Send as an answer to a message of ours; where that is gone, as a message of its own.

        Raise as `send` does.
        """


class Heard(Protocol):
    """What platforms have told us, for as long as they may tell it again."""

    async def first(self, key: str, now: datetime) -> bool:
        """Remember the key; False if it was known before, by whichever of our processes."""


#: How long a button is worth pressing.
KEPT = timedelta(days=90)


class Buttons(Protocol):
    """What is too long for a platform's button, kept for a while under names nobody can guess."""

    async def keep(self, chat: Chat, command: str, lasting: timedelta = KEPT) -> str:
        """Keep a command for a button in this chat; return its name, 16 signs of A-Z a-z 0-9 - _."""

    async def find(self, chat: Chat, name: str) -> str | None:
        """The command kept for this chat; None for one of another chat, or kept too long ago."""
