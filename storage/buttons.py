"""What long buttons mean."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from sqlalchemy import delete, select

from bot.model import Chat
from bot.ports.platforms import KEPT
from storage.database import Database
from storage.tables.platforms import ButtonRow

BYTES = 12  #: of a name; base64 makes 16 signs of them


class Buttons:
    """The port `Buttons` of bot/ports/platforms.py."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, chat: Chat, command: str, lasting: dt.timedelta = KEPT) -> str:
        """Keep a command and forget what has expired."""
        now, name = self._clock(), secrets.token_urlsafe(BYTES)
        async with self._database.write() as session:
            await session.execute(delete(ButtonRow).where(ButtonRow.until < now))
            until = now + lasting
            session.add(
                ButtonRow(name=name, platform=chat.platform, chat_id=chat.id, command=command, until=until)
            )
        return name

    async def find(self, chat: Chat, name: str) -> str | None:
        """Look a name up in this chat."""
        async with self._database.read() as session:
            return await session.scalar(
                select(ButtonRow.command).where(
                    ButtonRow.name == name,
                    ButtonRow.platform == chat.platform,
                    ButtonRow.chat_id == chat.id,
                    ButtonRow.until >= self._clock(),
                )
            )
