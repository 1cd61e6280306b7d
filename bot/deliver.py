"""A use case: send what is owed.

Never lost silently: every end of a delivery is stored and told. Never doubled by us: a request that left is
not sent again, whatever became of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import DeliveryError, Gone, Moved, NotSent, Throttled, Uncertain
from bot.model import Platform, Status
from bot.ports import Delivery, Outbox, Publisher, Subscriptions

WORKERS = 8  #: sends under way at the same time, each to another chat
FIRST_WAIT = timedelta(seconds=30)  #: before the second try, doubled after each further one ...
LONGEST_WAIT = timedelta(hours=1)  #: ... up to this
ATTEMPTS = 14  #: tries before giving up: about seven hours


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try at a delivery ended. PENDING: it is tried again at `retry_at`."""

    delivery: Delivery
    status: Status
    message_ids: tuple[str, ...] = ()
    error: str = ""
    retry_at: datetime | None = None


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
