"""A digest: bullets under the parties they bind.

findings ─▶ merge what two wires report alike ─▶ group by parties, the fullest first ─▶ one page ─▶ Message
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.arabic.text import key
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Agreement, Change, Finding, Kind, Party
from bot.words import Words

#: Bullets on one page: what a phone shows in three screens, and well within both platforms' limits.
PAGE = 15
#: Parties a header names; the rest become a word.
NAMED = 4
#: How much two bullets of the same parties must share (words in common / words in all) to be one.
ALIKE = 0.5
#: The same for two stories that tell the same thing anyway.
ALIKE_IN_CLUSTER = 0.3
ARTICLE = "\u0627\u0644"  # alef, lam
#: Bullets of one group before the next group has its turn: no pair fills a page alone.
ROUND = 5
#: The order of a group's bullets: what is done, what is coming, what is over.
ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, and every finding that reports it; the first is the one shown."""

    findings: tuple[Finding, ...]
    change: Change | None = None  #: what became of it since a reader was first told

    @property
    def agreement(self) -> Agreement:
        """The agreement as the bullet shows it."""
        return self.findings[0].agreement

    @property
    def sources(self) -> tuple[str, ...]:
        """Who reports it, each once."""
        return tuple(dict.fromkeys(finding.story.source for finding in self.findings))


def merge(findings: Iterable[Finding]) -> tuple[Item, ...]:
    """Make one item of the findings that say the same of the same parties; the order stays."""
    items: list[list[Finding]] = []
    for finding in findings:
        for item in items:
            if any(_same(known, finding) for known in item):
                item.append(finding)
                break
        else:
            items.append([finding])
    return tuple(Item(tuple(item)) for item in items)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two stories report the same agreement. Within one story the engine has told them apart."""
    mine, theirs = one.agreement, other.agreement
    if one.story.id == other.story.id or _sides(mine) != _sides(theirs) or mine.kind != theirs.kind:
        return False
    if _figures(mine) != _figures(theirs):
        return False
    shared, words = _content(mine) & _content(theirs), _content(mine) | _content(theirs)
    together = one.story.cluster and one.story.cluster == other.story.cluster
    return len(shared) >= (ALIKE_IN_CLUSTER if together else ALIKE) * len(words)


def _content(agreement: Agreement) -> frozenset[str]:
    """The words that carry a phrase, without the article and without the shortest."""
    words = (word.removeprefix(ARTICLE) for word in key(agreement.phrase).split())
    return frozenset(word for word in words if len(word) > 2)  # noqa: PLR2004 - prepositions


def _figures(agreement: Agreement) -> frozenset[str]:
    """The numbers in a phrase: two of them make two agreements, however alike the words."""
    return frozenset(re.findall(r"\d+", key(agreement.phrase)))


def _sides(agreement: Agreement) -> frozenset[str]:
    return frozenset(party.slug for party in agreement.parties)


def arrange(items: Sequence[Item]) -> tuple[Item, ...]:
    """Bring each group of parties together: the fullest first, five bullets of each before the rest of any.

    Within a group what is done comes before what is planned, else they stay as they came.
    """
    groups: dict[frozenset[str], list[Item]] = {}
    for item in items:
        groups.setdefault(_sides(item.agreement), []).append(item)
    fullest = sorted(groups.values(), key=len, reverse=True)
    for group in fullest:
        group.sort(key=lambda item: ORDER.index(item.agreement.kind))
    rounds = range(0, max(map(len, fullest), default=0), ROUND)
    return tuple(item for at in rounds for group in fullest for item in group[at : at + ROUND])


def compose(
    findings: Iterable[Finding],
    words: Words,
    *,
    heading: str,
    note: str = "",
    page: int = 1,
    size: int = PAGE,
    more: str = "/digest",
) -> Message:
    """Write one page of a digest; `more` is the command that, with a page number, asks for another."""
    items = arrange(merge(findings))
    shown = items[(page - 1) * size : page * size]
    lines = [paragraph(Style.HEADING, heading)]
    if note:
        lines.append(paragraph(Style.NOTE, note))
    if not items:
        return Message(tuple(lines), (), words.locale)
    for _, group in groupby(shown, key=lambda item: _sides(item.agreement)):
        lines += _group(tuple(group), words)
    lines.append(Paragraph(Style.NOTE, (Run(_extent(page, size, len(items), words)), *_ask(words))))
    last = page * size >= len(items)
    buttons = () if last else ((Button(words("button.more"), f"{more} {page + 1}"),),)
    return Message(tuple(lines), buttons, words.locale)


def _extent(page: int, size: int, total: int, words: Words) -> str:
    """Say how much this is, and of how much."""
    if total <= size:
        return words("count.items", n=total)
    first, last = (page - 1) * size + 1, min(page * size, total)
    return words(
        "digest.extent", first=words.number(first), last=words.number(last), total=words.number(total)
    )


def _ask(words: Words) -> tuple[Run, ...]:
    return Run(f" · {words('digest.ask')}"), Run("/topics", code=True)


def _group(items: tuple[Item, ...], words: Words) -> list[Paragraph]:
    lines = [paragraph(Style.HEADING, _header(items, words))]
    for kind, same in groupby(items, key=lambda item: item.agreement.kind):
        if kind != Kind.AGREED:
            lines.append(paragraph(Style.TEXT, words(f"kind.{kind}")))
        lines += [paragraph(Style.BULLET, item.agreement.phrase) for item in same]
    lines.append(Paragraph(Style.NOTE, _credit(items, words)))
    return lines


def _header(items: tuple[Item, ...], words: Words) -> str:
    parties = items[0].agreement.parties
    if not parties:
        return words("digest.unknown_parties")
    header = words("digest.parties", parties=names(parties, words))
    places = {item.agreement.place for item in items if item.agreement.place}
    return words("digest.place", parties=header, place=places.pop()) if len(places) == 1 else header


def names(parties: Sequence[Party], words: Words) -> str:
    """Join the parties' names as a sentence does, four at the most."""
    shown = [party.name for party in parties[:NAMED]]
    if len(parties) > NAMED:
        shown[-1] = words("list.others")
    if len(shown) == 1:
        return shown[0]
    return words("list.comma").join(shown[:-1]) + words("list.and") + shown[-1]


def _credit(items: tuple[Item, ...], words: Words) -> tuple[Run, ...]:
    """Name each story's source once, linked to the story where it has an address."""
    links = {
        finding.story.source: finding.story.url
        for item in reversed(items)
        for finding in reversed(item.findings)
    }
    runs = [Run(words("digest.source"))]
    for source in reversed(links):
        runs += [Run(source, url=links[source]), Run(words("sources.comma"))]
    return tuple(runs[:-1])
