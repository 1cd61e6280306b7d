"""Whether a point says something that a reader can use. What says nothing by itself is dropped.

Dropped are fixed adverbs read as what was agreed ("on the sidelines"), what is only wanted or prepared, who
signed in place of what, and phrases that nothing but names and pronouns are left of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.agreements.decide import Point
from bot.agreements.lexicon import Lexicon
from bot.agreements.line import TRIGGERS
from bot.agreements.tokens import Token
from bot.arabic.letters import AL, ALEF, HEH, MEEM, TEH, WAW
from bot.arabic.text import key

_WORD = re.compile(r"[^\W_]+")
_REACH = 4  #: words before what governs a point
_AGREED = ("v_agree", "n_agree")  #: who agrees to talk does agree on something
_SHORT = 2  #: words of a phrase that say something only if none of them points elsewhere
_OF_IT = (HEH + ALEF, HEH + MEEM + ALEF)
_PLURAL_OF_IT = ALEF + TEH + HEH  #: in a word as it is spelt: folded, it might be another ending
_LONG = 3  #: letters of a word with a pronoun


@dataclass(frozen=True, slots=True)
class Refusal:
    """Knows the words that give a point away as none (config/lexicon/ar/style.toml); folded."""

    lexicon: Lexicon
    on: frozenset[str]
    adverbial: frozenset[str]  #: after "on"
    takes_on: frozenset[str]  #: before "on"
    unsure: frozenset[str]
    maybe: frozenset[str]
    signers: frozenset[str]  #: after a document that was named before
    people: frozenset[str]  #: who signs any
    described: frozenset[str]  #: verbs after a document that say nothing of what is in it
    quantifiers: frozenset[str]
    pointing: frozenset[str]  #: "this"
    settings: frozenset[str]  #: "in this regard"
    vague: frozenset[str]
    views: frozenset[str]  #: what talks exchange
    crime: frozenset[str]  #: in the sentence
    players: frozenset[str]  #: whose contract is no agreement of parties
    subjects: frozenset[str]  #: after a verb that looks like a noun of action

    def reads_wrongly(self, point: Point) -> bool:
        """Whether the words before a point, or its first, show that it is none."""
        words = point.line.tokens
        at = point.first
        before = words[at - 1].word.form if at else ""
        if before in self.on:
            if words[at].word.form in self.adverbial:
                return True
            if self._taken(words[max(0, at - 1 - _REACH) : at]):
                return True
        if self._elsewhere(point) or self._told(point):
            return True
        return self._unsure(point) or self._talks(point) or self._signers(words, at, point.last)

    def _elsewhere(self, point: Point) -> bool:
        """Whether the sentence tells of a crime, or a point of a player's contract."""
        forms = {token.word.form.removeprefix(WAW) for token in point.line.tokens}
        document = "n_doc" in point.line.tokens[point.first].word.classes
        return not forms.isdisjoint(self.crime) or (document and not forms.isdisjoint(self.players))

    def _told(self, point: Point) -> bool:
        """Whether a point is a verb with its subject: "the two leaders exchanged visits"."""
        words = point.line.tokens
        head, after = words[point.first].word, words[point.first + 1 : point.first + 2]
        return head.masdar and not head.article and any(token.word.form in self.subjects for token in after)

    def _talks(self, point: Point) -> bool:
        """Whether a point tells of talks: an exchange of views, or what a talk was about."""
        words, link = point.line.tokens, point.line.chains[point.first]
        if "talk" not in words[point.first].word.classes or (link and link.governor in _AGREED):
            return False
        views = any(token.word.stem in self.views for token in words[point.first + 1 : point.last])
        return views or (link is not None and link.governor == "v_provide")

    def _taken(self, words: Sequence[Token]) -> bool:
        """Whether the "on" at the end of these words belongs to another word than one of agreeing."""
        for token in reversed(words):
            form = token.word.form.removeprefix(WAW)
            if form in self.takes_on:
                return True
            if token.gap or not TRIGGERS.isdisjoint(token.word.classes):
                return False
        return False

    def _unsure(self, point: Point) -> bool:
        """Whether what governs a point is only wanted."""
        link = point.line.chains[point.first]
        at = link.at if link is not None else point.first
        for token in reversed(point.line.tokens[max(0, at - _REACH) : at]):
            if token.word.stem in self.unsure or token.word.form in self.unsure:
                return True
            if token.gap:
                return False
        return False

    def _signers(self, words: Sequence[Token], at: int, last: int) -> bool:
        """Whether a point is a document that was named before, and goes on with who signed it."""
        if "n_doc" not in words[at].word.classes:
            return False
        after = at + 1
        while after < last and words[after].word.form.startswith(AL):
            after += 1
        if not words[at].word.article and after == at + 1:
            return False
        if after >= last:
            return words[at].word.article and last == at + 1
        word = words[after].word
        if word.form in self.described:
            return True
        named = words[at].word.article and words[after - 1].word.article and word.form in self.signers
        return named or word.form in self.people or ("role" in word.classes and not word.prep)

    def says_nothing(self, phrase: str, names: Sequence[str]) -> bool:
        """Whether a phrase is empty but for names, pronouns and words that point elsewhere."""
        words = [key(word) for word in _WORD.findall(phrase)]
        known = {part for name in names for part in key(name).split()}
        left = [word for word in words if word not in known and word.removeprefix(WAW) not in known]
        first = phrase.partition(" ")[0]
        if first.endswith(_PLURAL_OF_IT) or (words and words[0].endswith(_OF_IT) and len(words[0]) > _LONG):
            return True
        if words and words[0] in self.pointing and not _named(words[1:2], self.settings):
            return True
        if len(words) == 1 or not left or not self.maybe.isdisjoint(words):
            return True
        if all(word in self.vague or self.lexicon.word(word).classes & {"joint", "link"} for word in left):
            return True
        if len(words) > _SHORT:
            return False
        pair = all(self.lexicon.word(word).masdar for word in words) and self.lexicon.word(words[-1]).joined
        return pair or words[0] in self.quantifiers or not self.vague.isdisjoint(words)


def _named(words: Sequence[str], settings: frozenset[str]) -> bool:
    """Whether the word after "this" is the noun it points to."""
    return any(word.startswith(AL) and word not in settings for word in words)
