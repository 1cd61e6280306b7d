"""What makes editions: each composed once for all chats that want the same and were told the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest import Item, arrange, write
from bot.editions import Edition, Frame, edition
from bot.message import Message
from bot.model import Finding, Length, Wants
from bot.novelty import Told, news
from bot.ports.editions import Editions
from bot.ports.stories import Query, Stories
from bot.wanted import verdict
from bot.words import Words

READ = 5000  #: findings that a digest is composed from at most; the newest win
#: Bullets that a digest shows before it says how many are left.
SIZES = {Length.SHORT: 5, Length.NORMAL: 15, Length.LONG: 30}


@dataclass(frozen=True, slots=True)
class Order:
    """One digest to compose, for every chat of which all this is true."""

    wants: Wants
    since: datetime  #: of what was stored from here on ...
    told: frozenset[str]  #: ... less what these editions told
    late: bool  #: it catches up, and says what it covers


@dataclass(frozen=True, slots=True)
class Made:
    """What an order comes to."""

    message: Message | None = None  #: None: nothing to say
    edition: Edition | None = None  #: None: there is nothing new in it
    fault: Exception | None = None


class Press:
    """Composes the editions of one round of planning."""

    def __init__(
        self,
        stories: Stories,
        editions: Editions,
        words: Mapping[str, Words],
        now: datetime,
        latest: datetime | None,
    ) -> None:
        self._stories = stories
        self._editions = editions
        self._words = words
        self._now = now
        self._latest = latest
        self._stored: dict[datetime, tuple[Finding, ...]] = {}

    def until(self, since: datetime) -> datetime:
        """Where a digest ends: just after the newest finding we saw.

        Not `now`: a story being saved meanwhile may carry an earlier time and would fall between two digests.
        """
        return since if self._latest is None else max(since, self._latest + timedelta(microseconds=1))

    async def make(self, orders: Sequence[Order]) -> dict[Order, Made]:
        """Compose some orders, and keep their editions."""
        stored = {order.since: await self._findings(order.since) for order in orders}
        told = await self._editions.get({id_ for order in orders for id_ in order.told})
        standing = await self._standing(stored.values(), told.values())
        made: dict[Order, Made] = {}
        for order in orders:
            items = [item for id_ in order.told if id_ in told for item in told[id_].items]
            try:
                made[order] = self._compose(order, stored[order.since], Told(items, standing))
            except Exception as error:  # noqa: BLE001 - one reader's fault must not keep the others waiting
                made[order] = Made(fault=error)
        await self._editions.save([one.edition for one in made.values() if one.edition])
        return made

    async def _findings(self, since: datetime) -> tuple[Finding, ...]:
        if since not in self._stored:
            query = Query(since=since, until=self.until(since), limit=READ)
            self._stored[since] = await self._stories.findings(query)
        return self._stored[since]

    async def _standing(
        self, stored: Iterable[Sequence[Finding]], told: Iterable[Edition]
    ) -> Collection[int]:
        """Return the ids of what still stands in stories that were told of and brought something since."""
        stories = {finding.story.id for findings in stored for finding in findings}
        again = {
            finding.story.id
            for one in told
            for item in one.items
            for finding in item.findings
            if finding.story.id in stories
        }
        return {finding.id for finding in await self._stories.standing(again)} if again else set()

    def _compose(self, order: Order, stored: Sequence[Finding], told: Told) -> Made:
        wants, words = order.wants, self._words[order.wants.locale]
        items = news([finding for finding in stored if verdict(wants, finding).wanted], told)
        frame = self._frame(order, words, items)
        if items:
            until = self.until(order.since)
            made = edition(frame, arrange(items), words, since=order.since, until=until, made=self._now)
            return Made(made.message, made)
        if wants.silent or not wants.times:
            return Made()
        return Made(write((), words, heading=frame.heading, note=frame.note))

    def _frame(self, order: Order, words: Words, items: Sequence[Item]) -> Frame:
        size = SIZES[order.wants.length]
        if not order.wants.times:
            return Frame(words.locale, size=size)
        zone = ZoneInfo(order.wants.zone)
        today, first = (words.date(at.astimezone(zone).date()) for at in (self._now, order.since))
        note = words("edition.period", since=first, until=today) if order.late else ""
        if not items:
            note = f"{words('digest.empty')} {note}".strip()
        return Frame(words.locale, f"{words('digest.title')} — {today}", note, size)
