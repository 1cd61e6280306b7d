"""Reading findings: which ones a query chooses, and how their rows become values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.model import Agreement, Evidence, Finding, Party, Span, StoryRef
from bot.ports import Query
from storage.tables import FindingPartyRow, FindingRow, FindingTopicRow, StoryRow


async def newest(session: AsyncSession, query: Query) -> list[int]:
    """Return the ids of the findings that a query chooses, in its order."""
    if not query.topics:
        return list(await session.scalars(_newest_of_all(query)))
    # Each topic's newest by its own index, then the newest of those: no topic's size matters.
    topics = [_newest_of_topic(topic, query).subquery() for topic in dict.fromkeys(query.topics)]
    found = union(*(select(topic) for topic in topics)).subquery().c
    return list(
        await session.scalars(
            select(found.id).order_by(found.stored.desc(), found.position, found.id).limit(query.limit)
        )
    )


def _newest_of_all(query: Query) -> Select[int]:
    return (
        select(FindingRow.id)
        .where(*_within(FindingRow, query))
        .order_by(FindingRow.stored.desc(), FindingRow.position, FindingRow.id)
        .limit(query.limit)
    )


def _newest_of_topic(topic: str, query: Query) -> Select[int, datetime, int]:
    row = FindingTopicRow
    return (
        select(row.finding_id.label("id"), row.stored, row.position)
        .where(row.topic == topic, *_within(row, query))
        .order_by(row.stored.desc(), row.position, row.finding_id)
        .limit(query.limit)
    )


def _within(row: type[FindingRow | FindingTopicRow], query: Query) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    if query.since is not None:
        bounds.append(row.stored >= query.since)
    if query.until is not None:
        bounds.append(row.stored < query.until)
    return bounds


async def count(session: AsyncSession, query: Query) -> int:
    """Return how many findings a query would choose without its limit."""
    topics = set(query.topics)
    if not topics:
        statement = select(func.count()).select_from(FindingRow).where(*_within(FindingRow, query))
    else:
        # One topic holds a finding once; only several can hold it twice.
        counted = func.count() if len(topics) == 1 else func.count(distinct(FindingTopicRow.finding_id))
        chosen = FindingTopicRow.topic.in_(topics)
        statement = (
            select(counted).select_from(FindingTopicRow).where(chosen, *_within(FindingTopicRow, query))
        )
    return (await session.execute(statement)).scalar_one()


async def topic_counts(session: AsyncSession, query: Query) -> dict[str, int]:
    """Return how many findings each topic has within the query's times, among its topics if it names any."""
    statement = select(FindingTopicRow.topic, func.count().label("n")).where(*_within(FindingTopicRow, query))
    if query.topics:
        statement = statement.where(FindingTopicRow.topic.in_(query.topics))
    rows = await session.execute(statement.group_by(FindingTopicRow.topic))
    return {row.topic: row.n for row in rows}


async def load(session: AsyncSession, ids: Sequence[int]) -> tuple[Finding, ...]:
    """Return the findings with these ids, in this order; an id that is not there is left out."""
    rows = {row.id: row for row in await session.execute(_with_story(ids))}
    topics: dict[int, list[str]] = defaultdict(list)
    for row in await session.execute(_details(FindingTopicRow, ids, FindingTopicRow.topic)):
        topics[row.finding_id].append(row.topic)
    parties: dict[int, list[Party]] = defaultdict(list)
    party = FindingPartyRow
    for row in await session.execute(_details(party, ids, party.name, party.slug, party.kind)):
        parties[row.finding_id].append(Party(row.name, row.slug, row.kind))
    return tuple(_finding(rows[id_], topics[id_], parties[id_]) for id_ in ids if id_ in rows)


def _details(
    table: type[FindingTopicRow | FindingPartyRow], ids: Sequence[int], *columns: InstrumentedAttribute[str]
) -> Select[*tuple[Any, ...]]:
    chosen = select(table.finding_id, *columns).where(table.finding_id.in_(ids))
    return chosen.order_by(table.finding_id, table.rank)


def _with_story(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Select findings beside what a digest shows of their stories; the quotes are cut by the database.

    Columns, not rows of the session: nothing is changed here, and that takes half the time.
    """
    found, story = FindingRow, StoryRow
    subject = (found.subject_start + 1, found.subject_end - found.subject_start)
    evidence = (found.evidence_start + 1, found.evidence_end - found.evidence_start)
    return (
        select(
            *found.__table__.columns,
            story.source,
            story.url,
            story.headline,
            story.published,
            func.coalesce(story.cluster, story.id).label("cluster"),
            func.substr(story.text, *subject).label("subject"),
            func.substr(story.text, *evidence).label("evidence"),
        )
        .join(story, story.id == found.story_id)
        .where(found.id.in_(ids))
    )


def _finding(row: Row[*tuple[Any, ...]], topics: list[str], parties: list[Party]) -> Finding:
    agreement = Agreement(
        kind=row.kind,
        parties=tuple(parties),
        subject=Evidence(Span(row.subject_start, row.subject_end), row.subject),
        evidence=Evidence(Span(row.evidence_start, row.evidence_end), row.evidence),
        phrase=row.phrase,
        bullet=row.bullet,
        topics=tuple(topics),
        date=row.date,
        on=row.on,
        place=row.place,
        rule=row.rule,
        score=row.score,
    )
    story = StoryRef(row.story_id, row.source, row.url, row.headline, row.published, row.cluster)
    return Finding(row.id, agreement, story)
