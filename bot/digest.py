"""A digest: bullets under the parties they bind.

findings ─▶ merge what two wires report alike ─▶ group by parties, the fullest first ─▶ one page ─▶ Message
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.arabic.text import key
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Agreement, Finding, Kind, Party
from bot.words import Words

#: Bullets on one page: what a phone shows in three screens, and well within both platforms' limits.
PAGE = 15
#: Parties a header names; the rest become a word.
NAMED = 4
#: How much two bullets of the same parties must share (words in common / words in all) to be one.
ALIKE = 0.6
#: The order of a group's bullets: what is done, what is coming, what is over.
ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, and every finding that reports it; the first is the one shown."""

    findings: tuple[Finding, ...]

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
            if _same(item[0].agreement, finding.agreement):
                item.append(finding)
                break
        else:
            items.append([finding])
    return tuple(Item(tuple(item)) for item in items)


def _same(one: Agreement, other: Agreement) -> bool:
    if _sides(one) != _sides(other) or one.kind != other.kind:
        return False
    mine, theirs = set(key(one.phrase).split()), set(key(other.phrase).split())
    return len(mine & theirs) >= ALIKE * len(mine | theirs)


def _sides(agreement: Agreement) -> frozenset[str]:
    return frozenset(party.slug for party in agreement.parties)


def arrange(items: Sequence[Item]) -> tuple[Item, ...]:
    """Bring each group of parties together: the fullest first, within it by kind, else as they came."""
    sizes: dict[frozenset[str], int] = {}
    for item in items:
        sizes[_sides(item.agreement)] = sizes.get(_sides(item.agreement), 0) + 1
    first = {sides: at for at, sides in enumerate(sizes)}

    def rank(item: Item) -> tuple[int, int, int]:
        sides = _sides(item.agreement)
        return -sizes[sides], first[sides], ORDER.index(item.agreement.kind)

    return tuple(sorted(items, key=rank))


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
    for _, group in groupby(shown, key=lambda item: _sides(item.agreement)):
        lines += _group(tuple(group), words)
    left = len(items) - page * size
    lines.append(paragraph(Style.NOTE, words("count.items", n=len(items))))
    if left > 0:
        lines.append(paragraph(Style.NOTE, words("count.more", n=left)))
    buttons = ((Button(words("button.more"), f"{more} {page + 1}"),),) if left > 0 else ()
    return Message(tuple(lines), buttons, words.locale)


def _group(items: tuple[Item, ...], words: Words) -> list[Paragraph]:
    lines = [paragraph(Style.TEXT, _header(items, words), bold=True)]
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
