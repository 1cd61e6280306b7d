"""What the model is told about a story, a sentence and a place where a point may begin: groups of facts.

Facts are of three sorts: the rules' findings (which trigger governs, what stands between, how the list runs
on), the surroundings (sentence and story: headline, background, talk), and the words themselves. To add one,
name it in the group that is given what it needs, and train anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from bot.agreements.chains import Link
from bot.agreements.facts import Facts, fact, group
from bot.agreements.lexicon import Word
from bot.agreements.line import STRONG, TRIGGERS, Line, nearest

Classes = frozenset[str]

_BETWEEN = frozenset(
    {
        "relative",
        "adjunct",
        "v_announce",
        "talk",
        "call",
        "negation",
        "past",
        "opinion",
        "purpose",
        "maybe",
        "link",
        "order",
    }
)
_AROUND = TRIGGERS | {
    "talk",
    "call",
    "past",
    "negation",
    "maybe",
    "opinion",
    "joint",
    "sharing",
    "sport_person",
    "future",
    "today",
    "month",
    "body",
    "role",
}
_HEADLINE = TRIGGERS | {"talk", "call", "opinion", "negation", "past", "joint", "sport_person"}
_COUNTED = (
    "v_agree",
    "v_sign",
    "n_sign",
    "n_agree",
    "doc_strong",
    "v_pledge",
    "opinion",
    "joint",
    "talk",
    "sport_person",
)
_SUBJECT = frozenset({"joint", "negation", "maybe", "call", "past", "relative", "light"})
_YEAR = 4  #: digits
_WORDS = 20_000  #: heads whose shape is remembered
_FAR = 3  #: words away: too far for a word's kin to tell anything
LEAD = 3  #: sentences that tell what a story is about
_BACK = 40  #: sentences before one in which a trigger is looked for
_BINS = (0, 1, 2, 3, 5, 8, 12, 20, 35)
_BIN_NAMES = (*map(str, _BINS), "+")


def bin_of(number: int) -> str:
    """Name the range a count falls in."""
    return _BIN_NAMES[bisect_left(_BINS, number)]


@dataclass(frozen=True)
class Page:
    """A story's sentences and its headline, as the features see them."""

    headline: Line
    lines: tuple[Line, ...]

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What holds for the whole story."""
        counts = Counter(chain.from_iterable(line.classes for line in self.lines))
        return (
            _held("H", self.headline.classes & _HEADLINE),
            *(fact(f"S#{name}", bin_of(counts[name])) for name in _COUNTED),
            fact("S#", bin_of(len(self.lines))),
            *(_held("S0", line.classes & TRIGGERS) for line in self.lines[:1]),
        )

    def line_facts(self, number: int) -> list[Facts]:
        """What holds for a sentence."""
        line = self.lines[number]
        found = [
            _held("s", line.classes & _AROUND),
            fact("s@", bin_of(number)),
            fact("s@end", bin_of(len(self.lines) - 1 - number)),
            fact("s#", len(line.tokens) // 12),
            fact("s#strong", len(line.strong)),
            fact("s#dated", sum([len(t.word.form) == _YEAR and t.word.form.isdigit() for t in line.tokens])),
        ]
        found += [_opening(at, token.word) for at, token in enumerate(line.tokens[:3])]
        if number:
            found.append(_held("p", self.lines[number - 1].classes & TRIGGERS))
        back = next((d for d in range(1, min(number, _BACK) + 1) if self.lines[number - d].strong), 0)
        found.append(fact("back", bin_of(back)))
        return found


@group
def _held(label: str, classes: Classes) -> Iterable[str]:
    return (f"{label}={name}" for name in classes)


@group
def _opening(at: int, word: Word) -> Iterable[str]:
    return (f"s{at}w={word.stem}", *(f"s{at}={name}" for name in word.classes))


def start_facts(line: Line, at: int) -> list[Facts]:
    """Say what is known of the place where a point would begin."""
    sentence = line.tokens
    token = sentence[at]
    found = [_own(token.word), fact("gap", token.gap[-1:]), fact("at", bin_of(at))]
    found += [_before(step, sentence[at - step].word if at >= step else None) for step in (1, 2, 3)]
    found += [_after(step, other.word) for step, other in enumerate(sentence[at + 1 : at + 3], 1)]
    head, glue = _shape(token.word)
    _govern(found, line, at, f"{head}|{glue}")
    _chained(found, line, at, head)
    return found


@lru_cache(maxsize=_WORDS)
def _shape(word: Word) -> tuple[str, str]:
    """Say what sort of head a word is, and what is written onto it."""
    if word.masdar:
        head = "masdar"
    elif word.future:
        head = "future"
    else:
        head = min(word.classes & {"n_doc", "n_sign", "content"}, default="other")
    return head, ("and" if word.joined else "") + (word.prep and "prep") + ("the" if word.article else "")


@group
def _own(word: Word) -> Iterable[str]:
    head, glue = _shape(word)
    yield from (f"w={word.stem}", f"head={head}", f"glue={glue}", f"head={head}|{glue}")
    yield from (f"c={name}" for name in word.classes)
    yield from (f"0={kin}" for kin in word.kin)


@group
def _before(step: int, word: Word | None) -> Iterable[str]:
    if word is None:
        yield f"-{step}=^"
        return
    yield from (f"-{step}={name}" for name in word.classes)
    yield f"-{step}w={word.stem}"
    yield from (f"-{step}={kin}" for kin in word.kin if step < _FAR)
    if word.masdar:
        yield f"-{step}=masdar"


@group
def _after(step: int, word: Word) -> Iterable[str]:
    yield from (f"+{step}={name}" for name in word.classes)
    yield f"+{step}art={word.article}"
    yield from (f"+{step}={kin}" for kin in word.kin)
    if step == 1:
        yield f"+1w={word.stem}"


def _govern(found: list[Facts], line: Line, at: int, how: str) -> None:
    """Add what the triggers to the left say."""
    last = -1
    for label, places in (("g", line.triggers), ("G", line.strong)):
        left = nearest(places, at)
        if left is None:
            found.append(fact(label, f"none|{how}"))
            continue
        if left != last:  # as a rule the nearest is a strong one
            last, seen, distance = left, line.among(left + 1, at), bin_of(at - left)
            commas, inner = line.signs[at] - line.signs[left + 1], line.masdars[at] - line.masdars[left + 1]
        found += (
            _governor(label, line.kinds[left], how, distance, "link" in seen),
            _distance(label, distance, min(commas, 4), min(inner, 4)),
            _between(label, seen & _BETWEEN),
        )
    first = line.strong[0] if line.strong else at
    if first < at:
        found += (_held("F", line.kinds[first] & STRONG), fact("Fd", bin_of(at - first)))


@group
def _governor(label: str, classes: Classes, how: str, distance: str, linked: bool) -> Iterable[str]:  # noqa: FBT001 - lru_cache is quickest without names
    for name in classes & TRIGGERS:
        base = f"{label}={name}"
        yield from (base, f"{base}|{how}", f"{base}|d{distance}", f"{base}|link{linked}")


@group
def _distance(label: str, distance: str, commas: int, inner: int) -> Iterable[str]:
    return (f"{label}d={distance}", f"{label},={commas}", f"{label}m={inner}")


@group
def _between(label: str, classes: Classes) -> Iterable[str]:
    return (f"{label}~{name}" for name in classes)


def _chained(found: list[Facts], line: Line, at: int, head: str) -> None:
    """Add the place in the list that a trigger governs."""
    link = line.chains[at]
    if link is None:
        before = next((other.governor for place, other in reversed(line.linked) if place < at), None)
        found.append(fact("ch", f"none|after={before}"))
        return
    found += (
        _listed(link.governor, link.how, min(link.number, 2), link.broken, head),
        _fellow(link.how, link.parallel, head, bool(line.tokens[at].gap), _commas(line, at, link)),
        fact("chw", f"{bin_of(link.wait)}|{link.how}"),
        _subject(link.governor, line.among(link.at, at) & _SUBJECT),
        _lead(link.governor, line.among(max(0, link.at - 2), link.at)),
    )


@group
def _listed(governor: str, how: str, number: int, broken: str, head: str) -> Iterable[str]:
    base = f"ch={governor}|{how}"
    yield from (base, f"{base}|{number}", f"{base}|{broken}", f"{base}|{head}")
    yield from (f"ch#{number}|{how}|{broken}", f"ch!{broken}|{how}")


@group
def _fellow(how: str, parallel: bool, head: str, gap: bool, commas: bool) -> Iterable[str]:  # noqa: FBT001 - as above
    return (f"ch,{gap}|{how}|{parallel}|{commas}", f"ch||{parallel}|{how}|{head}")


@group
def _subject(governor: str, classes: Classes) -> Iterable[str]:
    return (f"ch~{name}|{governor}" for name in classes)


@group
def _lead(governor: str, classes: Classes) -> Iterable[str]:
    return (f"ch<{name}|{governor}" for name in classes)


def _commas(line: Line, at: int, link: Link) -> bool:
    """Whether other heads of the same list stand behind a comma."""
    return any(
        other.at == link.at and other.number and place != at and line.tokens[place].gap
        for place, other in line.linked
    )
