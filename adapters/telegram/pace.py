"""How fast: a chat is answered as fast as Telegram takes it, and a person may ask as often as is fair.

The limits are Telegram's (core.telegram.org/bots/faq: a message a second in a chat, 20 a minute in a group),
kept by the generic cell rate algorithm: of each key we know one number, when its allowance is whole again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.errors import NotSent, Throttled
from bot.model import Chat

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]

#: The longest wait that is sat out, for an answer that somebody waits for and between a message's parts.
PATIENCE = timedelta(seconds=60)
#: Before what did not leave is tried again.
PAUSE = timedelta(seconds=2)
#: Answers to one chat at once, before the next have to wait.
BURST = 20
#: Keys remembered before those that are whole again are forgotten.
KEYS = 10_000


@dataclass
class Allowance:
    """So many at once, and then one every so many seconds, for each key by itself."""

    every: float  #: seconds
    burst: int
    clock: Clock = time.monotonic
    _whole: dict[str, float] = field(default_factory=dict)

    def wait(self, key: str) -> float:
        """Seconds until the key may act; nothing is taken."""
        now = self.clock()
        return max(0.0, self._whole.get(key, now) - (self.burst - 1) * self.every - now)

    def take(self, key: str) -> float:
        """Take the key's next turn; return the seconds until it comes."""
        now, wait = self.clock(), self.wait(key)
        if len(self._whole) > KEYS:
            self._whole = {key: whole for key, whole in self._whole.items() if whole > now}
        self._whole[key] = max(self._whole.get(key, now), now) + self.every
        return wait

    def park(self, key: str, seconds: float) -> None:
        """Let the key's next turn come no sooner than in so many seconds."""
        whole = self.clock() + seconds + (self.burst - 1) * self.every
        self._whole[key] = max(self._whole.get(key, whole), whole)


class Pace:
    """Sends answers, each chat at its own pace: one chat's wait never stops another."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep, clock: Clock = time.monotonic) -> None:
        self._sleep = sleep
        self._private = Allowance(every=1, burst=BURST, clock=clock)
        self._groups = Allowance(every=3, burst=BURST, clock=clock)

    async def send(self, chat: Chat, send: Callable[[], Awaitable[T]]) -> T:
        """Send when it is the chat's turn, and once more if nothing left. Raise Throttled for a long wait."""
        turns = self._groups if chat.id.startswith("-") else self._private
        try:
            return await self._in_turn(turns, chat, send)
        except (NotSent, Throttled):
            return await self._in_turn(turns, chat, send)

    async def _in_turn(self, turns: Allowance, chat: Chat, send: Callable[[], Awaitable[T]]) -> T:
        wait = turns.wait(chat.id)
        if wait > PATIENCE.total_seconds():
            raise Throttled(timedelta(seconds=wait))
        if turns.take(chat.id):
            await self._sleep(wait)
        try:
            return await send()
        except Throttled as error:
            turns.park(chat.id, error.retry_after.total_seconds())
            raise
        except NotSent:
            turns.park(chat.id, PAUSE.total_seconds())
            raise


class Quota:
    """Who asks too often: so many commands at once, then one every few seconds."""

    def __init__(self, *, every: float = 3, burst: int = 20, clock: Clock = time.monotonic) -> None:
        self._asked = Allowance(every, burst, clock)
        self._told: set[str] = set()

    def allows(self, user: str) -> bool:
        """Whether the user may ask now; the asking counts."""
        if self._asked.wait(user):
            return False
        self._asked.take(user)
        self._told.discard(user)
        return True

    def tells(self, user: str) -> bool:
        """Whether the user is still to be told: once for each time they were too quick."""
        new = user not in self._told
        self._told.add(user)
        return new
