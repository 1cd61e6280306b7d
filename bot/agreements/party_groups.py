"""The groups of parties that a sentence names: "A signed with B", "between A and B", "an A-B agreement"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bot.agreements.names import Mention
from bot.agreements.particles import readings, written
from bot.agreements.party_lists import CLOSE, NEAR, SIGNS, GroupWords, Lists, unique
from bot.arabic.letters import BEH, LAM
from bot.arabic.sentences import Range
from bot.model import Party

_WORD = re.compile(r"[^\W_]+")
_FAR = 160  #: characters between a cue and its "with"
_CUES = 60  #: of one sentence that are read: far more than any sentence of a wire has
_STRONG = ("agree", "sign", "paper")
_KINDS = ("agree", "with", "between", "sign", "paper", "meet", "say")
_NOUNS = ("sign", "paper")
_NEXT = 2  #: words between a noun of agreeing and its subject
_AT_ONCE = 1  #: words between a verb of leaving and who leaves
_OBJECT = 5  #: words between a document and the "between" that says whose it is
_AFTER = 16  #: characters behind a name of which the first word is read
_ALL = 6  #: words between a verb and the noun that says how many agree
_COUNTS = {"three": 3, "four": 4, "five": 5, "six": 6}  #: the lists of words for a number


@dataclass(frozen=True, slots=True)
class Group:
    """Parties that a sentence names together."""

    start: int
    parties: tuple[Party, ...]
    rule: str
    strong: bool  #: said to agree, not only to meet
    whole: bool = False  #: they agree among themselves: "the leaders of the Union"
    count: int = 0  #: how many are said to agree ("the three countries"); 0 where it is not said
    partner: bool = False  #: named only after "with": who agreed with them is not named
    pledges: bool = False  #: one side's promise to another
    ours: bool = False  #: "we agreed": the speaker's side, that may be none that the story names


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that parties stand around."""

    start: int
    end: int
    kind: str  #: one of _KINDS


class Reader:
    """Reads the groups of one story's sentences."""

    def __init__(self, text: str, names: tuple[Mention, ...], words: GroupWords) -> None:
        self._text = text
        self._words = words
        self._lists = Lists(text, words)
        self._names = tuple(name for name in names if worth(text, name, words))
        self._starts = [name.start for name in self._names]
        self._cue_words = frozenset().union(*(words[kind] for kind in _KINDS))
        self._forms = _forms(self._cue_words)

    def groups(self, sentence: Range) -> tuple[Group, ...]:
        """Return the groups that a sentence names, in order; groups of one among them."""
        first, last = bisect_left(self._starts, sentence[0]), bisect_left(self._starts, sentence[1])
        names = self._names[first:last]
        cues = self._governing(tuple(islice(self._cues(sentence), _CUES)), names)
        found: list[Group] = []
        for at, cue in enumerate(cues):
            if cue.kind in ("with", "say"):
                continue
            if cue.kind == "between":
                group = self._group(cue, self._lists.run(names, cue.end, NEAR))
            else:
                group = self._group(cue, *self._around(names, cues, at))
            if group.parties or cue.kind in _STRONG:
                found.append(group)
        return tuple(found)

    def _group(self, cue: _Cue, subject: tuple[Party, ...], partner: tuple[Party, ...] = ()) -> Group:
        """Put the two sides of a cue together, with what is said of how many they are."""
        strong = cue.kind in _STRONG
        parties = unique((*subject, *partner))
        if cue.kind != "agree" or partner:
            alone, ours = bool(partner) and not subject, self._is_any(cue, "ours")
            return Group(cue.start, parties, cue.kind, strong, partner=alone, ours=ours)
        words = [word.strip(SIGNS) for word in self._text[cue.end : cue.end + _FAR].split()[:_ALL]]
        ends = self._words["content"] | self._words["with"]
        words = words[: next((at for at, word in enumerate(words) if word in ends), len(words))]
        several = not self._words["several"].isdisjoint(words)
        count = next((n for n in _COUNTS if several and not self._words[n].isdisjoint(words)), "")
        whole = len(parties) == 1 and (several or self._is_any(cue, "leave") or self._is_related(cue))
        pledges = self._is_any(cue, "pledge")
        return Group(cue.start, parties, cue.kind, strong, whole, _COUNTS.get(count, 0), pledges=pledges)

    def _is_related(self, cue: _Cue) -> bool:
        """Whether a verb stands right behind "who" or "which": it borrows nobody from the main clause."""
        before = self._text[max(0, cue.start - _AFTER) : cue.start].split()[-1:]
        return not self._words["relative"].isdisjoint(before)

    def states(self, sentence: Range, count: int) -> tuple[Party, ...]:
        """Return the first list of just so many states in a sentence; empty where there is none."""
        first, last = bisect_left(self._starts, sentence[0]), bisect_left(self._starts, sentence[1])
        names = self._names[first:last]
        for mention in names:
            found = self._lists.run(names, mention.start)
            if len(found) == count and {party.kind for party in found} == {"state"}:
                return found
        return ()

    def subject(self, sentence: Range, place: Range, *, before: bool) -> tuple[Party, ...]:
        """Return whom a verb names as its subject in a place after it, or right `before` its "who"."""
        first, last = bisect_left(self._starts, sentence[0]), bisect_left(self._starts, place[1])
        names = tuple(name for name in self._names[first:last] if name.end <= place[1])
        if before:
            near = names and self._lists.reaches(names[-1].end, place[1], 0)
            return (names[-1].party,) if near else ()
        between = self._text[place[0] : place[1]].split()
        if not self._words["paper"].isdisjoint(between) or not self._words["with"].isdisjoint(between):
            return ()
        return self._lists.run(names, place[0], CLOSE)

    def _cues(self, sentence: Range) -> Iterator[_Cue]:
        for match in _WORD.finditer(self._text, *sentence):
            if match[0] not in self._forms:
                continue
            for _, word in readings(match[0]):
                if word not in self._cue_words:
                    continue
                kind = next(kind for kind in _KINDS if word in self._words[kind])
                if kind == "paper" and self._is_known(match.end()):
                    break
                yield _Cue(match.start(), match.end(), kind)
                break

    def _governing(self, cues: tuple[_Cue, ...], names: tuple[Mention, ...]) -> tuple[_Cue, ...]:
        """Leave out nouns of agreeing that are only the object of a verb of agreeing before them."""
        verb: _Cue | None = None
        kept: list[_Cue] = []
        for at, cue in enumerate(cues):
            if cue.kind == "agree" or (cue.kind == "sign" and self._is_any(cue, "theirs")):
                verb = cue
            elif cue.kind in _NOUNS and verb is not None and not self._is_theirs(cues[at : at + 2], names):
                between = self._text[verb.end : cue.start]
                if len(between) < _FAR and self._words["block"].isdisjoint(between.split()):
                    continue
                verb = None
            kept.append(cue)
        return tuple(kept)

    def _is_theirs(self, cues: tuple[_Cue, ...], names: tuple[Mention, ...]) -> bool:
        """Whether a document says itself whose it is: "an agreement between A and B"."""
        noun, after = cues[0], cues[-1]
        near = after.kind == "between" and self._lists.reaches(noun.end, after.start, _OBJECT)
        return near and len(self._lists.run(names, after.end, NEAR)) > 1

    def _around(
        self, names: tuple[Mention, ...], cues: tuple[_Cue, ...], at: int
    ) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Return the subject of a verb or noun of agreeing, and whom it stands with."""
        cue = cues[at]
        if self._is_joint(names, cue):
            return (), ()
        partner: tuple[Party, ...] = ()
        other = next((c for c in cues[at + 1 :] if c.kind in ("with", "between", "agree")), None)
        if other is not None and other.kind != "agree" and self._is_open(cue.end, other.start):
            partner = self._lists.run(names, other.end, NEAR)
        side = names if not partner or other is None else tuple(m for m in names if m.end <= other.start)
        subject = () if self._is_any(cue, "ours") else self._subject(side, cue)
        between = other is not None and other.kind == "between"
        if partner and not subject and not between:
            subject = self._speaker(tuple(m for m in names if m.end <= cue.start), cues[:at], partner)
        return (partner, ()) if between and not subject else (subject, partner)

    def _is_open(self, start: int, end: int) -> bool:
        """Whether parties may still follow: what is agreed has not begun."""
        between = self._text[start:end].split()
        return end - start <= _FAR and self._words["content"].isdisjoint(between)

    def _subject(self, names: tuple[Mention, ...], cue: _Cue) -> tuple[Party, ...]:
        """Return who agrees: after the verb or the noun, or else before the verb."""
        near = _NEXT if cue.kind in _NOUNS else _AT_ONCE if self._is_any(cue, "leave") else NEAR
        subject = self._lists.run(names, cue.end, near=near)
        if subject and cue.kind == "paper" and self._first(names, cue.end).form != "adjective":
            subject = ()
        if not subject and (cue.kind not in _NOUNS or self._is_any(cue, "theirs")):
            subject = self._lists.before(names, cue.start)
        return subject

    def _is_any(self, cue: _Cue, words: str) -> bool:
        """Whether a cue stands in one of the lists of words, its particles off."""
        read = {word for _, word in readings(self._text[cue.start : cue.end])}
        return not self._words[words].isdisjoint(read)

    def _speaker(
        self, names: tuple[Mention, ...], before: tuple[_Cue, ...], partner: tuple[Party, ...]
    ) -> tuple[Party, ...]:
        """Return the side that announces an agreement with another."""
        for cue in reversed(before):
            if cue.kind in ("meet", "say"):
                said = self._lists.run(names, cue.end, NEAR) or self._lists.before(names, cue.start)
                others = tuple(party for party in said if party not in partner)
                if others:
                    return others[:1]
        return ()

    def _is_joint(self, names: tuple[Mention, ...], cue: _Cue) -> bool:
        """Whether the subject is "both sides", or "the parties" without their name."""
        before = self._text[max(0, cue.start - 24) : cue.start].split()[-1:]
        after = self._text[cue.end : cue.end + 24].split()[:1]
        if after and any(name.start == cue.end + 1 for name in names):
            return False
        return any(word.strip(SIGNS) in self._words["joint"] for word in (*after, *before))

    def _is_known(self, end: int) -> bool:
        """Whether the agreement that ends at an offset is one that goes by a name of its own."""
        after = self._text[end : end + 16].split()[:1]
        return bool(after) and after[0].strip(SIGNS) in self._words["known"]

    def _first(self, names: tuple[Mention, ...], start: int) -> Mention:
        return next(mention for mention in names if mention.start >= start)


@cache
def _forms(words: frozenset[str]) -> frozenset[str]:
    """Spell words out with all particles: what is none of these is looked at no closer."""
    return frozenset(form for word in words for form in written(word))


def _tells(word: str, words: GroupWords) -> bool:
    """Whether what stands behind a word is a source of news: "the newspaper X reported", "to the channel"."""
    return any(rest in words["aside"] or rest in words["say"] for _, rest in readings(word))


def _is_aside(text: str, mention: Mention, before: list[str], words: GroupWords) -> bool:
    """Whether a name is that of who mediates or is host, or of whose office is over."""
    after = text[mention.end : mention.end + _AFTER].split()[:1]
    if mention.form == "adjective" and not words["former"].isdisjoint(after):
        return True
    if mention.form == "leader" and not words["former"].isdisjoint(before[-1:]):
        return True
    return not words["host"].isdisjoint(before[-2:]) or mediates(text, mention, words)


def mediates(text: str, mention: Mention, words: GroupWords) -> bool:
    """Whether a name stands behind a word of mediating, as it is or with an office between."""
    before = text[max(0, mention.start - 24) : mention.start - len(mention.prefix)].split()
    return not words["mediator"].isdisjoint(before[-2:])


def worth(text: str, mention: Mention, words: GroupWords) -> float:
    """Weigh a mention as a party: nothing for a place, less for an adjective or a source of news."""
    before = text[max(0, mention.start - 24) : mention.start - len(mention.prefix)].split()
    last = before[-1].strip(SIGNS) if before else ""
    if _is_aside(text, mention, before, words):
        return 0.0
    if mention.form in ("seat", "name") and mention.party.kind in ("state", "region"):
        if mention.prefix.endswith(BEH) or last in words["place"]:
            return 0.0
    elif mention.prefix.endswith(BEH) and mention.form != "adjective":
        return 0.0
    if mention.form == "institution" and not words["no-party"].isdisjoint(
        text[mention.start : mention.end].split()
    ):
        return 0.0
    if mention.party.kind == "media" and (mention.prefix.endswith(LAM) or _tells(last, words)):
        return 0.0
    return 0.7 if mention.form == "adjective" else 1.0
