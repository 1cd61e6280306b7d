"""Which stored story a story is, and whether it says anything new of it."""

from __future__ import annotations

import hashlib
import unicodedata

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Change, Story
from storage.tables import HEADLINE_START, StoryRow, VersionRow

_HEADLINE_CHARS = 200


async def known(session: AsyncSession, story: Story) -> StoryRow | None:
    """Find the story among its feed's: by its id; under a new id by its text, or its address and headline.

    An address alone is not enough: some feeds give all their items one. A correction or a kill that comes
    as an item of its own is the latest story with the headline that it names.
    """
    marks = [StoryRow.wire_id == story.id, StoryRow.text_hash == text_hash(story.carried)]
    if story.url:
        marks.append((StoryRow.url == story.url) & (StoryRow.headline == story.headline))
    for mark in marks:
        if found := await _first(session, story, mark, StoryRow.id):
            return found
    if not story.about:
        return None
    start: ColumnElement[str] = literal_column(HEADLINE_START.text)  # as the index spells it
    named = (start == story.about[:_HEADLINE_CHARS]) & (StoryRow.headline == story.about)
    return await _first(session, story, named, StoryRow.id.desc())


async def _first(
    session: AsyncSession, story: Story, mark: ColumnElement[bool], order: SQLColumnExpression[int]
) -> StoryRow | None:
    chosen = select(StoryRow).where(StoryRow.feed == story.feed, mark)
    row: StoryRow | None = await session.scalar(chosen.order_by(order).limit(1))
    return row


async def news(session: AsyncSession, row: StoryRow | None, story: Story) -> bool:
    """Whether there is anything to store. White space alone makes no version."""
    if row is None:
        return story.says is not Change.KILL
    if story.revision and story.revision < row.revision:
        return False
    if story.says is Change.KILL:
        return row.killed is None
    signature, later = text_hash(story.carried), story.revision > row.revision
    if signature == row.text_hash:
        return later and row.killed is not None
    # Servers behind one address go back and forth between versions, and a corrected item stays listed.
    before = exists().where(VersionRow.story_id == row.id, VersionRow.text_hash == signature)
    return later or not await session.scalar(select(before))


def text_hash(story_text: str) -> str:
    """Return a SHA-256 of the text with its white space evened out and its letters composed, in hex."""
    even = " ".join(unicodedata.normalize("NFC", story_text).split())
    return hashlib.sha256(even.encode("utf-8", "replace")).hexdigest()
