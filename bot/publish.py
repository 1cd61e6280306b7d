"""Two use cases: `plan` owes each subscription the digest that is due, `deliver` sends what is owed.

Never lost silently: every end of a delivery is stored and told. Never doubled by us: a request that left is
not sent again, whatever became of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.due import due_slot
from bot.errors import DeliveryError, Gone, Moved, NotSent, Throttled, Uncertain
from bot.message import Message
from bot.model import Facet, Finding, Platform, Status, Subscription
from bot.ports import Delivery, Outbox, Publisher, Query, Stories, Subscriptions

READ = 500  #: findings that a digest is composed from at most; the newest win
WORKERS = 8  #: sends under way at the same time, each to another chat
FIRST_WAIT = timedelta(seconds=30)  #: before the second try, doubled after each further one ...
LONGEST_WAIT = timedelta(hours=1)  #: ... up to this
ATTEMPTS = 14  #: tries before giving up: about seven hours

#: (findings, locale, since, until) -> the digest; None when there is nothing to say.
Compose = Callable[[Sequence[Finding], str, datetime, datetime], Message | None]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a round of planning did."""

    owed: int = 0
    empty: int = 0  #: due, with nothing to say
    faults: tuple[str, ...] = ()  #: a line for each subscription that failed; the next round tries it again


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try at a delivery ended. PENDING: it is tried again at `retry_at`."""

    delivery: Delivery
    status: Status
    message_ids: tuple[str, ...] = ()
    error: str = ""
    retry_at: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class Post:
    """What delivering needs: the stores, the platforms that are on, a clock, who hears of each outcome."""

    outbox: Outbox
    subscriptions: Subscriptions
    publishers: Mapping[Platform, Publisher]
    clock: Callable[[], datetime]
    tell: Callable[[Outcome], None]


async def deliver(post: Post) -> Mapping[Status, int]:
    """Send all that can be sent now, and return how many tries ended how.

    Chats are served side by side, one chat's deliveries in order; a chat that must wait holds up no other.
    """
    counts: Counter[Status] = Counter()
    ends = await asyncio.gather(*(_work(post, counts) for _ in range(WORKERS)), return_exceptions=True)
    for end in ends:  # only now, so that a worker that failed cuts off no other's sending
        if end is not None:
            raise end
    return counts


async def _work(post: Post, counts: Counter[Status]) -> None:
    while claimed := await post.outbox.claim(post.clock(), tuple(post.publishers), 1):
        for delivery in claimed:
            outcome = await _try(post, delivery)
            await post.outbox.settle(
                delivery,
                outcome.status,
                message_ids=outcome.message_ids,
                error=outcome.error,
                retry_at=outcome.retry_at,
            )
            counts[outcome.status] += 1
            post.tell(outcome)


async def _try(post: Post, delivery: Delivery) -> Outcome:
    try:
        sent = await post.publishers[delivery.chat.platform].send(delivery.chat, delivery.message)
    except DeliveryError as error:
        if isinstance(error, Gone):
            await post.subscriptions.suspend(delivery.chat, str(error))
        if isinstance(error, Moved):
            await post.subscriptions.rekey(delivery.chat, error.new_id)
        return _judge(delivery, error, post.clock())
    except Exception as error:  # noqa: BLE001 - a bug may strike after the request left: never send again
        return Outcome(delivery, Status.UNKNOWN, error=repr(error))
    return Outcome(delivery, Status.SENT, message_ids=sent)


def _judge(delivery: Delivery, error: DeliveryError, now: datetime) -> Outcome:
    """Say what an error group means for a delivery. See bot/errors.py."""
    match error:
        case NotSent():
            outcome = _again(delivery, error, now + _wait(delivery.attempts))
        case Moved():
            outcome = _again(delivery, error, now)
        case Throttled():
            outcome = Outcome(delivery, Status.PENDING, error=str(error), retry_at=now + error.retry_after)
        case Uncertain():
            outcome = Outcome(delivery, Status.UNKNOWN, error=str(error))
        case _:
            outcome = Outcome(delivery, Status.FAILED, error=str(error))
    return outcome


def _again(delivery: Delivery, error: DeliveryError, at: datetime) -> Outcome:
    if delivery.attempts >= ATTEMPTS:
        return Outcome(delivery, Status.FAILED, error=f"given up after {delivery.attempts} tries: {error}")
    return Outcome(delivery, Status.PENDING, error=str(error), retry_at=at)


def _wait(attempts: int) -> timedelta:
    doublings = min(attempts - 1, ATTEMPTS)  # a chat that was throttled all day has many tries behind it
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
