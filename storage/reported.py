"""Writing findings: those of new stories and of changed ones, all of a batch together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as copy
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.model import Agreement, Kind
from bot.terms import terms_of
from storage.tables.base import Base, table_of
from storage.tables.findings import FindingPartyRow, FindingRow, FindingTopicRow, FindingWordsRow

_FINDINGS = table_of(FindingRow)
_DETAILS = (FindingTopicRow, FindingPartyRow, FindingWordsRow)


@dataclass(frozen=True, slots=True)
class Reported:
    """An agreement at its place in a stored story."""

    story_id: int
    headline: str
    position: int
    agreement: Agreement
    stored: datetime


def reported(
    story_id: int, headline: str, agreements: Sequence[Agreement], stored: datetime
) -> list[Reported]:
    """Number the agreements of a story."""
    return [
        Reported(story_id, headline, position, agreement, stored)
        for position, agreement in enumerate(agreements)
    ]


def add(session: Session, new: Sequence[Reported]) -> None:
    """Store new findings."""
    if new:
        values = [{"story_id": one.story_id, "stored": one.stored, **_columns(one)} for one in new]
        row = _FINDINGS.c
        rows = session.execute(insert(_FINDINGS).returning(row.story_id, row.position, row.id), values)
        ids = {(story_id, position): id_ for story_id, position, id_ in rows}
        _detail(session, [(ids[one.story_id, one.position], one) for one in new])


def replace(session: Session, story_id: int, reports: Sequence[Reported]) -> None:
    """Make a story's findings these. One that still says the same keeps its row: its id and its time."""
    kept: dict[tuple[Kind, str], list[FindingRow]] = defaultdict(list)
    for old in session.scalars(
        select(FindingRow).where(FindingRow.story_id == story_id).order_by(FindingRow.position.desc())
    ):
        kept[old.kind, old.bullet].append(old)
    new: list[Reported] = []
    again: list[tuple[int, Reported]] = []
    for one in reports:
        same = kept[one.agreement.kind, one.agreement.bullet]
        if same:
            again.append((same[-1].id, _moved(same.pop(), one)))
        else:
            new.append(one)
    gone = [row.id for left in kept.values() for row in left]
    if gone:
        session.execute(delete(FindingRow).where(FindingRow.id.in_(gone)))
    for details in _DETAILS if again else ():
        session.execute(delete(details).where(details.finding_id.in_([id_ for id_, _ in again])))
    session.flush()
    _detail(session, again)
    add(session, new)


def _moved(row: FindingRow, one: Reported) -> Reported:
    """Write where the finding stands now into its row, which keeps its time."""
    for name, value in _columns(one).items():
        setattr(row, name, value)
    return copy(one, stored=row.stored)


def _detail(session: Session, found: Iterable[tuple[int, Reported]]) -> None:
    rows: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in _DETAILS}
    for id_, one in found:
        own = {"finding_id": id_, "stored": one.stored, "position": one.position}
        rows[FindingTopicRow] += [
            {**own, "rank": rank, "topic": topic}
            for rank, topic in enumerate(dict.fromkeys(one.agreement.topics))
        ]
        rows[FindingPartyRow] += [
            {**own, "rank": rank, "name": party.name, "slug": party.slug, "kind": party.kind}
            for rank, party in enumerate(one.agreement.parties)
        ]
        words = " ".join(terms_of(one.agreement, one.headline))
        rows[FindingWordsRow].append({"finding_id": id_, "words": words})
    for table, values in rows.items():
        if values:
            session.execute(insert(table_of(table)), values)


def _columns(one: Reported) -> dict[str, Any]:
    """Return what a finding's row says of its agreement."""
    agreement = one.agreement
    return {
        "position": one.position,
        "kind": agreement.kind,
        "phrase": agreement.phrase,
        "bullet": agreement.bullet,
        "subject_start": agreement.subject.span.start,
        "subject_end": agreement.subject.span.end,
        "evidence_start": agreement.evidence.span.start,
        "evidence_end": agreement.evidence.span.end,
        "date": agreement.date,
        "on": agreement.on,
        "place": agreement.place,
        "amounts": list(agreement.amounts),
        "rule": agreement.rule,
        "score": agreement.score,
    }
