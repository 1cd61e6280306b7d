"""Which findings hold all terms of a question, by each database's own index of words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, column, func, literal, select, table

from storage.tables.findings import FindingRow, FindingWordsRow

_SEARCH = table("finding_search", column("rowid"))


def holding(
    terms: Sequence[str], narrow: Sequence[ColumnElement[bool]], limit: int, *, sqlite: bool
) -> Select[int, datetime, int]:
    """Select id, stored and position of the newest findings filed under all these terms.

    Terms are letters and digits only (bot/terms.py), so nothing in them is an operator. An id is higher the
    later its finding was stored: SQLite reads its index from the end and stops at the limit.
    """
    row = FindingRow
    chosen = select(row.id, row.stored, row.position).where(*narrow).limit(limit)
    if sqlite:
        match = column("finding_search").op("MATCH")(" ".join(f'"{term}"' for term in terms))
        return chosen.join(_SEARCH, _SEARCH.c.rowid == row.id).where(match).order_by(_SEARCH.c.rowid.desc())
    words = func.string_to_array(FindingWordsRow.words, literal(" "))
    match = words.op("@>")(func.string_to_array(" ".join(terms), literal(" ")))
    chosen = chosen.join(FindingWordsRow, FindingWordsRow.finding_id == row.id).where(match)
    return chosen.order_by(row.stored.desc(), row.position, row.id)
