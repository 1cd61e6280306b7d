"""Reading findings: which ones a query chooses, and how their rows become values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

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
    rows = {row.FindingRow.id: row for row in await session.execute(_with_story(ids))}
    topics: dict[int, list[str]] = defaultdict(list)
    topic = FindingTopicRow
    for topic_row in await session.scalars(
        select(topic).where(topic.finding_id.in_(ids)).order_by(topic.finding_id, topic.rank)
    ):
        topics[topic_row.finding_id].append(topic_row.topic)
    parties: dict[int, list[Party]] = defaultdict(list)
    party = FindingPartyRow
    for party_row in await session.scalars(
        select(party).where(party.finding_id.in_(ids)).order_by(party.finding_id, party.rank)
    ):
        parties[party_row.finding_id].append(Party(party_row.name, party_row.slug, party_row.kind))
    return tuple(_finding(rows[id_], topics[id_], parties[id_]) for id_ in ids if id_ in rows)


def _with_story(ids: Sequence[int]) -> Select[Any]:
    """Select findings beside what a digest shows of their stories; the quotes are cut by the database."""
    found, story = FindingRow, StoryRow
    return (
        select(
            found,
            story.source,
            story.url,
            story.headline,
            story.published,
            func.substr(story.text, found.subject_start + 1, found.subject_end - found.subject_start).label(
                "subject"
            ),
            func.substr(
                story.text, found.evidence_start + 1, found.evidence_end - found.evidence_start
            ).label("evidence"),
        )
        .join(story, story.id == found.story_id)
        .where(found.id.in_(ids))
    )


def _finding(row: Row[Any], topics: list[str], parties: list[Party]) -> Finding:
    found: FindingRow = row.FindingRow
    agreement = Agreement(
        kind=found.kind,
        parties=tuple(parties),
        subject=Evidence(Span(found.subject_start, found.subject_end), row.subject),
        evidence=Evidence(Span(found.evidence_start, found.evidence_end), row.evidence),
        phrase=found.phrase,
        bullet=found.bullet,
        topics=tuple(topics),
        date=found.date,
        on=found.on,
        place=found.place,
        rule=found.rule,
        score=found.score,
    )
    story = StoryRef(found.story_id, row.source, row.url, row.headline, row.published)
    return Finding(found.id, agreement, story)
