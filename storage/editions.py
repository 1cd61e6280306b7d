"""Digests as composed, who was told them, and the changes owed to what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.digest import Item
from bot.editions import Edition, Frame
from bot.model import Status
from bot.ports.editions import Amendment, Correction, Shown
from bot.ports.outbox import Act
from storage import amending
from storage.amending import batches
from storage.codec import decode, encode
from storage.database import Database
from storage.tables.base import table_of
from storage.tables.editions import CursorRow, EditionItemRow, EditionRow
from storage.tables.outbox import DeliveryRow
from storage.told import items_of, rows_of

#: How far the corrections have read the events of stories.
CURSOR = "corrections"
#: The row that posts a bulletin, of a row that posts or changes it.
_ROOT = func.coalesce(DeliveryRow.target_id, DeliveryRow.id)
#: What stands in the chat, or will: an edit that failed changed nothing.
_STANDS = and_(
    DeliveryRow.edition_id.is_not(None),
    DeliveryRow.act != Act.REPLY,
    DeliveryRow.status.in_((Status.PENDING, Status.SENDING, Status.SENT, Status.UNKNOWN)),
)


class Editions:
    """The port `Editions` of bot/ports/editions.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, editions: Sequence[Edition]) -> None:
        """Keep editions; one that is known by its id changes nothing."""
        given = {edition.id: edition for edition in editions}
        if not given:
            return
        add = sqlite.insert if self._database.sqlite else postgresql.insert
        async with self._database.write() as session:
            new: set[str] = set()
            for some in batches(given.values()):
                rows = add(table_of(EditionRow)).values([_row(one) for one in some])
                new.update(
                    await session.scalars(rows.on_conflict_do_nothing().returning(EditionRow.id))
                )  # whoever composed the same at the same time has kept it
            items = [row for id_ in new for row in rows_of(given[id_])]
            if items:
                await session.execute(insert(table_of(EditionItemRow)), items)

    async def get(self, ids: Collection[str]) -> dict[str, Edition]:
        """The editions with these ids; one that is not known is left out."""
        found: dict[str, Edition] = {}
        async with self._database.read() as session:
            for some in batches(ids):
                items = await _items(session, some)
                rows = await session.scalars(select(EditionRow).where(EditionRow.id.in_(some)))
                found |= {row.id: _edition(row, items[row.id]) for row in rows}
        return found

    async def told(self, subscriptions: Collection[int], since: datetime) -> dict[int, frozenset[str]]:
        """What each subscription was told: ids of editions that were made at or after `since`."""
        told: dict[int, dict[int, str]] = defaultdict(dict)
        async with self._database.read() as session:
            for some in batches(subscriptions):
                rows = await session.execute(
                    select(func.coalesce(DeliveryRow.subscription_id, 0), _ROOT, EditionRow.id)
                    .join(EditionRow, EditionRow.id == DeliveryRow.edition_id)
                    .where(DeliveryRow.subscription_id.in_(some), _STANDS, EditionRow.made >= since)
                    .order_by(DeliveryRow.id)
                )
                for subscription, root, edition in rows:
                    told[subscription][root] = edition  # a later change replaces what it changed
        return {subscription: frozenset(editions.values()) for subscription, editions in told.items()}

    async def showing(self, stories: Collection[int], since: datetime) -> tuple[Shown, ...]:
        """Bulletins whose edition, as it stands, holds items of the stories."""
        shown: dict[int, str] = {}
        async with self._database.read() as session:
            holding = await _holding(session, stories, since)
            roots = await _roots(session, holding)
            for some in batches(roots):
                rows = await session.execute(
                    select(_ROOT, EditionRow.id)
                    .join(EditionRow, EditionRow.id == DeliveryRow.edition_id)
                    .where(DeliveryRow.id.in_(some) | DeliveryRow.target_id.in_(some), _STANDS)
                    .order_by(DeliveryRow.id)
                )
                shown |= {root: edition for root, edition in rows}  # noqa: C416 - rows are not pairs to mypy
        return tuple(Shown(root, edition) for root, edition in shown.items() if edition in holding)

    async def amend(
        self,
        amendments: Sequence[Amendment],
        corrections: Sequence[Correction],
        *,
        now: datetime,
        until: datetime,
    ) -> int:
        """Owe changes, log why, and move on to events at or after `until`: all in one transaction."""
        async with self._database.write() as session:
            owed = 0
            for some in batches(amendments):
                owed += await amending.owe(session, some, now)
            await amending.log(session, corrections)
            await session.merge(CursorRow(name=CURSOR, at=until))
        return owed

    async def amended(self) -> datetime | None:
        """Events of stories before this were dealt with; None: none so far."""
        async with self._database.read() as session:
            return await session.scalar(select(CursorRow.at).where(CursorRow.name == CURSOR))

    async def corrections(self, limit: int) -> tuple[Correction, ...]:
        """The public log, newest first."""
        async with self._database.read() as session:
            return await amending.read(session, limit)

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget editions made before then that no delivery is of, so many at most. Returns how many."""
        row = EditionRow
        held = exists().where(DeliveryRow.edition_id == row.id)
        old = select(row.id).where(row.made < before, ~held).order_by(row.made).limit(limit)
        async with self._database.write() as session:
            gone = await session.scalars(delete(row).where(row.id.in_(old)).returning(row.id))
            return len(gone.all())  # their items go with them


async def _items(session: AsyncSession, ids: Sequence[str]) -> Mapping[str, tuple[Item, ...]]:
    row = EditionItemRow
    rows = await session.scalars(
        select(row).where(row.edition_id.in_(ids)).order_by(row.edition_id, row.position, row.rank)
    )
    return defaultdict(
        tuple, {id_: items_of(group) for id_, group in groupby(rows, key=lambda item: item.edition_id)}
    )


async def _holding(session: AsyncSession, stories: Collection[int], since: datetime) -> set[str]:
    """Return the ids of editions that tell of the stories."""
    item = EditionItemRow
    found: set[str] = set()
    for some in batches(stories):
        found.update(
            await session.scalars(
                select(item.edition_id)
                .join(EditionRow, EditionRow.id == item.edition_id)
                .where(item.story_id.in_(some), EditionRow.made >= since)
                .distinct()
            )
        )
    return found


async def _roots(session: AsyncSession, editions: Collection[str]) -> set[int]:
    """Return the rows that post bulletins which hold these editions, or held them."""
    found: set[int] = set()
    for some in batches(editions):
        found.update(
            await session.scalars(select(_ROOT).where(DeliveryRow.edition_id.in_(some), _STANDS).distinct())
        )
    return found


def _row(edition: Edition) -> dict[str, Any]:
    frame = edition.frame
    return {
        "id": edition.id,
        "locale": frame.locale,
        "heading": frame.heading,
        "note": frame.note,
        "size": frame.size,
        "since": edition.since,
        "until": edition.until,
        "made": edition.made,
        "message": encode(edition.message),
    }


def _edition(row: EditionRow, items: tuple[Item, ...]) -> Edition:
    frame = Frame(row.locale, row.heading, row.note, row.size)
    return Edition(row.id, frame, items, row.since, row.until, row.made, decode(row.message))
