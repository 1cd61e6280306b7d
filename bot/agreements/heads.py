"""The head of a phrase: a noun. A verb at the head gives way to its noun of action, where that is known.

"will launch a service" ─▶ "launching a service"; "is done exchanging experts" ─▶ "exchanging experts".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.agreements.lexicon import Lexicon
from bot.arabic.letters import AL, ALEF, BEH, COMMA, DUAL, FEH, LAM, NOON, SEEN, TEH, WAW, YEH
from bot.arabic.text import key

_PRESENT = (YEH, TEH, NOON)
_THIRD = YEH
_AND = (WAW, FEH)
_PRESENT_ENDS = ("", ALEF, DUAL, WAW + NOON, WAW + ALEF)
_PAST_ENDS = ("", TEH, ALEF, TEH + ALEF, WAW + ALEF)
SHARED = ";"
_SIGNS = f'{COMMA},."«»“”'
_APART = 12  #: words between a light verb and what is done
_DAYS = frozenset({"today", "future"})
_DATES = frozenset({"month", "time", "today", "future"})


def verb_forms(stems: str) -> tuple[frozenset[str], frozenset[str]]:
    """Spell out the past and present forms of a verb from its folded stems: past and, if another, present.

    A semicolon parts the stems of two verbs that share a noun.
    """
    if SHARED in stems:
        each = [verb_forms(one) for one in stems.split(SHARED)]
        return frozenset().union(*(past for past, _ in each)), frozenset().union(*(now for _, now in each))
    past, *other = stems.split()
    present = other[0] if other else past
    done = frozenset(past + end for end in _PAST_ENDS)
    final = present.endswith((YEH, ALEF)) and present[:-1]
    doing = {letter + present + end for letter in _PRESENT for end in _PRESENT_ENDS}
    if final:
        doing |= {letter + final + ALEF for letter in _PRESENT}
    return done, frozenset(doing)


@dataclass(frozen=True, slots=True)
class Heads:
    """Knows verbs and their nouns of action (config/lexicon/ar/style.toml); folded but for the nouns."""

    lexicon: Lexicon
    past: Mapping[str, str]  #: form: noun of action, as it is written
    present: Mapping[str, str]
    nouns: frozenset[str]  #: that begin like a verb
    never: frozenset[str]  #: verbs that open no point
    verbs: frozenset[str]  #: that look like a noun of action
    adverbs: frozenset[str]
    light: frozenset[str]
    that: frozenset[str]  #: before a verb that looks like a noun of action
    beside: frozenset[str]  #: "in addition"
    led: frozenset[str]  #: "to agreeing on", after it
    documents: frozenset[str]  #: after a document: still nothing but its name
    about: frozenset[str]  #: after its name: what it is about, or with whom
    partners: frozenset[str]  #: "with", "between"
    so: frozenset[str]  #: "and that", before its aim
    aims: frozenset[str]  #: "with the aim of"

    @classmethod
    def of(cls, lexicon: Lexicon, table: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> Heads:
        """Build it from nouns of action with the stems of their verbs, and lists of words."""
        past: dict[str, str] = {}
        present: dict[str, str] = {}
        for noun, stems in table.items():
            done, doing = verb_forms(key(stems))
            past |= {form: noun for form in done if form not in past}
            present |= {form: noun for form in doing if form not in present}
        return cls(lexicon, past, present, **{name: frozenset(each) for name, each in words.items()})

    def noun_of(self, form: str) -> str:
        """The noun of action of a folded verb form with its joined letters; empty where none is known."""
        return next((self.present.get(bare, "") for bare in _bare(form) if bare in self.present), "")

    def noun_of_past(self, form: str) -> str:
        """The same for a form of any tense."""
        return self.noun_of(form) or next((self.past[bare] for bare in _bare(form) if bare in self.past), "")

    def aimed(self, phrase: str) -> str:
        """Leave out "and that" between a document and its aim."""
        words = phrase.split(" ")
        so = (at for at in range(1, len(words) - 1) if key(words[at]) in self.so)
        at = next((at for at in so if self.lexicon.word(key(words[at + 1])).prep == LAM), None)
        if at is None or "n_doc" not in self.lexicon.word(key(words[0])).classes:
            return phrase
        return " ".join([*words[: at - 1], words[at - 1].rstrip(_SIGNS[:2]), *words[at + 1 :]])

    def alone(self, phrase: str) -> bool:
        """Whether a phrase is a document's name and no more."""
        words = [self.lexicon.word(key(word)) for word in phrase.split(" ")]
        return all("n_doc" in word.classes or word.stem in self.documents for word in words)

    def mend(self, phrase: str, *, verb: bool = False) -> str:
        """Return a phrase with a noun at its head; empty where it cannot have one.

        `verb` says that "that" stands before it: what looks like a noun of action may be a verb.
        """
        head, _, rest = phrase.partition(" ")
        form = key(head.strip(_SIGNS))
        word = self.lexicon.word(form)
        bare = form[1:] if word.joined else form
        opened = (
            self._undated(rest) if bare in self.light else self._opened(rest) if bare in self.beside else None
        )
        if opened is not None:
            return self.mend(opened) if opened else ""
        if bare in self.never or bare in self.adverbs:
            return ""
        if verb and (noun := self.noun_of(form)):
            return self._with(noun, self._after(rest))
        sure = bare in self.verbs
        if not sure and (word.masdar or "n_doc" in word.classes or word.article):
            return phrase
        noun = self.noun_of(form)
        if noun:
            return self._with(noun, self._after(rest))
        return "" if self._verb(bare, future=word.future) else phrase

    def _with(self, noun: str, rest: str) -> str:
        """Put a noun of action before what follows it; with the article where that is no object."""
        first = self.lexicon.word(key(rest.partition(" ")[0]))
        apart = not noun.startswith(AL) and (first.form in self.adverbs or first.prep == BEH)
        return f"{AL if apart else ''}{noun} {rest}".strip()

    def _opened(self, rest: str) -> str | None:
        """What follows "in addition to agreeing on"; None where nothing of it follows "in addition"."""
        words = rest.split()
        lead = next((at for at, one in enumerate(words) if key(one) not in self.led), len(words))
        return " ".join(words[lead:]) if lead else None

    def _undated(self, rest: str) -> str:
        """What is done, where a light verb has the day and the hour before it: "is done today at ten"."""
        words = rest.split()
        if not words or _DAYS.isdisjoint(self.lexicon.word(key(words[0])).classes):
            return rest
        done = (at for at, word in enumerate(words[:_APART]) if self._does(key(word.strip(_SIGNS))))
        return " ".join(words[next(done, 0) :])

    def _does(self, form: str) -> bool:
        word = self.lexicon.word(form)
        return word.masdar and not word.article and not word.prep and not self._dates(form)

    def _verb(self, bare: str, *, future: bool) -> bool:
        """Whether a form whose noun of action is unknown is a verb all the same."""
        return future or (bare.startswith(_THIRD) and bare not in self.nouns and len(bare) > len(DUAL))

    def _after(self, rest: str) -> str:
        """What follows a verb, after its noun: the header names "the two sides", and the day comes last."""
        subject, _, further = rest.partition(" ")
        if subject.endswith(DUAL) and "joint" in self.lexicon.word(key(subject)).classes:
            rest = further
        words = rest.split()
        start = at = int(bool(words) and key(words[0]) in self.adverbs)
        while at < len(words) and self._dates(key(words[at])):
            at += 1
        return " ".join([*words[at:], *words[:at]]) if start < at < len(words) else rest

    def _dates(self, form: str) -> bool:
        return form.isdigit() or not _DATES.isdisjoint(self.lexicon.word(form).classes)


def _bare(form: str) -> tuple[str, ...]:
    """A form, and the same without "and" and the letter of the future."""
    found = [form]
    for letters in (_AND, (SEEN,)):
        found += [one[1:] for one in found if one[:1] in letters]
    return tuple(found)
