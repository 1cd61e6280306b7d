"""Agreements that hold the words somebody typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from bot import commands
from bot.answers.desk import Asked, say
from bot.answers.listing import Rows, page_of
from bot.answers.with_ import COMMANDS, about
from bot.digest import Item, merge
from bot.errors import AskAgain
from bot.message import Button, Message, Style, paragraph
from bot.ports.stories import Query
from bot.terms import asked as asked_terms
from bot.terms import filed

#: Findings that are ranked; what is older is found by another word.
RANKED = 100
#: Words of a question that are tried alone where there is nothing for all of them.
TRIED = 4
#: Letters of a question: a longer one is a text, and no button would carry it.
LONGEST = 120


async def search(asked: Asked) -> Message:
    """`/search كلمات`: the newest day first, within a day what says the words itself."""
    rest, number = commands.paged(asked.rest)
    text = " ".join(rest.split())[:LONGEST]
    terms = asked_terms(text)
    if not terms:
        raise AskAgain("search.usage")
    words = asked.words
    findings = await asked.desk.stories.findings(Query(text=text, limit=RANKED))
    items = ranked(merge(findings), terms, asked.zone)
    page = page_of(items, number)
    if not page.items:
        return await _none(asked, text)
    count = words("count.items", n=len(items))
    if len(findings) == RANKED:
        count = words("count.over", n=len(items))
    lines = (
        paragraph(Style.HEADING, words("search.title", text=text, count=count)),
        *page.lines(words, asked.zone),
        paragraph(Style.NOTE, words("list.open")),
    )
    return Message(lines, page.rows(f"/search {text}", words), words.locale)


def ranked(items: Iterable[Item], terms: Iterable[str], zone: dt.tzinfo) -> tuple[Item, ...]:
    """Put the newest day first, and within a day what says most of the terms in its own bullet."""
    wanted = frozenset(terms)

    def place(item: Item) -> tuple[int, int]:
        day = item.findings[0].story.published.astimezone(zone).date()
        return -day.toordinal(), -len(wanted.intersection(filed(item.agreement.bullet)))

    return tuple(sorted(items, key=place))


async def _none(asked: Asked, text: str) -> Message:
    """Say that nothing holds all the words, and offer what is near: a party, a topic, one word alone."""
    words, desk = asked.words, asked.desk
    rows: list[tuple[Button, ...]] = []
    near = desk.catalogue.find(text) or desk.catalogue.suggest(text)
    if near and near.facet in COMMANDS and await desk.stories.count(replace(about([near]), limit=1)):
        command = f"{COMMANDS[near.facet]} {near.slug}"
        rows.append((Button(desk.catalogue.name(near, words.language), command),))
    rows += await _alone(asked, text)
    key = "search.near" if rows else "search.none"
    return say(words, words(key, text=text), buttons=tuple(rows))


async def _alone(asked: Asked, text: str) -> Rows:
    """Return buttons for the words of a question that find something by themselves."""
    typed = text.split()[:TRIED] if " " in text else []
    query = Query(limit=1)
    found = [word for word in typed if await asked.desk.stories.count(replace(query, text=word))]
    return tuple((Button(f"🔎 {word}", f"/search {word}"),) for word in found)
