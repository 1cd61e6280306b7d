"""The engine's words: which classes a word form has once its joined letters are off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.arabic.letters import AL, ALEF, BEH, FEH, KAF, LAM, LIL, NOON, SEEN, TEH, WAW, YEH
from bot.arabic.text import key
from bot.remembered import Remembered

_MAX_KNOWN = 60_000  # analysed forms kept; a wire's vocabulary is a fraction of it

#: Letters that join a word: conjunctions, prepositions; and those that begin a verb in the present.
_AND = (WAW, FEH)
_TO = (BEH, LAM, KAF)
_PRESENT = (YEH, TEH, NOON, ALEF)
_SHORT_VERB = 3  #: letters of a verb that must be known to be read as one in the future
_SHORTEST = 2  # letters that must be left when a joined letter comes off


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word form taken apart. There is one of each form, so that it can be looked up by itself."""

    form: str  #: folded
    stem: str  #: without the joined letters
    cut: int  #: how many characters conjunction and preposition take
    joined: bool  #: a conjunction stands before it
    prep: str  #: the joined preposition
    article: bool
    future: bool
    masdar: bool
    classes: frozenset[str]
    kin: tuple[str, ...] = ()  #: its clan and its family: words that keep the same company


@dataclass(frozen=True)
class Lexicon:
    """Word classes."""

    classes: Mapping[str, frozenset[str]]  #: folded form -> classes
    shapes: re.Pattern[str]
    masdars: frozenset[str]
    not_masdars: frozenset[str]
    kin: Mapping[str, tuple[str, ...]]  #: stem -> its clan and its family

    @classmethod
    def of(cls, data: Mapping[str, Any], kin: Mapping[str, tuple[str, ...]]) -> Lexicon:
        """Build it from the tables of config/lexicon/ar/engine.toml and the kin of config/model/kin.tsv."""
        classes: dict[str, set[str]] = {}
        for name, table in data["class"].items():
            for word in _words(table["words"]):
                classes.setdefault(word, set()).add(name)
        masdar = data["masdar"]
        shapes = re.compile("|".join(key(shape) for shape in masdar["shapes"]))
        return cls(
            {word: frozenset(names) for word, names in classes.items()},
            shapes,
            frozenset(_words(masdar["words"])),
            frozenset(_words(masdar["not"])),
            kin,
        )

    @cached_property
    def _known(self) -> Remembered[str, Word]:
        return Remembered(self._analyse, _MAX_KNOWN)

    def word(self, form: str) -> Word:
        """Take a folded word form apart."""
        return self._known[form]

    def words(self, forms: Iterable[str]) -> Iterable[Word]:
        """Take folded word forms apart."""
        return map(self._known.__getitem__, forms)

    def _analyse(self, form: str) -> Word:
        """Try the splits from the fullest form down; the first one known wins, else the likeliest."""
        splits = tuple(_splits(form, keep_and="not_and" in self.classes.get(form, ())))
        for split in splits:
            if self._has(split.stem) or (split.article and self._has(AL + split.stem)):
                return self._word(form, split)
        for split in splits:
            if self._shaped(split.stem) or (split.future and len(split.stem) > _SHORT_VERB):
                return self._word(form, split)
        plain = splits[-1] if splits[-1].joined and splits[-1].article else splits[0]
        return self._word(form, plain)

    def _has(self, stem: str) -> bool:
        return stem in self.classes or stem in self.masdars

    def _shaped(self, stem: str) -> bool:
        """Whether a stem has a shape of nouns of action; one that begins like the article, only form VIII."""
        article = stem.startswith(AL) and not stem.startswith(AL + TEH)
        return not article and self.shapes.fullmatch(stem) is not None

    def _word(self, form: str, split: _Split) -> Word:
        """Join a split with what the lexicon says of its stem."""
        whole = (AL if split.article else "") + split.stem
        classes = self.classes.get(split.stem, frozenset()) | self.classes.get(whole, frozenset())
        if split.future:
            classes |= self.classes.get(SEEN + split.stem, frozenset())
        masdar = split.stem in self.masdars or (
            self._shaped(split.stem)
            and split.stem not in self.not_masdars
            and whole not in self.not_masdars
            and not split.future
        )
        return Word(
            form,
            split.stem,
            split.cut,
            split.joined,
            split.prep,
            split.article,
            split.future,
            masdar,
            classes,
            self.kin.get(split.stem, ()),
        )


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to take the joined letters off."""

    stem: str
    cut: int
    joined: bool = False
    prep: str = ""
    article: bool = False
    future: bool = False


def _splits(form: str, *, keep_and: bool) -> Iterable[_Split]:
    """Yield the ways to read a form, fewest letters taken off first; a conjunction set apart always goes."""
    if form[1:2].isspace():
        rest = form[1:].lstrip()
        yield from _inner(rest, len(form) - len(rest), joined=True)
        return
    yield from _inner(form, 0, joined=False)
    if form[:1] in _AND and not keep_and and len(form) > _SHORTEST:
        yield from _inner(form[1:], 1, joined=True)


def _inner(rest: str, cut: int, *, joined: bool) -> Iterable[_Split]:
    """Yield the ways to read a form whose conjunction is off."""
    yield _Split(rest, cut, joined)
    if rest.startswith(AL) and len(rest) > len(AL) + 1:
        yield _Split(rest[2:], cut, joined, article=True)
    if rest.startswith(LIL) and len(rest) > len(LIL) + 1:
        yield _Split(rest[2:], cut + 1, joined, prep=LAM, article=True)
    if rest[:1] in _TO and len(rest) > _SHORTEST + 1:
        if rest[1:3] == AL:
            yield _Split(rest[3:], cut + 1, joined, prep=rest[0], article=True)
        yield _Split(rest[1:], cut + 1, joined, prep=rest[0])
    if rest[:1] == SEEN and rest[1:2] in _PRESENT and len(rest) > _SHORT_VERB:
        yield _Split(rest[1:], cut, joined, future=True)


def _words(text: str) -> list[str]:
    return [key(word) for word in text.split()]
