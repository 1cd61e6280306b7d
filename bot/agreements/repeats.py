"""What a bullet's parties say already: "with X", "between X and Y", "today, Wednesday"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon
from bot.arabic.letters import AL, ALEF, BEH, COMMA, HEH, KAF, LAM, SEMICOLON, WAW, YEH
from bot.arabic.text import key

_MARKS = f'{COMMA},."«»“”()'
_COMMAS = (COMMA, ",", SEMICOLON)
_PAIR = 2
_AFTER = frozenset({"link", "adjunct", "relative", "purpose", "v_provide"})
_ADJECTIVE = (YEH, YEH + HEH)  #: what an adjective adds to the name of its state
_NEAR = 6  #: words after "with" in which a state's adjective tells with whom
_STATE = 4  #: letters of such a name at least
_ENOUGH = 0.5  #: share of a name that stands for it


@dataclass(frozen=True, slots=True)
class Repeats:
    """Knows "with" and "between", and the nouns that stand before names; folded."""

    lexicon: Lexicon
    between: str
    together: frozenset[str]  #: "with"
    mutual: frozenset[str]  #: "cooperation": two have it between them
    them: Mapping[str, str]  #: a preposition: the same with "them both"
    titles: frozenset[str]  #: before a state's name: "the kingdom of"
    days: frozenset[str]
    leading: frozenset[str]  #: words that lead to the next one

    def without(self, phrase: str, names: Sequence[str]) -> str:
        """Leave out what the names of the parties, that stand beside the phrase, repeat."""
        words = self._shared(self._undated(phrase.split(" ")))
        for at, word in enumerate(words):
            form = key(word)
            if form not in self.together and form != self.between:
                continue
            if at >= _PAIR and form in self.together and self._alone(words[at + 1 :], names):
                return " ".join(words[:at])
            last, seen, whole = self._run(words, at + 1, names)
            if (
                not seen
                or (form == self.between and seen < _PAIR)
                or not self._closes(words, last, whole=whole)
            ):
                continue
            document = "n_doc" in self.lexicon.word(key(words[0])).classes
            if form == self.between and not document and form in self.them:
                if len(names) != _PAIR:
                    continue
                return " ".join(self._shared([*words[:at], self.them[form], *words[last:]]))
            if at >= _PAIR or (at and at + len(words) - last > _PAIR):
                return " ".join([*words[:at], *words[last:]])
        return " ".join(words)

    def _alone(self, words: Sequence[str], names: Sequence[str]) -> bool:
        """Whether nothing is left but the noun that a party's name begins with: "the company"."""
        noun = key(words[0].strip(_MARKS)) if len(words) == 1 else ""
        return noun.startswith(AL) and any(
            noun in (key(name).split()[0], AL + key(name).split()[0]) for name in names
        )

    def tellers(self, phrase: str, names: Sequence[str]) -> int:
        """How many of the names, from the first, stand beside a phrase that says the others itself.

        Those behind "with" follow who agreed with them; "between A and B" says all or tells nobody's side.
        """
        words = phrase.split(" ")
        joints = (*self.together, self.between)
        at = next((at for at, word in enumerate(words) if key(word) in joints), None)
        if at is None:
            return len(names)
        rest = {one for word in words[at:] for one in _readings(key(word.strip(_MARKS)))}
        said = [rest.issuperset(key(name).split()) for name in names]
        if all(said):
            return 0
        if key(words[at]) not in self.together:
            return len(names)
        near = [key(word.strip(_MARKS)).removeprefix(AL) for word in words[at + 1 : at + 1 + _NEAR]]
        theirs = [any(_part(word, [frozenset([key(name)])]) for word in near) for name in names]
        told = (n for n, (whole, state) in enumerate(zip(said, theirs, strict=True)) if whole or state)
        return next(told, 0) or len(names)

    def _shared(self, words: list[str]) -> list[str]:
        """Leave out "between them" after what two have between them anyway."""
        them = self.them.get(self.between)
        return [
            word
            for at, word in enumerate(words)
            if word != them or not self._mutual(words[max(0, at - 3) : at])
        ]

    def _mutual(self, words: Sequence[str]) -> bool:
        if not self.mutual.isdisjoint(map(key, words)):
            return True
        return any(self._classes(word) & {"sharing", "n_doc"} for word in words[-_PAIR:])

    def _undated(self, words: list[str]) -> list[str]:
        """Leave out "today, Wednesday" at either end, and a last day that no preposition leads to."""
        while len(words) > _PAIR and self._day(words[0]):
            words = words[1:]
        while len(words) > _PAIR and self._day(words[-1]) and key(words[-2]) not in self.leading:
            words = words[:-1]
        if len(words) > _PAIR and words[-1].isdigit() and self._day(words[-2]):
            words = words[:-_PAIR]  # the first number of a date
        inside = [
            word for at, word in enumerate(words) if not (at and self._day(word) and self._aside(words, at))
        ]
        return [*inside[:-1], inside[-1].rstrip(COMMA + ",")]

    def _aside(self, words: Sequence[str], at: int) -> bool:
        """Whether the days around a word stand between commas."""
        first = next(n for n in range(at, -1, -1) if not n or not self._day(words[n - 1]))
        last = next(n for n in range(at, len(words)) if n + 1 == len(words) or not self._day(words[n + 1]))
        after = self.lexicon.word(key(words[last + 1])) if last + 1 < len(words) else None
        closed = words[last].endswith(_COMMAS) or (after is not None and after.prep == LAM)
        return first > 0 and words[first - 1].endswith(_COMMAS) and closed

    def _day(self, word: str) -> bool:
        return key(word.strip(_MARKS)) in self.days

    def _classes(self, word: str) -> frozenset[str]:
        return self.lexicon.word(key(word.strip(_MARKS))).classes

    def _run(self, words: Sequence[str], start: int, names: Sequence[str]) -> tuple[int, int, bool]:
        """Where a run of the parties' names ends, and how many parties it names, and whether in full."""
        parties = [frozenset(_bare(part) for part in key(name).split()) for name in names]
        seen: set[str] = set()
        at = start
        while at < len(words):
            if words[at] == '"':
                at += 1
                continue
            bare = _bare(key(words[at].strip(_MARKS)).removeprefix(WAW))
            whole = _bare(key(words[at].strip(_MARKS)))
            found = next((part for one in (whole, bare) if (part := _part(one, parties))), "")
            titled = not self.titles.isdisjoint((whole, bare, AL + bare))
            if not found and not titled and not self._classes(words[at]) & {"body"}:
                break
            seen |= {found} - {""}
            at += 1
            if words[at - 1].endswith(_COMMAS):
                break
        if seen and at < len(words) and words[at].startswith(AL):
            at += 1  # "the American", after a company's name
        if seen and at < len(words) and words[at].startswith("("):
            at = next((n + 1 for n in range(at, len(words)) if words[n].endswith(")")), at)
        shares = [len(party & seen) / len(party) for party in parties if party]
        in_full = seen <= frozenset().union(*(party for party in parties if party <= seen))
        return at, sum(share >= _ENOUGH for share in shares), in_full

    def _closes(self, words: Sequence[str], at: int, *, whole: bool) -> bool:
        """Whether a name ends before `at`: at the end, at a comma, or before a word that is no part of it."""
        if at >= len(words) or words[at - 1].endswith(_COMMAS):
            return True
        word = self.lexicon.word(key(words[at].strip(_MARKS)))
        purpose = word.prep == LAM and word.masdar and not word.article
        leads = word.prep in (BEH, KAF) or word.form in self.leading
        return purpose or (whole and leads) or bool(_AFTER & word.classes)


def _bare(part: str) -> str:
    return part.removeprefix(AL)


def _part(word: str, parties: Sequence[frozenset[str]]) -> str:
    """The part of a party's name that a word is, or is the adjective of; empty if it is none."""
    parts = frozenset().union(*parties)
    if word in parts:
        return word
    states = (one for one in parts if len(one) >= _STATE)
    return next((one for one in states if word in {one.removesuffix(ALEF) + end for end in _ADJECTIVE}), "")


def _readings(word: str) -> tuple[str, str]:
    return word, word.removeprefix(WAW)
