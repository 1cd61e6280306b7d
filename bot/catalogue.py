"""What readers follow and mute, by the names they know it by: topics, parties and sources."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.arabic.text import key
from bot.model import Facet, Interest
from bot.topics import plain

#: How alike a typed word and a name must be (difflib's ratio) to be offered: about one slip in four letters.
_ALIKE = 0.72
#: Letters of a word that may stand for the whole name it is of.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to follow."""

    interest: Interest
    names: Mapping[str, str] = field(default_factory=dict)  #: by language; Arabic at least
    others: tuple[str, ...] = ()


class Catalogue:
    """Finds what a reader named. Where a name is said of two, the first one given has it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.interest: entry for entry in entries}
        self._by_name: dict[str, Interest] = {}
        for entry in self._entries.values():  # a thing's own names go before another's further ones
            for name in entry.names.values():
                self._by_name.setdefault(plain(name), entry.interest)
        for entry in self._entries.values():
            for name in (entry.interest.slug, *entry.others):
                self._by_name.setdefault(plain(name), entry.interest)

    def __contains__(self, interest: object) -> bool:
        return interest in self._entries

    def named(self, typed: str) -> Interest | None:
        """Return what has this name."""
        return self._by_name.get(plain(typed))

    def find(self, typed: str) -> Interest | None:
        """Return what has this name, or the only one whose name holds it as words."""
        wanted = plain(typed)
        if exact := self._by_name.get(wanted):
            return exact
        if len(wanted) < _TELLING:
            return None
        found = {one for name, one in self._by_name.items() if f" {wanted} " in f" {name} "}
        return found.pop() if len(found) == 1 else None

    def suggest(self, typed: str) -> Interest | None:
        """Return what has the name most like a mistyped one; None where nothing is near."""
        near = difflib.get_close_matches(plain(typed), self._by_name, n=1, cutoff=_ALIKE)
        return self._by_name[near[0]] if near else None

    def name(self, interest: Interest, language: str) -> str:
        """Say what it is called in a language, else in Arabic; a party of no list is its own name."""
        entry = self._entries.get(interest)
        if entry is None:
            return interest.slug
        return entry.names.get(language) or entry.names.get("ar") or interest.slug


def party_named(typed: str) -> Interest:
    """Return the party of this name that no list has: the engine files it under its folded name."""
    return Interest(Facet.PARTY, key(typed))
