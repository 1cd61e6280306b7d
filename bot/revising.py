"""What a change of stories makes of items that readers were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.digest import Item
from bot.model import Change, Finding
from bot.sameness import ALIKE_IN_CLUSTER, meaning, same, shared


@dataclass(frozen=True, slots=True)
class Revised:
    """An item as it was told, and what stands instead."""

    before: Item
    after: Item
    event: Change | None = None  #: what happened to the story; None: to none that this item rests on
    grave: bool = False  #: it does not mean what it meant, or is taken back


class Standing:
    """What stands now in stories that changed, and what of it takes the place of what does not."""

    def __init__(self, findings: Iterable[Finding], told: Collection[int]) -> None:
        """Take the stories' findings, and the ids of those that the readers were told."""
        self._ids: set[int] = set()
        self._new: dict[int, list[Finding]] = {}
        for finding in findings:
            self._ids.add(finding.id)
            if finding.id not in told:
                self._new.setdefault(finding.story.id, []).append(finding)

    def holds(self, finding: Finding) -> bool:
        """Whether its story still says so."""
        return finding.id in self._ids

    def take(self, finding: Finding) -> Finding | None:
        """Return what its story says instead, once."""
        new = self._new.get(finding.story.id, [])
        likeness = [shared(finding.agreement, other.agreement) for other in new]
        if not new or max(likeness) < ALIKE_IN_CLUSTER:
            return None
        return new.pop(likeness.index(max(likeness)))


def revise(
    items: Sequence[Item],
    changes: Mapping[int, Change],
    findings: Iterable[Finding],
    others: Sequence[Finding] = (),
) -> tuple[Revised, ...]:
    """Hold items against stories that changed.

    `findings` are what stands in these now, `others` what other wires' stories of the same things say.
    """
    told = {finding.id for item in items for finding in item.findings}
    standing = Standing(findings, told)
    return tuple(_revised(item, changes, standing, others) for item in items)


def _revised(
    item: Item, changes: Mapping[int, Change], standing: Standing, others: Sequence[Finding]
) -> Revised:
    """A correction that says the same in other words is shown; an update that does so is not."""
    if item.change is Change.KILL or not any(f.story.id in changes for f in item.findings):
        return Revised(item, item)
    left = tuple(_left(item, changes, standing))
    if left == item.findings:
        return Revised(item, item)
    event = max(changes[f.story.id] for f in item.findings if f.story.id in changes and f not in left)
    if not left:
        left = tuple(other for other in others if same(item.findings[0], other))
    if not left:
        return Revised(item, replace(item, change=Change.KILL), event, grave=True)
    if left[0].story.id != item.findings[0].story.id or left[0] == item.findings[0]:
        return Revised(item, Item(left, item.change), event)  # other wires stand by it
    grave = meaning(left[0].agreement) != meaning(item.agreement)
    return Revised(item, Item(left, Change.CORRECTION), event, grave)


def _left(item: Item, changes: Mapping[int, Change], standing: Standing) -> Iterator[Finding]:
    """Yield what an item rests on now."""
    for finding in item.findings:
        change = changes.get(finding.story.id)
        if change is None or standing.holds(finding):
            yield finding
        elif change is not Change.KILL:
            new = standing.take(finding)
            if new is None and change is Change.UPDATE:
                yield finding  # a shorter story takes nothing back
            elif new and (kept := _kept(finding, new, change, alone=len(item.findings) == 1)):
                yield kept


def _kept(old: Finding, new: Finding, change: Change, *, alone: bool) -> Finding | None:
    """Return what stays of a finding that was replaced: one that means another is no part of others'."""
    if meaning(old.agreement) != meaning(new.agreement):
        return new if alone else None
    return old if change is Change.UPDATE else new
