"""Who gets a digest and when."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.message import Message
from bot.model import Chat, Platform, Subscription, Wants


class Subscriptions(Protocol):
    """Who gets a digest and when. One subscription a chat, known by the same id whenever the chat returns."""

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Add it, or replace the chat's own; the id is the store's.

        The chat's next digest is the first slot after `subscription.settled` (after `since` where that is
        None). An active subscription that is replaced keeps its own `since`, so that changing the hour
        neither loses findings nor sends them again.
        """

    async def keep(self, subscription: Subscription) -> None:
        """Keep what a chat wants that has no subscription: it gets nothing until it asks."""

    async def chosen(self, chat: Chat) -> Wants | None:
        """What the chat chose, with or without a subscription; None: nothing yet."""

    async def change(self, chat: Chat, wants: Wants) -> bool:
        """Let the chat want something else from its next digest on; False if it has no subscription.

        What was settled and from where the next digest covers stay.
        """

    async def pause(self, chat: Chat, until: datetime) -> bool:
        """Let nothing be due before `until`, or from then on where it is past; False without a subscription.

        Of the pause the first digest after it covers the last day (bot/due.py).
        """

    async def unsubscribe(self, chat: Chat) -> bool:
        """End the chat's; False if it had none. What it chose and what it was told stay known."""

    async def forget(self, chat: Chat) -> None:
        """Erase all that is known of the chat: what it chose, what it is owed and what it was told."""

    async def of(self, chat: Chat) -> Subscription | None:
        """The chat's subscription."""

    async def active(self) -> tuple[Subscription, ...]:
        """All that are not suspended."""

    async def of_workspace(self, platform: Platform, workspace: str) -> tuple[Chat, ...]:
        """The chats of a workspace that have subscriptions, suspended ones too."""

    async def suspend(self, chat: Chat, reason: str, now: datetime, notice: Message | None) -> bool:
        """Plan nothing more for a chat that is closed to us; False if that was so before, or it has none.

        What it is owed stays owed. In the same transaction the subscription's owner is owed the notice, where
        the chat is another one than the owner's own.
        """

    async def resume(self, chat: Chat, now: datetime) -> bool:
        """The chat is open again: plan for it, and what it is owed is due `now`. False if it never closed."""

    async def rekey(self, chat: Chat, new_id: str, *, sent: bool = False) -> None:
        """The chat has a new id. `sent`: what it was sent is there too, under the ids it had (Slack)."""
