"""The groups of parties that a sentence names: "A signed with B", "between A and B", "an A-B agreement"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.agreements.names import Mention
from bot.agreements.particles import readings
from bot.arabic.letters import BEH, COMMA, LAM, SEMICOLON, WAW
from bot.arabic.sentences import Range
from bot.model import Party

_WORD = re.compile(r"[^\W_]+")
_NEAR = 9  #: words between a cue and the first name
_FAR = 160  #: characters between a cue and its "with"
_CLOSE = 4  #: words between a name and the verb after it
_CUES = 60  #: of one sentence that are read: far more than any sentence of a wire has
_MEMBERS = 30  #: names that are read as one list at most
_LIST = 14  #: words between two names of one list
_COMMA = 1  #: words between two names of a list that only a comma joins
_JOINS = re.compile(rf"[{COMMA},\-–—/]")
_SIGNS = f'"{COMMA},()«»“”‘’:;{SEMICOLON}.'
_STRONG = ("agree", "sign", "paper")
_KINDS = ("agree", "with", "between", "sign", "paper", "meet", "say")
_NOUNS = ("sign", "paper")
_NEXT = 2  #: words between a noun of agreeing and its subject

GroupWords = Mapping[str, frozenset[str]]  #: the lists of config/lexicon/ar/parties.tsv, folded


@dataclass(frozen=True, slots=True)
class Group:
    """Parties that a sentence names together."""

    start: int
    parties: tuple[Party, ...]
    rule: str
    strong: bool  #: said to agree, not only to meet


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
        self._names = tuple(name for name in names if worth(text, name, words))
        self._starts = [name.start for name in self._names]
        self._cue_words = frozenset().union(*(words[kind] for kind in _KINDS))

    def groups(self, sentence: Range) -> tuple[Group, ...]:
        """Return the groups that a sentence names, in order; groups of one among them."""
        first, last = bisect_left(self._starts, sentence[0]), bisect_left(self._starts, sentence[1])
        names = self._names[first:last]
        cues = tuple(islice(self._governing(self._cues(sentence)), _CUES))
        found: list[Group] = []
        for at, cue in enumerate(cues):
            if cue.kind in ("with", "say"):
                continue
            if cue.kind == "between":
                parties = self._run(names, cue.end, _NEAR)
            else:
                parties = self._around(names, cues, at)
            if parties or cue.kind in _STRONG:
                found.append(Group(cue.start, parties, cue.kind, cue.kind in _STRONG))
        return tuple(found)

    def _cues(self, sentence: Range) -> Iterator[_Cue]:
        for match in _WORD.finditer(self._text, *sentence):
            for _, word in readings(match.group()):
                if word not in self._cue_words:
                    continue
                kind = next(kind for kind in _KINDS if word in self._words[kind])
                if kind == "paper" and self._is_known(match.end()):
                    break
                yield _Cue(match.start(), match.end(), kind)
                break

    def _governing(self, cues: Iterable[_Cue]) -> Iterator[_Cue]:
        """Leave out nouns of agreeing that are only the object of a verb of agreeing before them."""
        verb: _Cue | None = None
        for cue in cues:
            if cue.kind == "agree":
                verb = cue
            elif cue.kind in _NOUNS and verb is not None:
                between = self._text[verb.end : cue.start]
                if len(between) < _FAR and self._words["block"].isdisjoint(between.split()):
                    continue
                verb = None
            yield cue

    def _around(self, names: tuple[Mention, ...], cues: tuple[_Cue, ...], at: int) -> tuple[Party, ...]:
        """Return the subject of a verb or noun of agreeing, and whom it stands with."""
        cue = cues[at]
        if self._is_joint(names, cue):
            return ()
        partner: tuple[Party, ...] = ()
        other = next((c for c in cues[at + 1 :] if c.kind in ("with", "between", "agree")), None)
        if other is not None and other.kind != "agree" and self._is_open(cue.end, other.start):
            partner = self._run(names, other.end, _NEAR)
        side = names if not partner or other is None else tuple(m for m in names if m.end <= other.start)
        subject = self._subject(side, cue)
        between = other is not None and other.kind == "between"
        if partner and not subject and not between:
            subject = self._speaker(tuple(m for m in names if m.end <= cue.start), cues[:at], partner)
        return _unique((*subject, *partner))

    def _is_open(self, start: int, end: int) -> bool:
        """Whether parties may still follow: what is agreed has not begun."""
        between = self._text[start:end].split()
        return end - start <= _FAR and self._words["content"].isdisjoint(between)

    def _subject(self, names: tuple[Mention, ...], cue: _Cue) -> tuple[Party, ...]:
        """Return who agrees: after the verb or the noun, or else before the verb."""
        subject = self._run(names, cue.end, near=_NEXT if cue.kind in _NOUNS else _NEAR)
        if subject and cue.kind == "paper" and self._first(names, cue.end).form != "adjective":
            subject = ()
        if not subject and cue.kind not in _NOUNS:
            subject = self._run_before(names, cue.start)
        return subject

    def _speaker(
        self, names: tuple[Mention, ...], before: tuple[_Cue, ...], partner: tuple[Party, ...]
    ) -> tuple[Party, ...]:
        """Return the side that announces an agreement with another."""
        for cue in reversed(before):
            if cue.kind in ("meet", "say"):
                said = self._run(names, cue.end, _NEAR) or self._run_before(names, cue.start)
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
        return any(word.strip(_SIGNS) in self._words["joint"] for word in (*after, *before))

    def _is_known(self, end: int) -> bool:
        """Whether the agreement that ends at an offset is one that goes by a name of its own."""
        after = self._text[end : end + 16].split()[:1]
        return bool(after) and after[0].strip(_SIGNS) in self._words["known"]

    def _first(self, names: tuple[Mention, ...], start: int) -> Mention:
        return next(mention for mention in names if mention.start >= start)

    def _run(self, names: tuple[Mention, ...], start: int, near: int = _NEAR) -> tuple[Party, ...]:
        """Return the list of names that begins soon after an offset."""
        first = bisect_left(names, start, key=lambda name: name.start)
        if first == len(names) or not self._reaches(
            start, names[first].start - len(names[first].prefix), near
        ):
            return ()
        run = [names[first]]
        for mention in names[first + 1 : first + _MEMBERS]:
            step = self._step(run[-1], mention)
            if step == "stop":
                break
            if step == "join":
                run.append(mention)
            elif step == "person" or (step == "same" and mention.party.slug == run[-1].party.slug):
                run[-1] = mention
        return _unique(mention.party for mention in run)

    def _run_before(self, names: tuple[Mention, ...], end: int) -> tuple[Party, ...]:
        """Return the list of names that ends right before a verb."""
        earlier = [mention for mention in names if mention.end <= end]
        if not earlier or not self._reaches(earlier[-1].end, end, near=_CLOSE):
            return ()
        run = [earlier[-1]]
        for mention in reversed(earlier[-_MEMBERS:-1]):
            step = self._step(mention, run[0])
            if step == "stop":
                break
            if step == "join":
                run.insert(0, mention)
        return _unique(mention.party for mention in run)

    def _reaches(self, start: int, end: int, near: int) -> bool:
        """Whether a name that begins at `end` still belongs to the cue that ends at `start`."""
        between = self._text[start:end].split()
        if len(between) > near:
            return False
        return not any(word.strip(_SIGNS) in self._words["block"] for word in between)

    def _step(self, left: Mention, right: Mention) -> str:
        """Say how one name follows another: it joins the list, belongs to the same phrase, or stops both."""
        gap = self._text[left.end : right.start - len(right.prefix)]
        between = [word.strip(_SIGNS) for word in gap.split()]
        words = self._words
        person = right.party.kind == left.party.kind == "person" and gap.lstrip().startswith(WAW)
        if len(between) > _LIST or any(w in words["block"] or w in words["agree"] for w in between):
            return "join" if person else "stop"
        if gap.strip() == COMMA and right.party.kind == "person" != left.party.kind:
            return "person"
        joined = right.prefix.startswith(WAW) or any(word.startswith(WAW) for word in between)
        joined = joined or any(word in words["with"] for word in between)
        if not joined and _JOINS.search(gap):
            if len(between) > _COMMA:
                return "stop"
            joined = True
        if joined or (not between and left.form == right.form == "adjective"):
            return "join"
        return "person" if right.party.kind == "person" else "same"


def worth(text: str, mention: Mention, words: GroupWords) -> float:
    """Weigh a mention as a party: nothing for a place, less for an adjective or a source of news."""
    before = text[max(0, mention.start - 24) : mention.start - len(mention.prefix)].split()
    last = before[-1].strip(_SIGNS) if before else ""
    if mention.form in ("seat", "name") and mention.party.kind in ("state", "region"):
        if mention.prefix.endswith(BEH) or last in words["place"]:
            return 0.0
    elif mention.prefix.endswith(BEH) and mention.form != "adjective":
        return 0.0
    if mention.form == "institution" and not words["no-party"].isdisjoint(
        text[mention.start : mention.end].split()
    ):
        return 0.0
    if mention.party.kind == "media" and (mention.prefix.endswith(LAM) or last in words["aside"]):
        return 0.0
    return 0.7 if mention.form == "adjective" else 1.0


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple({party.slug: party for party in parties}.values())
