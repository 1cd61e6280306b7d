"""A list of agreements, a page at a time: each bullet has a number, and a button of that number opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from bot.answers.desk import READ, Rows, credit, in_rows
from bot.digest import PAGE, Item, merge
from bot.message import Button, Paragraph, Style, paragraph
from bot.model import Finding
from bot.ports.stories import Query, Stories
from bot.sameness import sides
from bot.words import Words

Read = Callable[[int], Awaitable[Sequence[Finding]]]  #: the first findings of the list, as many as are there
#: Buttons in a row that carry a number only.
NARROW = 5
#: Findings read beyond a page's items: several wires may report one, and one more tells of a next page.
SPARE = 6
#: Beyond this a reader is told "more than".
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows."""

    number: int
    items: tuple[Item, ...]
    more: bool  #: whether another follows

    @property
    def before(self) -> int:
        """How many items stand on the pages before."""
        return (self.number - 1) * PAGE

    def lines(
        self, words: Words, zone: dt.tzinfo, under: frozenset[str] = frozenset()
    ) -> Iterator[Paragraph]:
        """Number the bullets; after the last that rests on a story name who reports them, and the day.

        `under` are the parties that the heading names: what binds just them need not name them again.
        """
        numbers = count(self.before + 1)
        for _, told in groupby(self.items, key=lambda item: item.findings[0].story):
            items = tuple(told)
            for item in items:
                one = item.agreement
                said = one.phrase if under and sides(one) == under else one.bullet
                yield paragraph(Style.TEXT, f"{words.number(next(numbers))}. {said}")
            sources = dict.fromkeys(source for item in items for source in item.sources)
            yield credit(items[-1].findings[0], words("sources.comma").join(sources), words, zone)

    def rows(self, command: str, words: Words) -> Rows:
        """Return its buttons; `command` is what the list was asked for by."""
        return (*openers(self.items, self.before, words), *turns(command, self.number, words, more=self.more))


async def read(findings: Read, number: int) -> Page:
    """Read one page. Several findings may make one item, so more are read until the page is full."""
    limit = number * PAGE + SPARE
    while True:
        limit = min(limit, READ)
        found = await findings(limit)
        items = merge(found)
        if len(items) > number * PAGE or len(found) < limit or limit == READ:
            return page_of(items, number)
        limit *= 2


def page_of(items: Sequence[Item], number: int) -> Page:
    """Cut one page out of all items; the last one where there is none of that number."""
    number = min(number, max(1, -(-len(items) // PAGE)))
    shown = tuple(items[(number - 1) * PAGE : number * PAGE])
    return Page(number, shown, more=len(items) > number * PAGE)


def newest(stories: Stories, query: Query) -> Read:
    """Return what reads a query's findings."""
    return lambda limit: stories.findings(replace(query, limit=limit))


async def total(stories: Stories, query: Query, page: Page, words: Words) -> str:
    """Say how many there are: items where all were read, else findings, as far as it is worth counting."""
    if not page.more:
        return words("count.items", n=page.before + len(page.items))
    n = await stories.count(replace(query, limit=COUNTED + 1))
    return words("count.over", n=COUNTED) if n > COUNTED else words("count.items", n=n)


def openers(items: Sequence[Item], before: int, words: Words) -> Rows:
    """Return rows of numbered buttons that open the items."""
    buttons = [
        Button(words("button.evidence", n=at), f"/agreement {item.findings[0].id}")
        for at, item in enumerate(items, before + 1)
    ]
    return in_rows(buttons, NARROW)


def turns(command: str, number: int, words: Words, *, more: bool) -> Rows:
    """Return the row that leads to the pages beside this one."""
    row = []
    if number > 1:
        row.append(Button(words("button.previous"), f"{command} {number - 1}", turns=True))
    if more:
        row.append(Button(words("button.more"), f"{command} {number + 1}", turns=True))
    return (tuple(row),) if row else ()
