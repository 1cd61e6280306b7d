"""Waiting for what another process does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(look: Callable[[], Awaitable[T]], done: Callable[[T], bool], seconds: float = 20) -> T:
    """Look again and again until `done`; TimeoutError after so many seconds, enough for a busy machine."""
    async with asyncio.timeout(seconds):
        while not done(seen := await look()):  # noqa: ASYNC110 - another process changes it
            await asyncio.sleep(0.02)
        return seen
