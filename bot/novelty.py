"""What is new to a chat: nothing it was told, by whichever wire; what was reworded since, as an update."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.digest import Item, merge
from bot.model import Change, Finding
from bot.sameness import ALIKE, ALIKE_IN_CLUSTER, Meaning, meaning, same, shared


class Told:
    """What a chat was told, to be asked of every finding."""

    def __init__(self, items: Iterable[Item], standing: Collection[int]) -> None:
        """Take the items told, and the ids of findings that still stand in their stories."""
        told = {
            finding.id: finding
            for item in items
            if item.change is not Change.KILL  # taken back: told again, it is news
            for finding in item.findings
        }
        self._ids = told.keys()
        self._by_meaning: dict[Meaning, list[Finding]] = defaultdict(list)
        self._replaced: dict[int, list[Finding]] = defaultdict(list)
        for finding in told.values():
            self._by_meaning[meaning(finding.agreement)].append(finding)
            if finding.id not in standing:
                self._replaced[finding.story.id].append(finding)

    def knows(self, finding: Finding) -> bool:
        """Whether the chat was told: this very finding, another wire's, or its story's in other words."""
        return (
            finding.id in self._ids
            or any(same(old, finding) for old in self._by_meaning[meaning(finding.agreement)])
            or any(
                meaning(old.agreement) == meaning(finding.agreement)
                and shared(old.agreement, finding.agreement) >= ALIKE
                for old in self._replaced[finding.story.id]
            )
        )

    def updates(self, finding: Finding) -> bool:
        """Whether it stands where its story said something else that the chat was told."""
        return any(
            shared(old.agreement, finding.agreement) >= ALIKE_IN_CLUSTER
            for old in self._replaced[finding.story.id]
        )


def news(findings: Sequence[Finding], told: Told) -> tuple[Item, ...]:
    """Return what of the findings is new to the chat, merged; what updates something told is marked."""
    items = merge(finding for finding in findings if not told.knows(finding))
    return tuple(
        replace(item, change=Change.UPDATE) if any(map(told.updates, item.findings)) else item
        for item in items
    )
