"""Who is named in a story: states by name, adjective, capital or leader; bodies, groups and companies.

    words of the story ─▶ the lexicon's names, longest first ─┐
                      └─▶ head nouns ("ministry", "company") ──┴─▶ mentions, in order, none inside another

A word may carry particles in front ("and", "with", "for", the article): they are tried off in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from bot.agreements.duals import Token
from bot.agreements.institutions import BLANK, Heads, institution
from bot.agreements.particles import readings, written
from bot.agreements.spellings import Name, spellings
from bot.arabic.letters import AL, LIL
from bot.arabic.text import Folded, fold
from bot.arabic.words import words
from bot.model import Party
from bot.remembered import Remembered

#: Characters of a story that names are looked for in: several times the longest wire.
READ = 50_000
_REMEMBERED = 50_000  #: words whose readings are kept

_token = partial(tuple.__new__, Token)  #: a third of the time that calling Token takes


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Everything that names are found by; folded."""

    names: tuple[Name, ...]
    heads: Mapping[str, str]  #: head noun, indefinite: kind
    bare: frozenset[str]  #: heads that a name without the article may follow
    pairs: Mapping[str, str]  #: dual head: its singular, unfolded
    words: Mapping[str, frozenset[str]]  #: small lists: title, link, purpose, stop
    kingdoms: tuple[str, ...] = ()  #: slugs of the states that "the kingdom" may be, the usual one first
    shared: tuple[str, str, str] = ("", "", "")  #: a name that two states share: the usual slug, the other


class Mention(NamedTuple):
    """A name where it stands. Offsets count characters of the folded text, particles in front left out."""

    start: int
    end: int
    party: Party
    form: str  #: name adjective people seat leader institution
    prefix: str = ""  #: the particles written onto it
    head: str = ""  #: an institution's head noun, indefinite and folded


class _Entry(NamedTuple):
    words: tuple[str, ...]
    party: Party
    form: str


class _Reading(NamedTuple):
    """A word with its particles off, and what it may open."""

    prefix: str
    word: str
    entries: tuple[_Entry, ...]
    head: bool
    company: bool


class Names:
    """Finds names; build it once, use it for every story."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self.lexicon = lexicon
        #: Heads with the article, as they are written: what may point back to an institution.
        self.pointing = frozenset(form for head in lexicon.heads for form in written(AL + head))
        self._by_slug: dict[str, Party] = {}
        self._adjectives: dict[str, Party] = {}
        self._by_first: dict[str, tuple[_Entry, ...]] = {}
        self._readings = Remembered(self._read, _REMEMBERED)
        self._heads = Heads(
            lexicon.heads,
            lexicon.bare,
            lexicon.pairs,
            lexicon.words,
            adjective=self.adjective,
            known=lambda word: any(e.form != "adjective" for e in self._alone(word)),
        )
        for name in lexicon.names:
            self._by_slug.setdefault(name.party.slug, name.party)
        self._governments = {name.party.slug: name.government for name in lexicon.names if name.government}
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the names under their first word, the longest first."""
        seen: set[str] = set()
        for form, party, text in spellings(self.lexicon.names):
            if form == "adjective":
                self._adjectives.setdefault(text, party)
            if text not in seen:
                seen.add(text)
                name = tuple(text.split())
                self._by_first[name[0]] = (*self._by_first.get(name[0], ()), _Entry(name, party, form))
        for first, entries in self._by_first.items():
            if len(entries) > 1:
                self._by_first[first] = tuple(sorted(entries, key=lambda entry: -len(entry.words)))

    def party(self, slug: str) -> Party | None:
        """Return a party of the lexicon by its slug."""
        return self._by_slug.get(slug)

    def government(self, slug: str) -> Party | None:
        """Return the government of a state of the lexicon."""
        name = self._governments.get(slug)
        return Party(name, government(slug), "government") if name else None

    def adjective(self, word: str) -> Party | None:
        """Return the state that a folded adjective, in any of its forms, belongs to."""
        return self._adjectives.get(word)

    def one(self, text: str) -> Party | None:
        """Return the party that a whole text names, in any way that a wire does."""
        folded = fold(text.strip())
        named = self.mentions(folded)
        whole = len(named) == 1 and named[0].end - named[0].start == len(folded.text)
        return named[0].party if whole else None

    def mentions(self, folded: Folded) -> tuple[Mention, ...]:
        """Find the names of a folded text (its first READ characters), in order, none inside another."""
        forms, starts, ends = words(folded.text[:READ], plus=True)
        tokens = list(map(_token, zip(forms, starts, ends)))  # noqa: B905 - one start more
        found: list[Mention] = []
        past = 0
        for at, ways in enumerate(map(self._readings.__getitem__, forms)):
            if ways and at >= past:
                mentions, used = self._at(folded, tokens, at, ways)
                found += mentions
                past = at + used
        return self._settle(found, folded.text)

    def _alone(self, word: str) -> tuple[_Entry, ...]:
        return tuple(entry for entry in self._by_first.get(word, ()) if len(entry.words) == 1)

    def _read(self, word: str) -> tuple[_Reading, ...]:
        """Return the readings of a word that may open a name; most words open none."""
        return tuple(
            _Reading(
                prefix,
                rest,
                self._by_first.get(rest, ()),
                self._heads.opens(rest),
                self.lexicon.heads.get(rest) == "company",
            )
            for prefix, rest in readings(word)
            if rest in self._by_first or self._heads.opens(rest)
        )

    def _at(
        self, folded: Folded, tokens: list[Token], at: int, ways: tuple[_Reading, ...]
    ) -> tuple[list[Mention], int]:
        """Match what opens at a token: a longer name of the lexicon, an institution, any name."""
        named = self._named(folded.text, tokens, at, ways)
        if named is not None and named[1] > 1:
            return [named[0]], named[1]
        for way in ways:
            if way.company and (company := self._company(folded.text, tokens, at, way)):
                return [company[0]], company[1]
        for way in ways:
            if way.head and (found := institution(folded, tokens, at, way.word, self._heads)):
                start = tokens[at].end - len(way.word) + (1 if way.prefix.endswith(LIL) else 0)
                return [
                    Mention(
                        start if n == 0 else one.start,
                        one.end,
                        self._known(one.slug) or Party(one.name, one.slug, one.kind),
                        "institution",
                        way.prefix if n == 0 else "",
                        one.head,
                    )
                    for n, one in enumerate(found)
                ], found[0].size
        return ([named[0]], 1) if named is not None else ([], 1)

    def _known(self, slug: str) -> Party | None:
        """Return the party of the lexicon that an institution's folded name is a name of."""
        name = tuple(slug.split())
        return next((entry.party for entry in self._by_first.get(name[0], ()) if entry.words == name), None)

    def _company(self, text: str, tokens: list[Token], at: int, head: _Reading) -> tuple[Mention, int] | None:
        """Match "company" and a name of the lexicon."""
        if at + 1 >= len(tokens):
            return None
        bare = tuple(w for w in self._readings[tokens[at + 1].text] if not w.prefix)
        named = self._named(text, tokens, at + 1, bare)
        if named is None or named[0].party.kind != "company":
            return None
        start = tokens[at].end - len(head.word)
        return named[0]._replace(start=start, prefix=head.prefix, head=head.word), named[1] + 1

    def _named(
        self, text: str, tokens: list[Token], at: int, ways: tuple[_Reading, ...]
    ) -> tuple[Mention, int] | None:
        """Match the lexicon at a token: the fewest particles off, then the longest name."""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        for way in ways:
            for name, party, form in way.entries:
                size = len(name)
                if size > 1 and (after != name[1] or not _follows(text, tokens, at, name)):
                    continue
                start = tokens[at].end - len(way.word) + (1 if way.prefix.endswith(LIL) else 0)
                return Mention(start, tokens[at + size - 1].end, party, form, way.prefix), size
        return None

    def _settle(self, found: list[Mention], text: str) -> tuple[Mention, ...]:
        """Say by the other names which kingdom "the kingdom" is, and whose a shared name is.

        What is only spelt like a name is left out.
        """
        found = [mention for mention in found if not self._is_adjective(mention, text)]
        slugs = [mention.party.slug for mention in found]
        kingdoms = self.lexicon.kingdoms
        kingdom = self._by_slug.get(max(kingdoms, key=slugs.count, default=""))
        shared, usual, other = self.lexicon.shared
        for at, mention in enumerate(found):
            if mention.party.kind == "kingdom" and kingdom is not None:
                found[at] = mention._replace(party=kingdom)
            elif (
                mention.party.slug == usual
                and text[mention.start : mention.end] == shared
                and slugs.count(other) >= slugs.count(usual)
            ):
                found[at] = mention._replace(party=self._by_slug[other])
        return tuple(found)

    def _is_adjective(self, mention: Mention, text: str) -> bool:
        """Whether a name that is also an adjective stands behind a noun that it describes: "financial"."""
        if text[mention.start : mention.end] not in self.lexicon.words["double"]:
            return False
        before = text[: mention.start - len(mention.prefix)].split()[-1:]
        return not self.lexicon.words["money"].isdisjoint(before)


@lru_cache(maxsize=_REMEMBERED)
def government(slug: str) -> str:
    """Return the slug of a state's government."""
    return f"{slug}-government"


def _follows(text: str, tokens: list[Token], at: int, name: tuple[str, ...]) -> bool:
    """Whether the tokens after `at` are the rest of a name, with nothing but spaces between."""
    if at + len(name) > len(tokens):
        return False
    for step in range(1, len(name)):
        token = tokens[at + step]
        if token.text != name[step] or text[tokens[at + step - 1].end : token.start].strip(BLANK):
            return False
    return True
