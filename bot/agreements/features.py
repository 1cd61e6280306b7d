"""What the model is told about a story, a sentence and a place where a point may begin: names of facts.

Facts are of three sorts: the rules' findings (which trigger governs, what stands between, how the list runs
on), the surroundings (sentence and story: headline, background, talk), and the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.agreements.chains import Link, chains
from bot.agreements.tokens import Token
from bot.arabic.sentences import Range

_EMPTY: frozenset[str] = frozenset()
#: What can govern a point, the strongest first.
STRONG = frozenset(
    {
        "v_agree",
        "v_sign",
        "n_sign",
        "n_agree",
        "v_pledge",
        "v_ratify",
        "n_pledge",
        "n_ratify",
        "v_end",
        "v_extend",
    }
)
TRIGGERS = STRONG | {"n_doc", "v_provide", "v_plan", "v_reach", "v_force", "v_decide"}
_BETWEEN = (
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
)
_AROUND = (
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
)
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
_YEAR = 4  #: digits
_LEAD = 3  #: sentences that tell what a story is about
_BINS = (0, 1, 2, 3, 5, 8, 12, 20, 35)


def bin_of(number: int) -> str:
    """Name the range a count falls in."""
    for limit in _BINS:
        if number <= limit:
            return str(limit)
    return "+"


@dataclass(frozen=True)
class Line:
    """A sentence: its words, and what holds for all of them."""

    tokens: tuple[Token, ...]
    span: Range = (0, 0)  #: folded offsets

    @cached_property
    def classes(self) -> frozenset[str]:
        """All classes of its words."""
        return _EMPTY.union(*(token.word.classes for token in self.tokens))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, as facts."""
        return tuple(dict.fromkeys(f"b={token.word.stem}" for token in self.tokens))

    @cached_property
    def chains(self) -> tuple[Link | None, ...]:
        """The place of each word in the list that a trigger governs."""
        return chains(self.tokens)

    @cached_property
    def triggers(self) -> tuple[int, ...]:
        """Where its triggers stand."""
        return tuple(
            at for at, token in enumerate(self.tokens) if not TRIGGERS.isdisjoint(token.word.classes)
        )

    @cached_property
    def strong(self) -> tuple[int, ...]:
        """Where those stand that need no help."""
        return tuple(at for at in self.triggers if not STRONG.isdisjoint(self.tokens[at].word.classes))


@dataclass(frozen=True)
class Page:
    """A story's sentences and its headline, as the features see them."""

    headline: Line
    lines: tuple[Line, ...]

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """What holds for the whole story."""
        found = [
            f"H={name}"
            for name in sorted(
                self.headline.classes
                & (TRIGGERS | {"talk", "call", "opinion", "negation", "past", "joint", "sport_person"})
            )
        ]
        found += [f"S#{name}={bin_of(sum(name in line.classes for line in self.lines))}" for name in _COUNTED]
        found.append(f"S#={bin_of(len(self.lines))}")
        if self.lines:
            found += [f"S0={name}" for name in self.lines[0].classes & TRIGGERS]
        return tuple(found)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the headline and the first sentences, as facts."""
        head = [f"h{fact}" for fact in self.headline.words]
        return tuple(dict.fromkeys([*head, *(fact for line in self.lines[:_LEAD] for fact in line.words)]))

    def line_facts(self, number: int) -> tuple[str, ...]:
        """What holds for a sentence."""
        line = self.lines[number]
        found = [f"s={name}" for name in line.classes if name in _AROUND or name in TRIGGERS]
        found.append(f"s@={bin_of(number)}")
        found.append(f"s@end={bin_of(len(self.lines) - 1 - number)}")
        found.append(f"s#={len(line.tokens) // 12}")
        found.append(f"s#strong={len(line.strong)}")
        found.append(f"s#dated={sum(_is_year(token.word.form) for token in line.tokens)}")
        for at, token in enumerate(line.tokens[:3]):
            found += [f"s{at}={name}" for name in token.word.classes]
            found.append(f"s{at}w={token.word.stem}")
        if number:
            found += [f"p={name}" for name in self.lines[number - 1].classes & TRIGGERS]
        back = next((d for d in range(1, min(number, 40) + 1) if self.lines[number - d].strong), 0)
        found.append(f"back={bin_of(back)}")
        return tuple(found)


def start_facts(line: Line, at: int) -> list[str]:
    """Say what is known of the place where a point would begin."""
    sentence = line.tokens
    token = sentence[at]
    word = token.word
    head = (
        "masdar"
        if word.masdar
        else "future"
        if word.future
        else next(iter(sorted(word.classes & {"n_doc", "n_sign", "content"})), "other")
    )
    glue = ("and" if word.joined else "") + (word.prep and "prep") + ("the" if word.article else "")
    found = [
        f"w={word.stem}",
        f"head={head}",
        f"glue={glue}",
        f"head={head}|{glue}",
        f"gap={token.gap[-1:]}",
        f"at={bin_of(at)}",
    ]
    found += [f"c={name}" for name in word.classes]
    for step in (1, 2, 3):
        if at >= step:
            other = sentence[at - step].word
            found += [f"-{step}={name}" for name in other.classes]
            found.append(f"-{step}w={other.stem}")
            if other.masdar:
                found.append(f"-{step}=masdar")
        else:
            found.append(f"-{step}=^")
    for step in (1, 2):
        if at + step < len(sentence):
            other = sentence[at + step].word
            found += [f"+{step}={name}" for name in other.classes]
            found.append(f"+{step}art={other.article}")
            if step == 1:
                found.append(f"+1w={other.stem}")
    _govern(found, line, at, f"{head}|{glue}")
    _chained(found, line, at, head)
    return found


def _chained(found: list[str], line: Line, at: int, head: str) -> None:
    """Add the place in the list that a trigger governs."""
    link = line.chains[at]
    if link is None:
        before = next((other for other in reversed(line.chains[:at]) if other is not None), None)
        found.append(f"ch=none|after={before.governor if before else None}")
        return
    number = min(link.number, 2)
    gap = bool(line.tokens[at].gap)
    found += [f"ch,{gap}|{link.how}|{link.parallel}|{_commas(line, at, link)}"]
    base = f"ch={link.governor}|{link.how}"
    found += [
        base,
        f"{base}|{number}",
        f"{base}|{link.broken}",
        f"{base}|{head}",
        f"ch#{number}|{link.how}|{link.broken}",
    ]
    found += [
        f"ch!{link.broken}|{link.how}",
        f"ch||{link.parallel}|{link.how}|{head}",
        f"chw={bin_of(link.wait)}|{link.how}",
    ]
    subject = _EMPTY.union(*(token.word.classes for token in line.tokens[link.at : at]))
    found += [
        f"ch~{name}|{link.governor}"
        for name in ("joint", "negation", "maybe", "call", "past", "relative", "light")
        if name in subject
    ]
    lead = line.tokens[max(0, link.at - 2) : link.at]
    found += [f"ch<{name}|{link.governor}" for token in lead for name in token.word.classes]


def _is_year(form: str) -> bool:
    return len(form) == _YEAR and form.isdigit()


def _commas(line: Line, at: int, link: Link) -> bool:
    """Whether other heads of the same list stand behind a comma."""
    return any(
        other is not None and other.at == link.at and other.number and place != at and line.tokens[place].gap
        for place, other in enumerate(line.chains)
    )


def _govern(found: list[str], line: Line, at: int, how: str) -> None:
    """Add what the triggers to the left say."""
    for label, places in (("g", line.triggers), ("G", line.strong)):
        left = next((place for place in reversed(places) if place < at), None)
        if left is None:
            found.append(f"{label}=none|{how}")
            continue
        between = line.tokens[left + 1 : at]
        names = sorted(line.tokens[left].word.classes & TRIGGERS)
        commas = sum(bool(token.gap) for token in between)
        seen = _EMPTY.union(*(token.word.classes for token in between)) if between else _EMPTY
        inner = sum(token.word.masdar for token in between)
        for name in names:
            found += [
                f"{label}={name}",
                f"{label}={name}|{how}",
                f"{label}={name}|d{bin_of(at - left)}",
                f"{label}={name}|link{'link' in seen}",
            ]
        found += [f"{label}d={bin_of(at - left)}", f"{label},={min(commas, 4)}", f"{label}m={min(inner, 4)}"]
        found += [f"{label}~{name}" for name in _BETWEEN if name in seen]
    first = line.strong[0] if line.strong else None
    if first is not None and first < at:
        found += [f"F={name}" for name in line.tokens[first].word.classes & STRONG]
        found.append(f"Fd={bin_of(at - first)}")
