"""The words a reader sees: the wire's own, tidied, shortened, with the parties named.

    span ─▶ tidy ─▶ "the two countries" named or made a pronoun ─▶ case of the head ─▶ phrase (for a header)
                                       └─▶ parties and, where the evidence has it, its verb ─▶ bullet

Whatever the verifier does not find supported gives way to the wire's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.agreements.decide import Point
from bot.agreements.ends import spaced
from bot.agreements.heads import Heads
from bot.agreements.own import own_words
from bot.agreements.refuse import Refusal
from bot.agreements.repeats import Repeats
from bot.agreements.shorten import Shortener
from bot.agreements.sides import Sides
from bot.agreements.story import StoryView
from bot.agreements.verify import Verifier
from bot.arabic.letters import ALEF, HEH, TANWIN
from bot.arabic.text import key
from bot.model import Kind, Party

MOST = 22  #: words of a bullet
_NAMED = 4  #: parties that a bullet names at most
_PAIR = 2
_LEAST = 4  #: words of a phrase, or all it has, that a bullet shows
_WORD = re.compile(r"[^\W_]+")
_COLON = ": "  #: after a header
_PHRASE = 18  #: words of a phrase


@dataclass(frozen=True, slots=True)
class Bullet:
    """The two forms of a bullet."""

    phrase: str  #: under a header of parties
    text: str  #: alone


@dataclass(frozen=True, slots=True)
class Style:
    """The words and forms that phrases are made with (config/lexicon/ar/engine.toml); keys folded."""

    joint: str  #: the conjunction that joins parties
    nominative: Mapping[str, str]
    verbs: Mapping[str, Sequence[str]]  #: stem's name: masculine, feminine, link
    masculine: frozenset[str]
    feminine_kinds: frozenset[str]
    masculine_kinds: frozenset[str]
    feminine_heads: frozenset[str]
    others: str  #: "other parties", where there are too many to name
    that: str  #: before a clause that was agreed
    adjectives: frozenset[str]  #: in the accusative
    besides: str  #: the same after two names: "and others than the two"


@dataclass(frozen=True, slots=True)
class Phraser:
    """Writes bullets."""

    style: Style
    sides: Sides
    shortener: Shortener
    verifier: Verifier
    heads: Heads
    repeats: Repeats
    refusal: Refusal

    def bullet(
        self,
        story: StoryView,
        point: Point,
        kind: Kind,
        parties: tuple[Party, ...],
        doers: tuple[Party, ...] = (),
    ) -> Bullet | None:
        """Write a point's bullet; it holds by the verifier. None for a point that says nothing.

        `doers` are those whose duty alone it is, empty where it is everybody's.
        """
        if self.refusal.reads_wrongly(point):
            return None
        ends = self.shortener.ends
        own = ends.peel(ends.related(ends.agreed(own_words(story, point, self.heads, ends))))
        evidence = spaced(story.original(point.line.span))
        names = [party.name for party in parties]
        if not own or self.refusal.says_nothing(own, names) or not self.verifier.holds(own, evidence, ()):
            return None
        phrase = self._nominative(self.repeats.without(self._named(own, names), names), point)
        if not self.verifier.holds(phrase, evidence, names) or self.refusal.says_nothing(phrase, names):
            phrase = own
        own_duty = bool(doers) and len(doers) < max(_PAIR, len(parties))
        tellers = doers if own_duty else parties[: self.repeats.tellers(phrase, names)]
        text = self._told(own, phrase, point, kind, tellers, theirs=own_duty)
        if not self.verifier.holds(text, evidence, names):
            text = self._within((own,), own)
        if own_duty:
            who = self._who([party.name for party in tellers])
            phrase = self._within((f"{who}: {phrase}", phrase), own)
        return Bullet(self.shortener.cut(phrase, _PHRASE), text)

    def _told(
        self, own: str, phrase: str, point: Point, kind: Kind, tellers: tuple[Party, ...], *, theirs: bool
    ) -> str:
        """Put those a point is told of before it: as the subject of the wire's verb, or as a header."""
        names = [party.name for party in tellers]
        text = self._sentence(own, point, kind, tellers, theirs=theirs)
        text = text or (f"{self._who(names)}: {phrase}" if names else phrase)
        return self._within((text, *self._fewer(names, phrase)), own)

    def _within(self, texts: Sequence[str], own: str) -> str:
        """Bring a bullet to its length: the first of its forms that can be cut cleanly; else cut the last."""
        whole = _length(own)
        for text in texts:
            who, colon, phrase = text.rpartition(_COLON) if text.count(_COLON) == 1 else ("", "", text)
            short = f"{who}{colon}{self.shortener.cut(phrase, max(_LEAST, MOST - _length(who)))}"
            length, lead = _length(short), max(0, _length(text) - whole)
            if length <= MOST and (text is texts[-1] or length >= lead + min(_LEAST, whole)):
                return short
        return self.shortener.hard(texts[-1], MOST)

    def _fewer(self, names: Sequence[str], phrase: str) -> tuple[str, ...]:
        """The same bullet with fewer of its parties named, then with none."""
        if len(names) <= _PAIR:
            return (phrase,)
        fewer = (self._who([*names[:_PAIR], self.style.besides]), self._who([names[0], self.style.others]))
        return (*(f"{who}: {phrase}" for who in fewer), phrase)

    def _who(self, names: Sequence[str]) -> str:
        """Join the names of the parties."""
        if len(names) > _NAMED:
            names = [*names[:_PAIR], self.style.besides]
        return f" {self.style.joint}".join(names)

    def _named(self, phrase: str, names: Sequence[str]) -> str:
        """Put a pronoun or names for "the two countries"; only where two parties are known."""
        return self.sides.named(phrase, self._who(names)) if len(names) == _PAIR else phrase

    def _nominative(self, phrase: str, point: Point) -> str:
        """Give the head of a phrase, a document, the case it has when it stands alone."""
        head, _, rest = phrase.partition(" ")
        bare = key(head)
        if bare in self.style.nominative:
            return f"{self.style.nominative[bare]} {rest}".strip()
        link = point.line.chains[point.first]
        signed = link is not None and link.how == "doc"
        document = signed or "n_doc" in point.line.tokens[point.first].word.classes
        if document and not _accusative(head):
            return self._undone(phrase)
        if not _accusative(head) or not (document or TANWIN in head):
            return phrase
        words = [_bare(head)]
        following = rest.split(" ")
        while following and _accusative(following[0]):
            words.append(_bare(following.pop(0)))
        return " ".join([*words, *following]).strip()

    def _undone(self, phrase: str) -> str:
        """Give the adjectives behind a document, that stands alone, the case it has: "a new accord"."""
        words = phrase.split(" ")
        named = 1 + _PAIR
        for at, word in enumerate(words[1 : named + 1], 1):
            if key(word) in self.style.adjectives:
                words[at] = _bare(word)
        return " ".join(words)

    def _sentence(
        self, own: str, point: Point, kind: Kind, parties: tuple[Party, ...], *, theirs: bool
    ) -> str:
        """Begin with the wire's verb and the parties, where the chain is plain; empty where it is not.

        A pledge is told so only where it is `theirs`, who are its subject.
        """
        link = point.line.chains[point.first]
        if link is None or not parties or len(parties) > _NAMED:
            return ""
        governs = (link.governor, kind)
        agreed = governs == ("v_agree", Kind.AGREED) and link.how in ("link", "joined")
        masdar = point.line.tokens[point.first].word.masdar
        pledged = theirs and masdar and governs == ("v_pledge", Kind.PLEDGED)
        signed = governs == ("v_sign", Kind.SIGNED) and link.how == "doc"
        if not (pledged or signed or (agreed and len(parties) >= _PAIR)):
            return ""
        stem = self.verifier.stem(point.line.tokens[link.at].word.stem)
        for masculine, feminine, to in self.style.verbs.values():
            if self.verifier.stem(key(masculine)) == stem:
                verb = feminine if self._feminine(parties[0]) else masculine
                names = [party.name for party in parties]
                rest = self.repeats.without(self._named(own, names) if agreed else own, names)
                that = self.style.that if agreed and self._clause(own, point) else ""
                led = f"{to}{rest}" if pledged else " ".join(part for part in (to, that, rest) if part)
                return f"{verb} {self._who(names)} {led}"
        return ""

    def _clause(self, own: str, point: Point) -> bool:
        """Whether a point is a clause behind "that", and no noun of action came in its place."""
        words, at = point.line.tokens, point.first
        that = at > 0 and words[at - 1].word.form in self.heads.that
        return that and key(own.partition(" ")[0]) == words[at].word.form

    def _feminine(self, party: Party) -> bool:
        """Whether a verb before this name takes the feminine."""
        first = key(party.name).split()[0]
        if first in self.style.masculine or party.kind in self.style.masculine_kinds:
            return False
        return (
            party.kind in self.style.feminine_kinds
            or first in self.style.feminine_heads
            or first.endswith(HEH)
        )


def _accusative(word: str) -> bool:
    """Whether a word ends in the alef of an indefinite object."""
    return len(word) > _PAIR and word.rstrip(TANWIN).endswith(ALEF) and key(word).isalpha()


def _bare(word: str) -> str:
    return word.rstrip(TANWIN).removesuffix(ALEF).rstrip(TANWIN)


def _length(text: str) -> int:
    return len(_WORD.findall(text))
