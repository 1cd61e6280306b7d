"""One request at a time to each host: no feed and no page of ours is worth two connections to it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from math import inf


class Turns:
    """Who asks a host waits until nobody else does, and until it was left alone for a while."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._left: dict[str, float] = {}

    @asynccontextmanager
    async def at(self, host: str, pause: float = 0) -> AsyncIterator[None]:
        """Have the host to oneself, `pause` seconds after whoever had it before."""
        clock = asyncio.get_running_loop().time
        async with self._locks[host]:
            rest = self._left.get(host, -inf) + pause - clock()
            if rest > 0:
                await self._sleep(rest)
            try:
                yield
            finally:
                self._left[host] = clock()
