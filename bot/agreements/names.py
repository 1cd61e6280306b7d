"""Who is named in a story: states by name, adjective, capital or leader; bodies, groups and companies.

    words of the story ─▶ the lexicon's names, longest first ─┐
                      └─▶ head nouns ("ministry", "company") ──┴─▶ mentions, in order, none inside another

A word may carry particles in front ("and", "with", "for", the article): they are tried off in turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.agreements.institutions import BLANK, Heads, Token, institution
from bot.agreements.particles import readings
from bot.agreements.spellings import Name, spellings
from bot.arabic.letters import LIL
from bot.arabic.text import Folded, fold
from bot.model import Party

_WORD = re.compile(r"[^\W_]+(?:[+][^\W_]*)?")
#: Characters of a story that names are looked for in: several times the longest wire.
READ = 50_000
_REMEMBERED = 50_000  #: words whose readings are kept


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. Offsets count characters of the folded text, particles in front left out."""

    start: int
    end: int
    party: Party
    form: str  #: name adjective people seat leader institution
    prefix: str = ""  #: the particles written onto it
    head: str = ""  #: an institution's head noun, indefinite and folded


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    party: Party
    form: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A word with its particles off, and what it may open."""

    prefix: str
    word: str
    entries: tuple[_Entry, ...]
    head: bool


class Names:
    """Finds names; build it once, use it for every story."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self.lexicon = lexicon
        self._by_slug: dict[str, Party] = {}
        self._adjectives: dict[str, Party] = {}
        self._by_first: dict[str, tuple[_Entry, ...]] = {}
        self._readings: dict[str, tuple[_Reading, ...]] = {}
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
                words = tuple(text.split())
                self._by_first[words[0]] = (*self._by_first.get(words[0], ()), _Entry(words, party, form))
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
        text = folded.text
        tokens = [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, 0, READ)]
        found: list[Mention] = []
        past = 0
        for at, token in enumerate(tokens):
            if at < past or not (ways := self._read(token.text)):
                continue
            mentions, used = self._at(folded, tokens, at, ways)
            found += mentions
            past = at + used
        return self._settle(found, text)

    def _alone(self, word: str) -> tuple[_Entry, ...]:
        return tuple(entry for entry in self._by_first.get(word, ()) if len(entry.words) == 1)

    def _read(self, word: str) -> tuple[_Reading, ...]:
        """Return the readings of a word that may open a name; remembered, since most words open none."""
        known = self._readings.get(word)
        if known is None:
            if len(self._readings) >= _REMEMBERED:
                self._readings.clear()
            known = tuple(
                _Reading(prefix, rest, self._by_first.get(rest, ()), self._heads.opens(rest))
                for prefix, rest in readings(word)
                if rest in self._by_first or self._heads.opens(rest)
            )
            self._readings[word] = known
        return known

    def _at(
        self, folded: Folded, tokens: list[Token], at: int, ways: tuple[_Reading, ...]
    ) -> tuple[list[Mention], int]:
        """Match what opens at a token: a longer name of the lexicon, an institution, any name."""
        named = self._named(folded.text, tokens, at, ways)
        if named is not None and named[1] > 1:
            return [named[0]], named[1]
        company = self._company(folded.text, tokens, at, ways)
        if company is not None:
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
        words = tuple(slug.split())
        return next((entry.party for entry in self._by_first.get(words[0], ()) if entry.words == words), None)

    def _company(
        self, text: str, tokens: list[Token], at: int, ways: tuple[_Reading, ...]
    ) -> tuple[Mention, int] | None:
        """Match "company" and a name of the lexicon."""
        head = next((w for w in ways if self.lexicon.heads.get(w.word) == "company"), None)
        if head is None or at + 1 >= len(tokens):
            return None
        bare = tuple(w for w in self._read(tokens[at + 1].text) if not w.prefix)
        named = self._named(text, tokens, at + 1, bare)
        if named is None or named[0].party.kind != "company":
            return None
        start = tokens[at].end - len(head.word)
        return replace(named[0], start=start, prefix=head.prefix, head=head.word), named[1] + 1

    def _named(
        self, text: str, tokens: list[Token], at: int, ways: tuple[_Reading, ...]
    ) -> tuple[Mention, int] | None:
        """Match the lexicon at a token: the fewest particles off, then the longest name."""
        for way in ways:
            for entry in way.entries:
                size = len(entry.words)
                if size > 1 and not _follows(text, tokens, at, entry.words):
                    continue
                start = tokens[at].end - len(way.word) + (1 if way.prefix.endswith(LIL) else 0)
                end = tokens[at + size - 1].end
                return Mention(start, end, entry.party, entry.form, way.prefix), size
        return None

    def _settle(self, found: list[Mention], text: str) -> tuple[Mention, ...]:
        """Say by the other names which kingdom "the kingdom" is, and whose a shared name is."""
        slugs = [mention.party.slug for mention in found]
        kingdoms = self.lexicon.kingdoms
        kingdom = self._by_slug.get(max(kingdoms, key=slugs.count, default=""))
        shared, usual, other = self.lexicon.shared
        for at, mention in enumerate(found):
            if mention.party.kind == "kingdom" and kingdom is not None:
                found[at] = replace(mention, party=kingdom)
            elif (
                mention.party.slug == usual
                and text[mention.start : mention.end] == shared
                and slugs.count(other) >= slugs.count(usual)
            ):
                found[at] = replace(mention, party=self._by_slug[other])
        return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def government(slug: str) -> str:
    """Return the slug of a state's government."""
    return f"{slug}-government"


def _follows(text: str, tokens: list[Token], at: int, words: tuple[str, ...]) -> bool:
    """Whether the tokens after `at` are the rest of `words`, with nothing but spaces between."""
    if at + len(words) > len(tokens):
        return False
    for step in range(1, len(words)):
        token = tokens[at + step]
        if token.text != words[step] or text[tokens[at + step - 1].end : token.start].strip(BLANK):
            return False
    return True
