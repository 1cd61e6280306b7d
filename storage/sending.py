"""What every delivery takes: to be claimed and to be settled, one statement each, put together once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.model import Chat, Status
from storage.tables.base import table_of
from storage.tables.outbox import DeliveryRow

_ROW = table_of(DeliveryRow)
_OTHER = _ROW.alias("other")
_MOMENT = bindparam("moment", type_=_ROW.c.next_try.type)
#: Written out in the statement, or the partial index on open deliveries is not used.
_OPEN: list[ColumnElement[Any]] = [
    literal_column(f"'{status.value}'") for status in (Status.PENDING, Status.SENDING)
]
#: What is read of a delivery that was claimed.
_CLAIMED = ("id", "message", "edition_id", "act", "target_id", "attempts", "closed")


def this(chat: Chat) -> dict[str, Any]:
    """Return the parameters that name a chat to these statements."""
    return {
        "on_platform": chat.platform,
        "of_chat": chat.id,
        "in_thread": chat.thread,
        "in_workspace": chat.workspace,
    }


def _open(row: FromClause) -> Sequence[ColumnElement[bool]]:
    """Say that a row is the chat's and has not ended."""
    return (
        row.c.platform == bindparam("on_platform"),
        row.c.chat_id == bindparam("of_chat"),
        row.c.thread == bindparam("in_thread"),
        row.c.workspace == bindparam("in_workspace"),
        row.c.status.in_(_OPEN),
    )


_OLDEST = (
    select(_ROW.c.id)
    .where(*_open(_ROW))
    .order_by(_ROW.c.id)
    .limit(1)
    .with_for_update()  # whoever else looks waits, and then finds it being sent
)
#: Takes `this` chat's oldest open delivery at `moment` for `by`, and returns what is sent.
CLAIM = (
    update(_ROW)
    .where(
        _ROW.c.id == _OLDEST.scalar_subquery(), _ROW.c.status == Status.PENDING, _ROW.c.next_try <= _MOMENT
    )
    .values(status=Status.SENDING, holder=bindparam("by"), claimed=_MOMENT, attempts=_ROW.c.attempts + 1)
    .returning(*(_ROW.c[name] for name in _CLAIMED))
)
#: Says how a `delivery`'s `attempt` ended; returns whether `this` chat is owed another at `moment`.
SETTLE = (
    update(_ROW)
    .where(
        _ROW.c.id == bindparam("delivery"),
        _ROW.c.attempts == bindparam("attempt"),
        or_(_ROW.c.status == Status.SENDING, _ROW.c.status == Status.UNKNOWN),
    )
    .values(
        status=bindparam("ended"),
        message_ids=bindparam("sent_as"),
        error=bindparam("why"),
        closed=bindparam("found_closed"),
        next_try=func.coalesce(bindparam("again_at", type_=_ROW.c.next_try.type), _ROW.c.next_try),
    )
    .returning(
        exists().where(*_open(_OTHER), _OTHER.c.id != bindparam("delivery"), _OTHER.c.next_try <= _MOMENT)
    )
)
