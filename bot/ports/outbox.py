"""What is owed to chats, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.message import Message
from bot.model import Chat, Platform, Slot, Status, Subscription


class Act(StrEnum):
    """What a delivery does in its chat."""

    POST = "post"
    EDIT = "edit"  #: put the message in place of one that was sent; doing it twice changes nothing
    REPLY = "reply"  #: post the message as an answer to one that was sent


@dataclass(frozen=True, slots=True)
class Owed:
    """What a slot brings a subscription."""

    subscription: Subscription
    slot: Slot
    until: datetime  #: findings stored before this are dealt with
    message: Message | None  #: None: there is nothing to say this time
    edition: str = ""  #: the id of the stored edition that the message is of


@dataclass(frozen=True, slots=True)
class Delivery:
    """A bulletin owed to a chat, or a change to one that was sent."""

    id: int
    chat: Chat
    message: Message
    attempts: int  #: this one included; it also tells this try from a later one
    closed: int = 0  #: tries in a row that found the chat closed
    act: Act = Act.POST
    target: tuple[str, ...] = ()  #: the message ids of what this one changes or answers


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outbox, as an operator reads it."""

    id: int
    chat: Chat
    slot: str
    status: Status
    attempts: int
    resent: int  #: how often it was sent again although it may have arrived
    tried: datetime | None  #: last
    error: str


class Outbox(Protocol):
    """Bulletins owed. At most one for each (subscription, slot), whoever asks twice."""

    async def owe_all(self, owed: Sequence[Owed]) -> tuple[bool, ...]:
        """Settle slots, and make their messages pending deliveries, a few hundred in a transaction.

        False, and no change, for each whose slot or a later one was settled before, or whose subscription is
        gone or suspended.
        """

    async def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Chat, ...]:
        """Chats whose oldest open delivery can go now; the longest waiting come first."""

    async def claim(self, chat: Chat, now: datetime, holder: str) -> Delivery | None:
        """Take the chat's oldest open delivery, marked as being sent by `holder` and committed.

        None where that one is being sent or its time has not come: a chat's deliveries go in order.
        """

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
        closed: int = 0,
        now: datetime | None = None,
    ) -> bool:
        """Record how a try ended, or (PENDING with `retry_at`) when to try again.

        Return whether the chat is owed something else at `now`; False where that is not asked. It also
        corrects a row that `rescue` took for a dead worker's; it changes nothing once that was claimed again.
        """

    async def give_up(self, chat: Chat, error: str) -> int:
        """What the chat is still owed has failed. Returns how many."""

    async def rescue(self, holder: str) -> int:
        """What a worker that is no more was sending becomes unknown. Returns how many."""

    async def counts(self) -> Mapping[Status, int]:
        """How many deliveries stand where."""

    async def entries(self, statuses: Collection[Status], limit: int) -> tuple[Entry, ...]:
        """Deliveries that stand so, newest first."""

    async def resend(self, now: datetime, ids: Collection[int]) -> int:
        """A person says: send these again, unknown or failed though they are. Returns how many."""

    async def resend_unknown(self, now: datetime, after: datetime) -> int:
        """By policy: send what is unknown, was tried after `after` and never sent again once more."""

    async def drop(self, ids: Collection[int]) -> int:
        """A person says: leave these, unknown or failed, as they are, and list them no more."""

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget deliveries due before then that were sent or dropped, so many at most. Returns how many."""
