"""The stored stories that those of a batch may be: found for all of them at once, by an index each way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal_column, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Story
from storage.identity import Known, Shelf, text_hash
from storage.tables import HEADLINE_LEAD, HEADLINE_START, StoryRow, VersionRow

_START_CHARS = 200
_LEAD_CHARS = 40
_TELLING = (
    StoryRow.id,
    StoryRow.wire_id,
    StoryRow.url,
    StoryRow.headline,
    StoryRow.text_hash,
    StoryRow.revision,
    StoryRow.killed,
)


async def shelf(session: AsyncSession, stories: Sequence[Story]) -> Shelf:
    """Return the shelf that stories of one feed are put on."""
    signatures = [text_hash(story.carried) for story in stories]
    rows = await session.execute(
        union(
            *(
                select(*_TELLING).where(StoryRow.feed == stories[0].feed, mark)
                for mark in _marks(stories, signatures)
            )
        )
    )
    known = {
        row.id: Known(
            row.wire_id, row.url, row.headline, row.text_hash, row.revision, row.killed is not None, row.id
        )
        for row in rows
    }
    version = VersionRow
    former = select(version.story_id, version.text_hash).where(
        version.story_id.in_(known), version.text_hash.in_(signatures)
    )
    for story_id, signature in await session.execute(former) if known else ():
        known[story_id].former.add(signature)
    return Shelf(known.values())


def _marks(stories: Sequence[Story], signatures: Sequence[str]) -> list[ColumnElement[bool]]:
    """All that a story is known by; some of what it finds is none of ours, which the shelf sees."""
    # The headlines' starts are spelled as their indexes spell them.
    lead: ColumnElement[str] = literal_column(HEADLINE_LEAD.text)
    start: ColumnElement[str] = literal_column(HEADLINE_START.text)
    addressed = [story for story in stories if story.url]
    marks: list[ColumnElement[bool]] = [
        StoryRow.wire_id.in_([story.id for story in stories]),
        StoryRow.text_hash.in_(signatures),
        StoryRow.url.in_([story.url for story in addressed])
        & lead.in_([story.headline[:_LEAD_CHARS] for story in addressed]),
    ]
    for story in stories:
        if story.about:  # only the latest of them: a headline may have been used a thousand times
            named = (start == story.about[:_START_CHARS]) & (StoryRow.headline == story.about)
            latest = select(StoryRow.id).where(StoryRow.feed == story.feed, named)
            latest = latest.order_by(StoryRow.id.desc()).limit(1)
            marks.append(StoryRow.id == latest.scalar_subquery())
    return marks
