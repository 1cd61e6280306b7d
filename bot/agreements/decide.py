"""Which points a story holds: guess where they may begin, let the model choose, find where each ends."""

from __future__ import annotations

from dataclasses import dataclass

from bot.agreements.features import TRIGGERS, Line, Page, end_facts, start_facts
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from bot.agreements.spans import ends, starts
from bot.agreements.story import StoryView
from bot.agreements.tokens import tokens
from bot.arabic.sentences import Range

_ENOUGH = 0.5  #: the chance of an end that is taken


@dataclass(frozen=True, slots=True)
class Point:
    """A place where something may be said to be agreed."""

    line: Line
    number: int  #: of its sentence in the body
    sentence: Range  #: folded offsets
    first: int  #: token numbers in the sentence, end exclusive
    last: int
    span: Range  #: folded offsets of what is agreed
    chance: float
    kept: bool
    rule: str  #: what governs it


def read(story: StoryView, lexicon: Lexicon) -> Page:
    """Cut a story's headline and sentences into words."""
    text = story.folded.text
    return Page(
        Line(tokens(text, story.headline, lexicon), story.headline),
        tuple(Line(tokens(text, sentence, lexicon), sentence) for sentence in story.sentences),
    )


def decide(page: Page, model: Model) -> tuple[Point, ...]:
    """Return the points of a story in order, kept and dropped."""
    return tuple(point for number in range(len(page.lines)) for point in _points(page, number, model))


def _points(page: Page, number: int, model: Model) -> list[Point]:
    """Weigh the beginnings of a sentence and give each that is kept its end."""
    line = page.lines[number]
    places = starts(line.tokens)
    if not places:
        return []
    around = {*page.facts, *page.line_facts(number)}
    chances = [model.start.chance(around.union(start_facts(line, at))) for at in places]
    kept = [at for at, chance in zip(places, chances, strict=True) if chance >= model.keep]
    found = []
    for at, chance in zip(places, chances, strict=True):
        keep = at in kept
        limit = next((other for other in kept if other > at), len(line.tokens))
        last = _end(line, at, limit, model) if keep else at + 1
        found.append(_point(line, number, (at, last), chance, keep=keep))
    return found


def _end(line: Line, start: int, limit: int, model: Model) -> int:
    """Take the first likely end of a point, at the latest where the next one begins."""
    last = start + 1
    for last in ends(line.tokens, start):
        if last >= limit:
            return limit
        if model.end.chance(end_facts(line, start, last)) >= _ENOUGH:
            break
    return last


def _point(line: Line, number: int, place: tuple[int, int], chance: float, *, keep: bool) -> Point:
    first, last = place
    head = line.tokens[first]
    span = (head.start + head.word.cut, line.tokens[last - 1].end)
    return Point(line, number, line.span, first, last, span, chance, keep, _rule(line, first))


def _rule(line: Line, at: int) -> str:
    """Name the trigger that governs a place: its class, or the sentence before."""
    for place in reversed(line.triggers):
        if place <= at:
            return min(line.tokens[place].word.classes & TRIGGERS)
    return "continued"
