"""A platform in memory, and what an adapter keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.message import Message
from bot.model import Chat, Platform
from bot.ports.platforms import KEPT


@dataclass
class FakePublisher:
    """The port `Publisher`. Each chat meets its faults in turn; after them messages arrive."""

    faults: dict[str, list[Exception]] = field(default_factory=dict)
    sent: list[tuple[Chat, Message]] = field(default_factory=list)
    edited: list[tuple[Chat, tuple[str, ...], Message]] = field(default_factory=list)
    replied: list[tuple[Chat, str]] = field(default_factory=list)

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        if self.faults.get(chat.id):
            raise self.faults[chat.id].pop(0)
        self.sent.append((chat, message))
        return (str(len(self.sent)),)

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        if self.faults.get(chat.id):
            raise self.faults[chat.id].pop(0)
        self.edited.append((chat, tuple(message_ids), message))
        return tuple(message_ids)

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        self.replied.append((chat, message_id))
        return await self.send(chat, message)


@dataclass
class FakeButtons:
    """The port `Buttons`."""

    kept: dict[str, tuple[Platform, str, str]] = field(default_factory=dict)

    async def keep(self, chat: Chat, command: str, lasting: timedelta = KEPT) -> str:
        assert lasting
        name = f"{len(self.kept):016}"
        self.kept[name] = chat.platform, chat.id, command
        return name

    async def find(self, chat: Chat, name: str) -> str | None:
        platform, id_, command = self.kept.get(name, (chat.platform, "", None))
        return command if (platform, id_) == (chat.platform, chat.id) else None
