"""Lists of names: "A, B and the president of C, D" are three sides, for D is who presides over C."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.agreements.names import Mention
from bot.arabic.letters import COMMA, SEMICOLON, WAW
from bot.model import Party

NEAR = 9  #: words between a cue and the first name
CLOSE = 4  #: words between a name and the verb after it
SIGNS = f'"{COMMA},()«»“”‘’:;{SEMICOLON}.'
_MEMBERS = 30  #: names that are read as one list at most
_LIST = 14  #: words between two names of one list
_COMMA = 1  #: words between two names of a list that only a comma joins
_OTHERS = 12  #: words between a list that ends in "and others" and its verb
_OFFICE = 60  #: characters before the name of a body that name an office
_VERBS = ("agree", "say")  #: lists of verbs
_TITLE = 4  #: words of such an office
_JOINS = re.compile(rf"[{COMMA},\-–—/]")
_BLANK = f' {COMMA}"«»“”'

GroupWords = Mapping[str, frozenset[str]]  #: the lists of config/lexicon/ar/parties.tsv, folded


@dataclass(frozen=True, slots=True)
class Lists:
    """Reads the lists of names of one folded text."""

    text: str
    words: GroupWords

    def run(self, names: tuple[Mention, ...], start: int, near: int = NEAR) -> tuple[Party, ...]:
        """Return the list of names that begins soon after an offset."""
        first = bisect_left(names, start, key=lambda name: name.start)
        if first == len(names) or not self.reaches(
            start, names[first].start - len(names[first].prefix), near
        ):
            return ()
        run = [last := names[first]]
        for mention in names[first + 1 : first + _MEMBERS]:
            step = self._step(last, mention)
            if step == "stop":
                break
            if step == "join":
                run.append(mention)
            elif step == "person" or (step == "same" and mention.party.slug == run[-1].party.slug):
                run[-1] = mention
            last = mention
        return unique(mention.party for mention in run)

    def before(self, names: tuple[Mention, ...], end: int) -> tuple[Party, ...]:
        """Return the list of names that ends right before a verb."""
        earlier = [mention for mention in names if mention.end <= end]
        if not earlier:
            return ()
        rest = self.text[earlier[-1].end : end].split()
        others = bool(rest) and rest[0].strip(SIGNS) in self.words["others"]
        if not self.reaches(earlier[-1].end, end, near=_OTHERS if others else CLOSE):
            return ()
        run = [earlier[-1]]
        for mention in reversed(earlier[-_MEMBERS:-1]):
            step = self._step(mention, run[0])
            if step == "stop":
                break
            if step == "join":
                run.insert(0, mention)
        return unique(mention.party for mention in run)

    def reaches(self, start: int, end: int, near: int) -> bool:
        """Whether a name that begins at `end` still belongs to the cue that ends at `start`."""
        between = self.text[start:end].split()
        if len(between) > near:
            return False
        return not any(word.strip(SIGNS) in self.words["block"] for word in between)

    def _step(self, left: Mention, right: Mention) -> str:
        """Say how one name follows another: it joins the list, belongs to the same phrase, or stops both."""
        gap = self.text[left.end : right.start - len(right.prefix)]
        between = [word.strip(SIGNS) for word in gap.split()]
        words = self.words
        person = right.party.kind == left.party.kind == "person" and gap.lstrip().startswith(WAW)
        if len(between) > _LIST or any(self._ends(word) for word in between):
            return "join" if person else "stop"
        if self._holds(left, right, gap):
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

    def _ends(self, word: str) -> bool:
        """Whether no list goes on over a word: a preposition, or a verb of another clause."""
        bare = word.removeprefix(WAW)
        return word in self.words["block"] or any(
            one in self.words[k] for k in _VERBS for one in (word, bare)
        )

    def _holds(self, left: Mention, right: Mention, gap: str) -> bool:
        """Whether a name is that of who holds the office named before it: one side, not two."""
        if right.form == "leader" and left.form == "institution":
            return not gap.strip(_BLANK)
        person = right.party.kind == "person" != left.party.kind and not right.prefix
        return person and (gap.strip() == COMMA or self._is_title(left))

    def _is_title(self, mention: Mention) -> bool:
        """Whether a body is named only for the office that somebody holds in it."""
        before = self.text[max(0, mention.start - _OFFICE) : mention.start - len(mention.prefix)].split()
        return not self.words["office"].isdisjoint(word.removeprefix(WAW) for word in before[-_TITLE:])


def unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Leave out parties that were named before."""
    return tuple({party.slug: party for party in parties}.values())
