"""Updates are worked on side by side, but those of one chat in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

#: Updates under way at the same time; one that waits for its chat's turn counts, so it is generous.
AT_ONCE = 256


class InOrder(BaseUpdateProcessor):
    """PTB's update processor with a queue for each chat."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Work on an update when those before it in its chat are done. A lock is fair: first come, first."""
        queue = self._queues.setdefault(_place(update), asyncio.Lock())
        async with queue:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _place(update: object) -> int:
    """The chat; for an inline query, which stands in none, its asker."""
    if not isinstance(update, Update):
        return 0
    where = update.effective_chat or update.effective_user
    return where.id if where else 0
