"""Changes owed to what was sent, and the public log of what was corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Status
from bot.ports.editions import Amendment, Correction
from bot.ports.outbox import Act
from storage.chats import chat_of
from storage.codec import encode
from storage.owing import delivery
from storage.tables.base import table_of
from storage.tables.editions import CorrectionRow
from storage.tables.outbox import DeliveryRow

_T = TypeVar("_T")
#: Values in one statement: no database binds any number of them.
_MANY = 500


def batches(values: Collection[_T]) -> Iterator[list[_T]]:
    """Yield the values by as many as fit one statement."""
    listed = list(values)
    for start in range(0, len(listed), _MANY):
        yield listed[start : start + _MANY]


async def owe(session: AsyncSession, amendments: Sequence[Amendment], now: datetime) -> int:
    """Owe each change once, to what was sent; a bulletin not on its way yet becomes what an edit would."""
    posts = await _posts(session, amendments)
    known = await _known(session, posts)
    owed: list[dict[str, Any]] = []
    for one in amendments:
        post = posts.get(one.delivery)
        if post is None or (post.id, one.key) in known:
            continue
        if post.status is Status.PENDING:
            if one.act is Act.EDIT:
                post.edition_id, post.message = one.edition, {}
        elif post.status in (Status.SENDING, Status.SENT):
            owed.append(_values(one, post, now))
    if owed:
        await session.execute(insert(table_of(DeliveryRow)), owed)
    return len(owed)


async def log(session: AsyncSession, corrections: Sequence[Correction]) -> None:
    """Add to the public log, an event once."""
    row = CorrectionRow
    ids = [one.event for one in corrections]
    known = set(await session.scalars(select(row.event_id).where(row.event_id.in_(ids)))) if ids else set()
    for one in corrections:
        if one.event not in known:
            session.add(
                row(
                    event_id=one.event,
                    at=one.at,
                    change=one.change,
                    source=one.source,
                    url=one.url,
                    headline=one.headline,
                    before=list(one.before),
                    after=list(one.after),
                )
            )


async def read(session: AsyncSession, limit: int) -> tuple[Correction, ...]:
    """Return the public log, newest first."""
    newest = select(CorrectionRow).order_by(CorrectionRow.at.desc(), CorrectionRow.event_id.desc())
    return tuple(
        Correction(
            event=row.event_id,
            at=row.at,
            change=row.change,
            source=row.source,
            url=row.url,
            headline=row.headline,
            before=tuple(row.before),
            after=tuple(row.after),
        )
        for row in await session.scalars(newest.limit(limit))
    )


async def _posts(session: AsyncSession, amendments: Sequence[Amendment]) -> dict[int, DeliveryRow]:
    """Return the rows that posted what is to change, locked: two that amend come one after the other."""
    rows = await session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.id.in_({one.delivery for one in amendments}))
        .order_by(DeliveryRow.id)
        .with_for_update()
    )
    return {row.id: row for row in rows}


async def _known(session: AsyncSession, posts: Collection[int]) -> set[tuple[int | None, str]]:
    rows = await session.execute(
        select(DeliveryRow.target_id, DeliveryRow.slot).where(DeliveryRow.target_id.in_(posts))
    )
    return {(target, slot) for target, slot in rows}


def _values(one: Amendment, post: DeliveryRow, now: datetime) -> dict[str, Any]:
    message = {} if one.edition else encode(one.message)
    return {
        **delivery(chat_of(post), message, now),
        "subscription_id": post.subscription_id,
        "slot": one.key,
        "edition_id": one.edition or None,
        "act": one.act,
        "target_id": post.id,
    }
