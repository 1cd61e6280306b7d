"""Stories and their findings: saved together, once, and told apart from what was there before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Agreement, Change, Finding, Kind, Story, StoryEvent, Version
from bot.ports import Query, Saved
from storage import findings
from storage.clusters import join
from storage.database import Database
from storage.history import events, record, versions
from storage.identity import known, news, text_hash
from storage.tables import FindingPartyRow, FindingRow, FindingTopicRow, StoryRow

_TICK = timedelta(microseconds=1)  #: the finest time that both databases keep


class Stories:
    """The port `Stories` of bot/ports.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def needs(self, story: Story) -> bool:
        """Whether this version of the story is new to us."""
        async with self._database.read() as session:
            return await news(session, await known(session, story), story)

    async def save(self, story: Story, agreements: Sequence[Agreement]) -> Saved:
        """Store a story and its findings in one transaction; an identical one changes nothing."""
        async with self._database.write() as session:
            await self._take_turns(session)
            row = await known(session, story)
            if not await news(session, row, story):
                return Saved.SAME
            stored = await _stamp(session, story.fetched)
            if row is None:
                saved, row = (
                    Saved.NEW,
                    StoryRow(feed=story.feed, wire_id=story.id, version=0, first_stored=stored),
                )
                session.add(row)
            else:
                saved = Saved.UPDATED
                record(session, row, story, stored)
            _write(row, story, stored)
            await session.flush()
            if saved is Saved.NEW:
                await join(session, row, story)
            if agreements or saved is Saved.UPDATED:
                await _replace(session, row.id, () if row.killed else agreements, stored)
        return saved

    async def events(self, since: datetime | None = None) -> tuple[StoryEvent, ...]:
        """What happened at or after `since` to stories that were there before, oldest first."""
        async with self._database.read() as session:
            return await events(session, since)

    async def versions(self, story_id: int) -> tuple[Version, ...]:
        """What a story said before, oldest first."""
        async with self._database.read() as session:
            return await versions(session, story_id)

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        """Findings that match, newest first, in the story's own order among those stored together."""
        async with self._database.read() as session:
            return await findings.load(session, await findings.newest(session, query))

    async def finding(self, finding_id: int) -> Finding | None:
        """One finding by its id."""
        async with self._database.read() as session:
            return next(iter(await findings.load(session, [finding_id])), None)

    async def count(self, query: Query) -> int:
        """How many findings match, whatever the limit."""
        async with self._database.read() as session:
            return await findings.count(session, query)

    async def topic_counts(self, query: Query) -> dict[str, int]:
        """Findings a topic, for topics that have any."""
        async with self._database.read() as session:
            return await findings.topic_counts(session, query)

    async def latest(self) -> datetime | None:
        """When the newest finding was stored; whatever is stored later has a later time."""
        async with self._database.read() as session:
            return await session.scalar(select(func.max(FindingRow.stored)))

    async def _take_turns(self, session: AsyncSession) -> None:
        """Let one saver in at a time until it commits, so that times of storing are in order of commit."""
        if not self._database.sqlite:  # whose write transactions take turns anyway
            await session.execute(text("LOCK TABLE stories IN SHARE ROW EXCLUSIVE MODE"))


async def _stamp(session: AsyncSession, fetched: datetime) -> datetime:
    """When this save counts as stored: later than every save before it, even after a clock went back."""
    last = await session.scalar(select(func.max(FindingRow.stored)))
    return fetched if last is None else max(fetched, last + _TICK)


def _write(row: StoryRow, story: Story, stored: datetime) -> None:
    row.revision = max(row.revision or 0, story.revision)
    if story.says is Change.KILL:  # its notice is not the story
        row.killed = stored
        return
    row.killed = None
    row.source = story.source
    row.url = story.url
    row.headline = story.headline
    row.text = story.text
    row.text_hash = text_hash(story.carried)
    row.version += 1
    row.published = story.published
    row.fetched = story.fetched


async def _replace(
    session: AsyncSession, story_id: int, agreements: Sequence[Agreement], stored: datetime
) -> None:
    """Make the story's findings these. One that still says the same keeps its row: its id and its time."""
    kept: dict[tuple[Kind, str], list[FindingRow]] = defaultdict(list)
    for old in await session.scalars(
        select(FindingRow).where(FindingRow.story_id == story_id).order_by(FindingRow.position.desc())
    ):
        kept[old.kind, old.bullet].append(old)
    rows: list[FindingRow] = []
    for agreement in agreements:
        same = kept[agreement.kind, agreement.bullet]
        rows.append(same.pop() if same else FindingRow(story_id=story_id, stored=stored))
    gone = [row.id for left in kept.values() for row in left]
    again = [row.id for row in rows if row.id is not None]
    if gone:
        await session.execute(delete(FindingRow).where(FindingRow.id.in_(gone)))
    for details in (FindingTopicRow, FindingPartyRow) if again else ():
        await session.execute(delete(details).where(details.finding_id.in_(again)))
    for position, (row, agreement) in enumerate(zip(rows, agreements, strict=True)):
        _fill(row, agreement, position)
    session.add_all(rows)
    await session.flush()
    for row, agreement in zip(rows, agreements, strict=True):
        session.add_all(_details(row, agreement))


def _fill(row: FindingRow, agreement: Agreement, position: int) -> None:
    row.position = position
    row.kind = agreement.kind
    row.phrase = agreement.phrase
    row.bullet = agreement.bullet
    row.subject_start, row.subject_end = agreement.subject.span.start, agreement.subject.span.end
    row.evidence_start, row.evidence_end = agreement.evidence.span.start, agreement.evidence.span.end
    row.date = agreement.date
    row.on = agreement.on
    row.place = agreement.place
    row.rule = agreement.rule
    row.score = agreement.score


def _details(row: FindingRow, agreement: Agreement) -> list[FindingTopicRow | FindingPartyRow]:
    topics = [
        FindingTopicRow(finding_id=row.id, rank=rank, topic=topic, stored=row.stored, position=row.position)
        for rank, topic in enumerate(dict.fromkeys(agreement.topics))
    ]
    parties = [
        FindingPartyRow(finding_id=row.id, rank=rank, name=party.name, slug=party.slug, kind=party.kind)
        for rank, party in enumerate(agreement.parties)
    ]
    return [*topics, *parties]
