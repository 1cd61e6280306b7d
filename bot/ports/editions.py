"""Digests as composed, and what was corrected in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.editions import Edition
from bot.message import Message
from bot.model import Change
from bot.ports.outbox import Act


@dataclass(frozen=True, slots=True)
class Shown:
    """A bulletin that was sent or is about to be, as it stands after every change owed to it so far."""

    delivery: int  #: the row that posts it
    edition: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change owed to what was sent. `key` names its cause: a bulletin gets one at most for each."""

    delivery: int  #: the row that posts it
    key: str
    act: Act
    message: Message
    edition: str = ""  #: what the message makes of it; a notice makes nothing


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the public log: what a wire corrected or took back."""

    event: int  #: the story's event
    at: datetime
    change: Change
    source: str
    url: str | None
    headline: str
    before: tuple[str, ...] = ()  #: what we said, of the items that readers were told ...
    after: tuple[str, ...] = ()  #: ... and what stands instead; empty: nothing


class Editions(Protocol):
    """Digests as composed, who was told them, and what was corrected in them."""

    async def save(self, editions: Sequence[Edition]) -> None:
        """Keep editions; one that is known by its id changes nothing."""

    async def get(self, ids: Collection[str]) -> dict[str, Edition]:
        """The editions with these ids; one that is not known is left out."""

    async def told(self, subscriptions: Collection[int], since: datetime) -> dict[int, frozenset[str]]:
        """What each subscription was told: ids of editions with items that were made at or after `since`.

        Those of deliveries owed, sent or unknown, and of changes to them; not of those that failed.
        """

    async def showing(self, stories: Collection[int], since: datetime) -> tuple[Shown, ...]:
        """Bulletins made at or after `since` whose edition, as it stands, holds items of the stories.

        Only those owed or sent: of one that failed, or of which we know no message, nothing can be changed.
        """

    async def amend(
        self,
        amendments: Sequence[Amendment],
        corrections: Sequence[Correction],
        *,
        now: datetime,
        until: datetime,
    ) -> int:
        """Owe changes, log why, and move on to events at or after `until`: all in one transaction.

        A bulletin that is not on its way yet becomes what an edit would make of it, and its notices are
        dropped. Return how many changes are owed.
        """

    async def amended(self) -> datetime | None:
        """Events of stories before this were dealt with; None: none so far."""

    async def corrections(self, limit: int) -> tuple[Correction, ...]:
        """The public log, newest first."""

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget editions made before then that no delivery is of, so many at most. Returns how many."""
