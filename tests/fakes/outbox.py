"""The outbox in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import Chat, Platform, Status
from bot.ports.outbox import Act, Delivery, Entry, Owed
from tests.fakes.rows import Row, add
from tests.fakes.subscriptions import FakeSubscriptions


@dataclass
class FakeOutbox:
    """The port `Outbox`; shares its rows with the subscriptions."""

    subscriptions: FakeSubscriptions

    @property
    def rows(self) -> list[Row]:
        return self.subscriptions.rows

    async def owe_all(self, owed: Sequence[Owed]) -> tuple[bool, ...]:
        return tuple([await self._owe(one) for one in owed])

    async def _owe(self, owed: Owed) -> bool:
        id_, at = owed.subscription.id, owed.slot.at
        known = next((s for s in await self.subscriptions.active() if s.id == id_), None)
        if known is None or (known.settled or known.since) >= at:
            return False
        self.subscriptions.kept[known.chat] = replace(known, settled=at, since=max(known.since, owed.until))
        if owed.message is not None:
            row = add(self.rows, known.chat, owed.message, known.id, owed.slot)
            row.edition = owed.edition
        return True

    def _oldest(self) -> dict[Chat, Row]:
        oldest: dict[Chat, Row] = {}
        for row in self.rows:
            if row.status in (Status.PENDING, Status.SENDING):
                oldest.setdefault(row.delivery.chat, row)
        return oldest

    async def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Chat, ...]:
        due = [
            (row.next_try, row.delivery.id, chat)
            for chat, row in self._oldest().items()
            if row.status is Status.PENDING and row.next_try <= now and chat.platform is platform
        ]
        return tuple(chat for _, _, chat in sorted(due, key=lambda one: one[:2])[:limit])

    async def claim(self, chat: Chat, now: datetime, holder: str) -> Delivery | None:
        row = self._oldest().get(chat)
        if row is None or row.status is not Status.PENDING or row.next_try > now:
            return None
        row.status, row.holder, row.tried = Status.SENDING, holder, now
        sent = [
            r.message_ids
            for r in self.rows
            if r.delivery.id == row.post or (r.post == row.post and r.delivery.act is Act.EDIT)
            if r.status is Status.SENT
        ]
        target = sent[-1] if row.post and sent else ()
        row.delivery = replace(row.delivery, attempts=row.delivery.attempts + 1, target=target)
        return row.delivery

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
        row = next(row for row in self.rows if row.delivery.id == delivery.id)
        if row.delivery.attempts == delivery.attempts and row.status in (Status.SENDING, Status.UNKNOWN):
            row.status, row.message_ids, row.error = status, message_ids, error
            row.next_try = retry_at or row.next_try
            row.delivery = replace(row.delivery, closed=closed)
        left = [other for other in self.rows if other.delivery.chat == delivery.chat]
        return now is not None and any(
            other.status in (Status.PENDING, Status.SENDING) and other.next_try <= now for other in left
        )

    async def give_up(self, chat: Chat, error: str) -> int:
        left = [r for r in self.rows if r.delivery.chat == chat and r.status is Status.PENDING]
        for row in left:
            row.status, row.error = Status.FAILED, error
        return len(left)

    async def rescue(self, holder: str) -> int:
        left = [row for row in self.rows if row.status is Status.SENDING and row.holder == holder]
        for row in left:
            row.status, row.error = Status.UNKNOWN, "the program stopped while sending"
        return len(left)

    async def counts(self) -> Mapping[Status, int]:
        return Counter(row.status for row in self.rows)

    async def entries(self, statuses: Collection[Status], limit: int) -> tuple[Entry, ...]:
        chosen = [row for row in reversed(self.rows) if row.status in statuses][:limit]
        return tuple(
            Entry(
                row.delivery.id,
                row.delivery.chat,
                row.slot,
                row.status,
                row.delivery.attempts,
                row.resent,
                row.tried,
                row.error,
            )
            for row in chosen
        )

    async def resend(self, now: datetime, ids: Collection[int]) -> int:
        return self._again(now, [row for row in self._awry() if row.delivery.id in ids])

    async def resend_unknown(self, now: datetime, after: datetime) -> int:
        rows = [row for row in self._awry() if row.status is Status.UNKNOWN and not row.resent]
        return self._again(now, [row for row in rows if row.tried and row.tried >= after])

    async def drop(self, ids: Collection[int]) -> int:
        rows = [row for row in self._awry() if row.delivery.id in ids]
        for row in rows:
            row.status = Status.DROPPED
        return len(rows)

    async def prune(self, before: datetime, limit: int) -> int:
        ended = (Status.SENT, Status.DROPPED)
        old = [row for row in self.rows if row.status in ended and row.next_try < before][:limit]
        self.rows[:] = [row for row in self.rows if row not in old]
        return len(old)

    def _awry(self) -> list[Row]:
        return [row for row in self.rows if row.status in (Status.UNKNOWN, Status.FAILED)]

    def _again(self, now: datetime, rows: Sequence[Row]) -> int:
        for row in rows:
            row.status, row.next_try = Status.PENDING, now
            row.resent += 1
            row.delivery = replace(row.delivery, closed=0)
        return len(rows)
