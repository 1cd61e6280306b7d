"""A platform's limit: so many sends a second, however many chats are served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


class Pace:
    """Turns, evenly spread. One for each platform and process; `share` parts the limit among processes.

    `clock` gives seconds and never goes back; `sleep` waits so many of them.
    """

    def __init__(
        self, per_second: float, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._gap = self._alone = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0

    def share(self, processes: int) -> None:
        """Say how many processes send to the platform, this one included."""
        self._gap = self._alone * max(1, processes)

    async def turn(self) -> None:
        """Wait for a turn."""
        now = self._clock()
        self._next = max(self._next, now)
        wait, self._next = self._next - now, self._next + self._gap
        if wait:
            await self._sleep(wait)

    def spend(self, turns: int) -> None:
        """Count what was sent in one turn beside the first; -1 gives a turn back that was not used."""
        self._next += turns * self._gap
