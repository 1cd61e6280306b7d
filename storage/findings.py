"""Reading findings: which ones a query chooses, and how their rows become values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.model import Agreement, Evidence, Finding, Party, Span, StoryRef
from bot.ports.stories import Query
from bot.terms import asked
from storage.search import holding
from storage.tables.findings import FindingPartyRow, FindingRow, FindingTopicRow, TopicCountRow
from storage.tables.stories import StoryRow

Side = tuple[str, ...]  #: slugs that stand for one party
_Chosen = Select[int, datetime, int] | CompoundSelect[*tuple[Any, ...]]
_Ordered = type[FindingRow | FindingTopicRow | FindingPartyRow]
#: As many of a party's findings are counted to see which of several parties has the fewest.
_MANY = 2_000


async def newest(session: AsyncSession, query: Query) -> list[int]:
    """Return the ids of the findings that a query chooses, in its order."""
    if query.text is not None:
        found: _Chosen = _holding(query, sqlite=session.get_bind().dialect.name == "sqlite")
    elif query.parties:
        found = _of_parties(await _rarest_first(session, query.parties), query)
    elif len(query.topics) == 1:
        found = _of_topic(query.topics[0], query)
    elif query.topics:
        # Each topic's newest by its own index, then the newest of those: no topic's size matters.
        topics = [_of_topic(topic, query).subquery() for topic in dict.fromkeys(query.topics)]
        found = union(*(select(topic) for topic in topics))
    else:
        found = _ordered(FindingRow, FindingRow.id, query)
    row = found.subquery().c
    order = (row.stored.desc(), row.position, row.id)
    return list(await session.scalars(select(row.id).order_by(*order).limit(query.limit)))


def _ordered(
    row: _Ordered, id_: InstrumentedAttribute[int], query: Query, *narrow: ColumnElement[bool]
) -> Select[int, datetime, int]:
    """Select id, stored and position of a table's newest rows."""
    return (
        select(id_.label("id"), row.stored, row.position)
        .where(*narrow, *_within(row, query))
        .order_by(row.stored.desc(), row.position, id_)
        .limit(query.limit)
    )


def _holding(query: Query, *, sqlite: bool) -> Select[int, datetime, int]:
    terms = asked(query.text or "")
    if not terms:
        return _ordered(FindingRow, FindingRow.id, query, false())
    narrow = [_is_party(FindingRow, FindingRow.id, side) for side in query.parties]
    narrow += [*_about(FindingRow.id, query), *_within(FindingRow, query)]
    return holding(terms, narrow, query.limit, sqlite=sqlite)


async def _rarest_first(session: AsyncSession, parties: Sequence[Side]) -> list[Side]:
    """Put the party of the fewest findings first, for its findings are looked through for the others."""
    sizes: dict[Side, int] = {}
    for side in dict.fromkeys(parties) if len(parties) > 1 else ():
        some = select(FindingPartyRow.slug).where(FindingPartyRow.slug.in_(side)).limit(_MANY).subquery()
        sizes[side] = (await session.execute(select(func.count()).select_from(some))).scalar_one()
    return sorted(sizes, key=lambda side: sizes[side]) or list(parties)


def _of_parties(sides: Sequence[Side], query: Query) -> CompoundSelect[int, datetime, int]:
    row, (first, *others) = FindingPartyRow, sides
    narrow = [_is_party(row, row.finding_id, side) for side in others] + _about(row.finding_id, query)
    of_slugs = (_ordered(row, row.finding_id, query, row.slug == slug, *narrow).subquery() for slug in first)
    return union(*(select(found).distinct() for found in of_slugs))


def _is_party(
    row: type[FindingRow | FindingPartyRow], id_: InstrumentedAttribute[int], side: Side
) -> ColumnElement[bool]:
    """Say that a party is among the finding's: all of its index's columns are given, so one look tells."""
    other = aliased(FindingPartyRow)
    same = (other.stored == row.stored, other.position == row.position, other.finding_id == id_)
    return exists().where(other.slug.in_(side), *same)


def _of_topic(topic: str, query: Query) -> Select[int, datetime, int]:
    return _ordered(FindingTopicRow, FindingTopicRow.finding_id, query, FindingTopicRow.topic == topic)


def _about(id_: InstrumentedAttribute[int], query: Query) -> list[ColumnElement[bool]]:
    """Say that the finding is about one of the query's topics."""
    row = aliased(FindingTopicRow)
    return [exists().where(row.finding_id == id_, row.topic.in_(query.topics))] if query.topics else []


def _within(row: _Ordered, query: Query) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    if query.since is not None:
        bounds.append(row.stored >= query.since)
    if query.until is not None:
        bounds.append(row.stored < query.until)
    return bounds


async def ahead(session: AsyncSession, day: date, limit: int) -> list[int]:
    """Return the ids of findings that name this day or a later one, the soonest first."""
    row = FindingRow
    chosen = select(row.id).where(row.on >= day).order_by(row.on, row.id).limit(limit)
    return list(await session.scalars(chosen))


async def together(session: AsyncSession, cluster: int) -> list[int]:
    """Return the ids of the findings of stories that tell the same thing, the story first told first."""
    told = or_(StoryRow.id == cluster, StoryRow.cluster == cluster)
    chosen = select(FindingRow.id).join(StoryRow, StoryRow.id == FindingRow.story_id).where(told)
    return list(await session.scalars(chosen.order_by(StoryRow.id, FindingRow.position)))


async def standing(session: AsyncSession, stories: Collection[int]) -> list[int]:
    """Return the ids of the findings of these stories."""
    row = FindingRow
    chosen = select(row.id).where(row.story_id.in_(stories)).order_by(row.story_id, row.position)
    return list(await session.scalars(chosen))


async def topic_counts(session: AsyncSession) -> dict[str, int]:
    """Return how many findings each topic has."""
    rows = await session.execute(select(TopicCountRow.topic, TopicCountRow.findings))
    return {topic: n for topic, n in rows if n}


async def load(session: AsyncSession, ids: Sequence[int]) -> tuple[Finding, ...]:
    """Return the findings with these ids, in this order; an id that is not there is left out."""
    given = {"ids": list(ids)}
    rows = {row.id: row for row in await session.execute(_WITH_STORY, given)}
    topics: dict[int, list[str]] = defaultdict(list)
    for row in await session.execute(_TOPICS, given):
        topics[row.finding_id].append(row.topic)
    parties: dict[int, list[Party]] = defaultdict(list)
    for row in await session.execute(_PARTIES, given):
        parties[row.finding_id].append(Party(row.name, row.slug, row.kind))
    return tuple(_finding(rows[id_], topics[id_], parties[id_]) for id_ in ids if id_ in rows)


def _details(
    table: type[FindingTopicRow | FindingPartyRow], *columns: InstrumentedAttribute[str]
) -> Select[*tuple[Any, ...]]:
    chosen = select(table.finding_id, *columns).where(table.finding_id.in_(_IDS))
    return chosen.order_by(table.finding_id, table.rank)


def _with_story() -> Select[*tuple[Any, ...]]:
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
        .where(found.id.in_(_IDS))
    )


#: Every answer asks these, so they are built once.
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_WITH_STORY, _TOPICS = _with_story(), _details(FindingTopicRow, FindingTopicRow.topic)
_PARTIES = _details(FindingPartyRow, FindingPartyRow.name, FindingPartyRow.slug, FindingPartyRow.kind)


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
        amounts=tuple(row.amounts or ()),
        rule=row.rule,
        score=row.score,
    )
    story = StoryRef(row.story_id, row.source, row.url, row.headline, row.published, row.cluster)
    return Finding(row.id, agreement, story)
