"""What the model is told about a place where a point may end: groups of facts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.agreements.facts import Facts, fact, group
from bot.agreements.features import bin_of
from bot.agreements.lexicon import Word
from bot.agreements.line import Line


def end_facts(line: Line, start: int, end: int) -> list[Facts]:
    """Say what is known of the place where a point would end."""
    sentence = line.tokens
    head = sentence[start].word
    kind = "doc" if "n_doc" in head.classes else "masdar" if head.masdar else "other"
    size = bin_of(end - start)
    found = [_inside(size, end - start == 1, kind), _last(sentence[end - 1].word)]
    if end >= len(sentence):
        return [*found, fact("end", "$")]
    word, gap = sentence[end].word, sentence[end].gap[-1:]
    found += (_here(word, gap), _beside(kind, size, gap, _shape(word)))
    if end + 1 < len(sentence):
        found.append(_after(sentence[end + 1].word, _shape(word)))
    found.append(fact("same", f"{head.article == word.article}|{_shape(word)}|{bool(gap)}"))
    found.append(fact("commas", min(line.signs[end] - line.signs[start + 1], 3)))
    return found


def _shape(word: Word) -> str:
    """Say what is written onto a word, and whether it can open a point."""
    signs = ((word.joined, "and"), (word.masdar, "m"), (word.article, "the"), (word.future, "f"))
    return "".join([sign for holds, sign in signs if holds])


@group
def _inside(size: str, one: bool, kind: str) -> Iterable[str]:  # noqa: FBT001 - lru_cache is quickest without names
    return (f"n={size}", f"one={one}", f"k={kind}")


@group
def _last(word: Word) -> Iterable[str]:
    return (f"l={name}" for name in word.classes)


@group
def _here(word: Word, gap: str) -> Iterable[str]:
    shape = _shape(word)
    yield from (f"gap={gap}", f"shape={shape}", f"gap={gap}|{shape}", f"w={word.stem}")
    yield from (f"c={name}|{bool(gap)}" for name in word.classes)


@group
def _beside(kind: str, size: str, gap: str, shape: str) -> Iterable[str]:
    return (f"k={kind}|{gap}", f"k={kind}|{shape}", f"n={size}|{gap}")


@group
def _after(word: Word, shape: str) -> Iterable[str]:
    yield from (f"+1={name}" for name in word.classes)
    yield f"+1art={word.article}|{shape}"
