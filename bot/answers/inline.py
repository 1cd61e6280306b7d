"""Agreements to share: what somebody is offered who types our name and a topic in another chat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.answers.desk import Asked, credit
from bot.answers.search import LONGEST
from bot.digest import Item, merge
from bot.message import Message, Style, paragraph
from bot.ports.stories import Query

#: Agreements offered at a time.
SHELF = 10
#: Findings read for the pages so far: several wires may report one agreement.
READ = 4


@dataclass(frozen=True, slots=True)
class Shared:
    """One agreement as it is offered, and the message that sharing it makes."""

    id: int  #: of its finding
    title: str
    about: str
    message: Message


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered, newest first, and the page to ask for after it; 0 where there is no more."""

    items: tuple[Shared, ...]
    following: int


async def share(asked: Asked, page: int) -> Offer:
    """Offer the agreements of a topic or with the words that were typed, or of the last day that had any."""
    query = await _query(asked, (page + 1) * SHELF * READ)
    if query is None:
        return Offer((), 0)
    items = merge(await asked.desk.stories.findings(query))
    shown = items[(page - 1) * SHELF : page * SHELF]
    offered = tuple(_shared(asked, item) for item in shown)
    return Offer(offered, page + 1 if len(items) > page * SHELF else 0)


async def _query(asked: Asked, limit: int) -> Query | None:
    """What to look for; None where there is nothing at all."""
    given, desk = asked.rest.strip()[:LONGEST], asked.desk
    if not given:
        latest = await desk.stories.latest()
        return Query(since=latest - dt.timedelta(days=1), limit=limit) if latest else None
    if topic := desk.topics.find(given):
        return Query(topics=(topic.slug,), limit=limit)
    return Query(text=given, limit=limit)


def _shared(asked: Asked, item: Item) -> Shared:
    finding, words = item.findings[0], asked.words
    sources = words("sources.comma").join(item.sources)
    note = credit(finding, sources, words, asked.zone)
    lines = (paragraph(Style.BULLET, item.agreement.bullet), note)
    return Shared(finding.id, item.agreement.bullet, note.plain, Message(lines, (), words.locale))
