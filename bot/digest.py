"""A digest: bullets under the parties they bind.

findings ─▶ merge what two wires report alike ─▶ group by parties, the fullest first ─▶ one page ─▶ Message
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Agreement, Change, Finding, Kind, Party
from bot.sameness import Meaning, meaning, same, sides
from bot.words import Words

#: Bullets on one page: what a phone shows in three screens, and well within both platforms' limits.
PAGE = 15
#: Parties a header names; the rest become a word.
NAMED = 4
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
    by_meaning: dict[Meaning, list[list[Finding]]] = {}
    for finding in findings:
        likely = by_meaning.setdefault(meaning(finding.agreement), [])
        for item in likely:
            if any(same(known, finding) for known in item):
                item.append(finding)
                break
        else:
            items.append([finding])
            likely.append(items[-1])
    return tuple(Item(tuple(item)) for item in items)


def arrange(items: Sequence[Item]) -> tuple[Item, ...]:
    """Bring groups of parties together, the weightiest first, five bullets of each before the rest of any.

    Within a group what is done comes before what is planned, what more wires report and what is about more
    topics before the rest; else they stay as they came.
    """
    groups: dict[frozenset[str], list[Item]] = {}
    for item in items:
        groups.setdefault(sides(item.agreement), []).append(item)
    weightiest = sorted(groups.values(), key=_weight, reverse=True)
    for group in weightiest:
        group.sort(key=_place)
    rounds = range(0, max(map(len, weightiest), default=0), ROUND)
    return tuple(item for at in rounds for group in weightiest for item in group[at : at + ROUND])


def _weight(group: Sequence[Item]) -> tuple[int, ...]:
    """How much a group matters: bullets, then wires that report one of them, then parties."""
    return len(group), max(len(item.sources) for item in group), len(sides(group[0].agreement))


def _place(item: Item) -> tuple[int, ...]:
    """Where a bullet stands in its group."""
    return ORDER.index(item.agreement.kind), -len(item.sources), -len(item.agreement.topics)


def compose(findings: Iterable[Finding], words: Words, *, heading: str, note: str = "") -> Message:
    """Write all of what was found, on one page."""
    items = arrange(merge(findings))
    return write(items, words, heading=heading, note=note, size=max(1, len(items)))


def write(
    items: Sequence[Item],
    words: Words,
    *,
    heading: str,
    note: str = "",
    page: int = 1,
    size: int = PAGE,
    more: str = "",
    numbered: bool = False,
) -> Message:
    """Write one page of items in their order. Without a heading it is news at once, and short.

    `more` is the command that, with a page number, asks for another; empty: no button asks.
    Numbered bullets are for who asked: buttons under them may lead on. What is sent to all has none.
    """
    shown = items[(page - 1) * size : page * size]
    lines = [paragraph(Style.HEADING, heading)] if heading else []
    if note:
        lines.append(paragraph(Style.NOTE, note))
    if not items:
        return Message(tuple(lines), (), words.locale)
    numbers = count((page - 1) * size + 1) if numbered else None
    for _, group in groupby(shown, key=lambda item: sides(item.agreement)):
        lines += _group(tuple(group), words, numbers)
    left = max(0, len(items) - page * size)
    if left or (heading and any(item.change is not Change.KILL for item in items)):
        extent = _extent(page, size, items, words)
        lines.append(Paragraph(Style.NOTE, (Run(extent), *(_ask(words) if heading else ()))))
    buttons = ((Button(words("button.more"), f"{more} {page + 1}"),),) if left and more else ()
    return Message(tuple(lines), buttons, words.locale)


def _extent(page: int, size: int, items: Sequence[Item], words: Words) -> str:
    """Say how much this is, and of how much, or how much is left."""
    total = len(items)
    if total <= size:
        return words("count.items", n=sum(item.change is not Change.KILL for item in items))
    if page == 1:
        return words("digest.rest", n=total - size)
    first, last = (page - 1) * size + 1, min(page * size, total)
    return words(
        "digest.extent", first=words.number(first), last=words.number(last), total=words.number(total)
    )


def _ask(words: Words) -> tuple[Run, ...]:
    return Run(f" · {words('digest.ask')}"), Run("/topics", code=True)


def _group(items: tuple[Item, ...], words: Words, numbers: Iterator[int] | None) -> list[Paragraph]:
    """Write a header and its items; of those taken back only who did so: they must not be read again."""
    lines = [paragraph(Style.HEADING, _header(items, words))]
    standing = tuple(item for item in items if item.change is not Change.KILL)
    for kind, alike in groupby(standing, key=lambda item: item.agreement.kind):
        if kind != Kind.AGREED:
            lines.append(paragraph(Style.TEXT, words(f"kind.{kind}")))
        lines += [_bullet(item, words, numbers) for item in alike]
    if standing:
        lines.append(Paragraph(Style.NOTE, _credit(standing, words)))
    gone = Counter(item.sources for item in items if item.change is Change.KILL)
    for sources, n in gone.items():
        source = words("sources.comma").join(sources)
        lines.append(paragraph(Style.BULLET, words("change.kill", n=n, source=source), bold=True))
    return lines


def _bullet(item: Item, words: Words, numbers: Iterator[int] | None) -> Paragraph:
    """Write an item behind what became of it since readers were told."""
    mark = (Run(f"{words(f'change.{item.change}')} ", bold=True),) if item.change else ()
    said = (*mark, Run(item.agreement.phrase))
    if numbers is None:
        return Paragraph(Style.BULLET, said)
    return Paragraph(Style.TEXT, (Run(f"{words.number(next(numbers))}. "), *said))


def _header(items: tuple[Item, ...], words: Words) -> str:
    parties = items[0].agreement.parties
    if not parties:
        return words("digest.unknown_parties")
    header = words("digest.parties", parties=names(parties, words))
    places = {item.agreement.place for item in items if item.agreement.place}
    return words("digest.place", parties=header, place=places.pop()) if len(places) == 1 else header


def names(parties: Sequence[Party], words: Words) -> str:
    """Join the parties' names as their own language does, whatever the reader's: four at the most."""
    shown = [party.name for party in parties[:NAMED]]
    if len(parties) > NAMED:
        shown[-1] = words("party.others")
    return words("party.and").join(shown)


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
