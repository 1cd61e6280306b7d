"""Editions in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.editions import Edition
from bot.model import Status
from bot.ports.editions import Amendment, Correction, Shown
from bot.ports.outbox import Act, Delivery
from tests.fakes.outbox import FakeOutbox
from tests.fakes.rows import Row

STANDS = (Status.PENDING, Status.SENDING, Status.SENT, Status.UNKNOWN)


@dataclass
class FakeEditions:
    """The port `Editions`; shares its rows with the outbox."""

    outbox: FakeOutbox
    kept: dict[str, Edition] = field(default_factory=dict)
    logged: dict[int, Correction] = field(default_factory=dict)
    until: datetime | None = None

    async def save(self, editions: Sequence[Edition]) -> None:
        for edition in editions:
            self.kept.setdefault(edition.id, edition)

    async def get(self, ids: Collection[str]) -> dict[str, Edition]:
        return {id_: self.kept[id_] for id_ in ids if id_ in self.kept}

    def _standing(self, since: datetime) -> Iterator[tuple[int, Row]]:
        """Each posting delivery's id, with the row that says what stands in its chat."""
        latest: dict[int, Row] = {}
        for row in self.outbox.rows:
            stands = row.edition and row.delivery.act is not Act.REPLY and row.status in STANDS
            if stands and self.kept[row.edition].made >= since:
                latest[row.post or row.delivery.id] = row
        yield from latest.items()

    async def told(self, subscriptions: Collection[int], since: datetime) -> dict[int, frozenset[str]]:
        told: dict[int, set[str]] = defaultdict(set)
        for _, row in self._standing(since):
            if row.subscription in subscriptions:
                told[row.subscription].add(row.edition)
        return {subscription: frozenset(ids) for subscription, ids in told.items()}

    async def showing(self, stories: Collection[int], since: datetime) -> tuple[Shown, ...]:
        return tuple(
            Shown(post, row.edition)
            for post, row in self._standing(since)
            if any(f.story.id in stories for item in self.kept[row.edition].items for f in item.findings)
        )

    async def amend(
        self,
        amendments: Sequence[Amendment],
        corrections: Sequence[Correction],
        *,
        now: datetime,
        until: datetime,
    ) -> int:
        owed = 0
        for one in amendments:
            post = self.outbox.rows[one.delivery - 1]
            if any((row.post, row.slot) == (one.delivery, one.key) for row in self.outbox.rows):
                continue
            if post.status is Status.PENDING and one.act is Act.EDIT:
                post.edition, post.delivery = one.edition, replace(post.delivery, message=one.message)
            if post.status in (Status.SENDING, Status.SENT):
                self._add(one, post, now)
                owed += 1
        for correction in corrections:
            self.logged.setdefault(correction.event, correction)
        self.until = until
        return owed

    def _add(self, one: Amendment, post: Row, now: datetime) -> None:
        rows = self.outbox.rows
        delivery = Delivery(len(rows) + 1, post.delivery.chat, one.message, 0, act=one.act)
        row = Row(delivery, post.subscription, one.key, Status.PENDING, now)
        row.edition, row.post = one.edition, one.delivery
        rows.append(row)

    async def prune(self, before: datetime, limit: int) -> int:
        held = {row.edition for row in self.outbox.rows}
        old = [id_ for id_, one in self.kept.items() if one.made < before and id_ not in held][:limit]
        for id_ in old:
            del self.kept[id_]
        return len(old)

    async def amended(self) -> datetime | None:
        return self.until

    async def corrections(self, limit: int) -> tuple[Correction, ...]:
        return tuple(sorted(self.logged.values(), key=lambda one: one.at, reverse=True)[:limit])
