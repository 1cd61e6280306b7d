"""A use case: owe each subscription the digest that is due.

subscriptions ─▶ those with a slot due ─▶ grouped by what they want and know ─▶ an edition a group ─▶ owed
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.due import begins, due_slot
from bot.model import Slot, Subscription
from bot.ports.editions import Editions
from bot.ports.outbox import Outbox, Owed
from bot.ports.stories import Stories
from bot.ports.subscriptions import Subscriptions
from bot.press import Order, Press
from bot.words import Words

MEMORY = timedelta(days=14)  #: what was told longer ago may be told again
BATCH = 200  #: orders composed at a time: what each was told is held in memory


@dataclass(frozen=True, slots=True)
class Planned:
    """What a round of planning did."""

    owed: int = 0
    empty: int = 0  #: due, with nothing to say
    faults: tuple[str, ...] = ()  #: a line for each subscription that failed; the next round tries it again


@dataclass(frozen=True, slots=True)
class _Due:
    subscription: Subscription
    slot: Slot
    late: bool  #: a slot before this one was missed


async def plan(
    now: datetime,
    *,
    stories: Stories,
    subscriptions: Subscriptions,
    editions: Editions,
    outbox: Outbox,
    words: Mapping[str, Words],
) -> Planned:
    """Owe every active subscription whose slot is due a digest of what is new to it.

    A second round at the same time, here or in another process, owes nothing twice.
    """
    latest, faults = await stories.latest(), list[str]()
    due = [one for each in await subscriptions.active() if (one := _due(each, now, latest, faults))]
    press = Press(stories, editions, words, now, latest)
    count = {True: 0, False: 0}
    for orders in _batches(await _orders(due, editions, now)):
        owed = await _made(press, orders, faults)
        for given, new in zip(owed, await outbox.owe_all(owed), strict=True):
            count[given.message is not None] += new
    return Planned(count[True], count[False], tuple(faults))


def _due(
    subscription: Subscription, now: datetime, latest: datetime | None, faults: list[str]
) -> _Due | None:
    try:
        slot = due_slot(subscription, now, latest)
        if slot is None:
            return None
        missed = due_slot(subscription, slot.at - timedelta(minutes=1), latest)
    except Exception as error:  # noqa: BLE001 - one reader's fault must not keep the others waiting
        faults.append(_fault(subscription, error))
        return None
    return _Due(subscription, slot, late=bool(subscription.wants.times) and missed is not None)


async def _orders(due: Sequence[_Due], editions: Editions, now: datetime) -> dict[Order, list[_Due]]:
    """Group what is due by what it takes to compose it."""
    told = await editions.told([one.subscription.id for one in due], now - MEMORY) if due else {}
    orders: dict[Order, list[_Due]] = defaultdict(list)
    for one in due:
        subscription = one.subscription
        known = told.get(subscription.id, frozenset())
        orders[Order(subscription.wants, begins(subscription), known, one.late)].append(one)
    return orders


def _batches(orders: dict[Order, list[_Due]]) -> Iterator[dict[Order, list[_Due]]]:
    listed = list(orders.items())
    for start in range(0, len(listed), BATCH):
        yield dict(listed[start : start + BATCH])


async def _made(press: Press, orders: dict[Order, list[_Due]], faults: list[str]) -> list[Owed]:
    owed: list[Owed] = []
    for order, made in (await press.make(list(orders))).items():
        edition = made.edition.id if made.edition else ""
        for one in orders[order]:
            if made.fault:
                faults.append(_fault(one.subscription, made.fault))
            else:
                until = press.until(order.since)
                owed.append(Owed(one.subscription, one.slot, until, made.message, edition))
    return owed


def _fault(subscription: Subscription, error: Exception) -> str:
    return f"subscription {subscription.id}: {error!r}"
