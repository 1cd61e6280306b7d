"""Agreements that hold the words somebody typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot import commands
from bot.answers.desk import Asked, Rows, say
from bot.answers.listing import page_of
from bot.answers.with_ import COMMANDS, about
from bot.digest import PAGE, Item, merge
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
    text, words = _cut(rest), asked.words
    items, count = await _found(asked, text)
    if number > 1 and len(items) <= (number - 1) * PAGE:  # a number that is no page is a word: "cop 28"
        text, number = _cut(asked.rest), 1
        items, count = await _found(asked, text)
    if not asked_terms(text):
        raise AskAgain("search.usage")
    page = page_of(items, number)
    if not page.items:
        return await _none(asked, text)
    lines = (
        paragraph(Style.HEADING, words("search.title", text=text, count=count)),
        *page.lines(words, asked.zone),
        paragraph(Style.NOTE, words("list.open")),
    )
    return Message(lines, page.rows(f"/search {text}", words), words.locale)


def _cut(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST].strip()


async def _found(asked: Asked, text: str) -> tuple[Sequence[Item], str]:
    """Return the items that hold the words, and how many that is in words."""
    findings = await asked.desk.stories.findings(Query(text=text, limit=RANKED))
    items = ranked(merge(findings), asked_terms(text), asked.zone)
    key = "count.over" if len(findings) == RANKED else "count.items"
    return items, asked.words(key, n=len(items))


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
    found = [word for word in typed if await asked.desk.stories.count(Query(text=word, limit=1))]
    return tuple((Button(f"🔎 {word}", f"/search {word}"),) for word in found)
