"""A name of the lexicon, and every way that a wire spells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.arabic.letters import AL, ALEF, HEH, PLURAL
from bot.model import Party

_FEMININE, _ADVERB = HEH, ALEF


@dataclass(frozen=True, slots=True)
class Name:
    """One line of the lexicon of names. Everything but the party's own name is folded."""

    party: Party
    names: tuple[str, ...]  #: all spellings, its own among them
    adjectives: tuple[str, ...] = ()  #: masculine, indefinite
    seats: tuple[str, ...] = ()  #: capitals and palaces that stand for a state
    people: tuple[str, ...] = ()  #: who speaks for it
    government: str = ""  #: what its government is called, unfolded


def spellings(names: tuple[Name, ...]) -> Iterator[tuple[str, Party, str]]:
    """Yield every spelling of every name, behind what it is, and its party.

    Names stand before seats, leaders and adjectives: some coincide.
    """
    for name in names:
        for text in name.names:
            yield "name", name.party, text
    for name in names:
        for text in name.seats:
            yield "seat", name.party, text
        for text in name.people:
            yield "leader", name.party, text
    for name in names:
        for text in name.adjectives:
            for form in _adjective(text):
                yield "adjective", name.party, form


def _adjective(text: str) -> Iterator[str]:
    """Yield an adjective's forms: masculine, feminine and adverbial, with and without the article."""
    words = text.split()
    for ending in ("", _FEMININE):
        yield " ".join(word + ending for word in words)
        yield " ".join(AL + word + ending for word in words)
    for ending in PLURAL:
        yield " ".join(AL + word + ending for word in words)
    yield " ".join(word + _ADVERB for word in words)
