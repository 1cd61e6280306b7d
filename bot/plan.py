"""A use case: owe each subscription the digest that is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.due import due_slot
from bot.message import Message
from bot.model import Facet, Finding, Subscription
from bot.ports import Outbox, Query, Stories, Subscriptions

READ = 500  #: findings that a digest is composed from at most; the newest win

#: (findings, locale, since, until) -> the digest; None when there is nothing to say.
Compose = Callable[[Sequence[Finding], str, datetime, datetime], Message | None]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a round of planning did."""

    owed: int = 0
    empty: int = 0  #: due, with nothing to say
    faults: tuple[str, ...] = ()  #: a line for each subscription that failed; the next round tries it again


async def plan(
    now: datetime, *, stories: Stories, subscriptions: Subscriptions, outbox: Outbox, compose: Compose
) -> Planned:
    """Owe every active subscription whose slot is due a digest of what was stored since its last one.

    A second round at the same time, here or in another process, owes nothing twice.
    """
    digests = _Digests(stories, compose, now, await stories.latest())
    owed = empty = 0
    faults: list[str] = []
    for subscription in await subscriptions.active():
        try:
            slot = due_slot(subscription, now, digests.latest)
            if slot is None:
                continue
            message = await digests.of(subscription)
        except Exception as error:  # noqa: BLE001 - one reader's fault must not keep the others waiting
            faults.append(f"subscription {subscription.id}: {error!r}")
            continue
        if await outbox.owe(subscription, slot, message, until=digests.until(subscription)):
            owed += message is not None
            empty += message is None
    return Planned(owed, empty, tuple(faults))


class _Digests:
    """The digests of one round. Readers who want the same get the same: it is composed once."""

    def __init__(self, stories: Stories, compose: Compose, now: datetime, latest: datetime | None) -> None:
        self._stories = stories
        self._compose = compose
        self._now = now
        self.latest = latest
        self._made: dict[tuple[tuple[str, ...], str, datetime], Message | None] = {}

    def until(self, subscription: Subscription) -> datetime:
        """Where the digest ends: just after the newest finding we saw.

        Not `now`: a story being saved meanwhile may carry an earlier time and would fall between two digests.
        """
        if self.latest is None:
            return subscription.since
        return max(subscription.since, self.latest + timedelta(microseconds=1))

    async def of(self, subscription: Subscription) -> Message | None:
        wants = subscription.wants
        topics = tuple(interest.slug for interest in wants.follow if interest.facet is Facet.TOPIC)
        key = (topics, wants.locale, subscription.since)
        if key not in self._made:
            until = self.until(subscription)
            query = Query(topics, subscription.since, until, READ)
            findings = await self._stories.findings(query)
            self._made[key] = self._compose(findings, wants.locale, subscription.since, self._now)
        return self._made[key]
