"""The stored stories that those of a batch may be: found for all of them at once, by an index each way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, literal_column, select, union_all
from sqlalchemy.orm import Session

from bot.model import Story
from storage.identity import Known, Shelf, text_hash
from storage.tables.base import table_of
from storage.tables.stories import HEADLINE_LEAD, HEADLINE_START, StoryRow, VersionRow

_START_CHARS = 200
_LEAD_CHARS = 40


def shelf(session: Session, stories: Sequence[Story]) -> Shelf:
    """Return the shelf that stories of one feed are put on."""
    signatures = [text_hash(story.carried) for story in stories]
    addressed = [story for story in stories if story.url]
    given = {
        "feed": stories[0].feed,
        "wire_ids": [story.id for story in stories],
        "signatures": signatures,
        "urls": [story.url for story in addressed],
        "leads": [story.headline[:_LEAD_CHARS] for story in addressed],
    }
    rows = list(session.execute(_KNOWN, given))
    for about in {story.about for story in stories if story.about}:
        rows += session.execute(
            _NAMED, {"feed": stories[0].feed, "about": about, "start": about[:_START_CHARS]}
        )
    known = {
        row.id: Known(
            row.wire_id, row.url, row.headline, row.text_hash, row.revision, row.killed is not None, row.id
        )
        for row in rows
    }
    former = {"ids": list(known), "signatures": signatures}
    for story_id, signature in session.execute(_FORMER, former) if known else ():
        known[story_id].former.add(signature)
    return Shelf(known.values())


def _among(name: str) -> BindParameter[Sequence[str]]:
    return bindparam(name, expanding=True)


# Built once: putting such statements together took longer than the databases take to answer them. Some of
# what they find is none of ours, which the shelf sees. The headlines' starts are spelled as their indexes
# spell them.
_story, _version = table_of(StoryRow).c, table_of(VersionRow).c
_telling = select(
    _story.id,
    _story.wire_id,
    _story.url,
    _story.headline,
    _story.text_hash,
    _story.revision,
    _story.killed,
).where(_story.feed == bindparam("feed"))
_KNOWN = union_all(
    _telling.where(_story.wire_id.in_(_among("wire_ids"))),
    _telling.where(_story.text_hash.in_(_among("signatures"))),
    _telling.where(_story.url.in_(_among("urls")), literal_column(HEADLINE_LEAD.text).in_(_among("leads"))),
)
#: Only the latest: a headline may have been used a thousand times.
_NAMED = (
    _telling.where(
        literal_column(HEADLINE_START.text) == bindparam("start"), _story.headline == bindparam("about")
    )
    .order_by(_story.id.desc())
    .limit(1)
)
_FORMER = select(_version.story_id, _version.text_hash).where(
    _version.story_id.in_(_among("ids")), _version.text_hash.in_(_among("signatures"))
)
