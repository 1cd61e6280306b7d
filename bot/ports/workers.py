"""How several processes share the work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.model import Chat, Platform


class Leases(Protocol):
    """Names that one process at a time holds. One that shows no sign of life for a while loses its own."""

    @property
    def me(self) -> str:
        """What this holder is called; no other ever is."""

    async def take(self, name: str) -> bool:
        """Take a name, or keep our own; False while a living process has it."""

    async def renew(self) -> None:
        """Show a sign of life for every name we hold."""

    async def held(self, prefix: str) -> Mapping[str, str]:
        """Names that are held: by whom."""

    async def dead(self, prefix: str) -> Mapping[str, str]:
        """Names whose holder shows no sign of life: who that was."""

    async def release(self, name: str) -> None:
        """Give a name up; one that is not ours stays as it is."""


class Dispatcher(Protocol):
    """Has chats served side by side, up to a limit. It shares them out; the outbox keeps their order."""

    async def busy(self, platform: Platform) -> Collection[Chat]:
        """Chats that wait to be served or are being served, here or in another process."""

    async def dispatch(self, platform: Platform, chats: Collection[Chat]) -> None:
        """Have each of a platform's chats served soon."""

    async def adopt(self, worker: str) -> None:
        """A worker is no more: the chats it was serving are busy no longer."""

    async def tidy(self) -> None:
        """Forget what is done, and free chats that this process seems to serve and does not."""
