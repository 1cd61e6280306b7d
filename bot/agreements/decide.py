"""Which points a story holds: guess where they may begin, let the model choose, find where each ends."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import chain

from bot.agreements.denied import denied
from bot.agreements.end_facts import end_facts
from bot.agreements.features import LEAD, Page, start_facts
from bot.agreements.lexicon import Lexicon
from bot.agreements.line import TRIGGERS, Line
from bot.agreements.model import Model
from bot.agreements.second import Look, rows
from bot.agreements.spans import ends, opens
from bot.agreements.story import StoryView
from bot.agreements.tokens import tokens
from bot.arabic.sentences import Range

LEAST = 0.04  #: a first chance below this is dropped without a second look
QUIET = 0.25  #: a story less likely than this to report an agreement is read no further
DULL = 0.05  #: a sentence less likely than this to hold one is read no further
_CLEARER = 0.25  #: how much likelier an inner beginning must be to take the place of the outer one


@dataclass(frozen=True, slots=True)
class Point:
    """A place where something may be said to be agreed."""

    line: Line
    number: int  #: of its sentence in the body
    first: int  #: token numbers in the sentence, end exclusive
    last: int
    span: Range  #: folded offsets of what is agreed
    chance: float
    kept: bool
    rule: str  #: what governs it, or why it was dropped


def read(story: StoryView, lexicon: Lexicon) -> Page:
    """Cut a story's headline and sentences into words."""
    return Page(
        _line(story, story.headline, lexicon),
        tuple(_line(story, sentence, lexicon) for sentence in story.sentences),
    )


def _line(story: StoryView, span: Range, lexicon: Lexicon) -> Line:
    return Line(tokens(story.folded.text, span, lexicon), span)


def decide(story: StoryView, page: Page, model: Model, *, every: bool = False) -> tuple[Point, ...]:
    """Return the points, kept and dropped, of the sentences with one that is kept, or of `every` sentence."""
    chance = told(page, model)
    if chance < QUIET:
        return ()
    look = first_look(page, model, chance)
    found: list[Point] = []
    for number, numbers in enumerate(rows(page, look, LEAST)):
        chances = tuple([model.second.chance(row) if row is not None else 0.0 for row in numbers])
        if every or max(chances, default=0.0) >= model.keep:
            found += _points(story, page.lines[number], number, chances, model)
    return tuple(found)


def told(page: Page, model: Model) -> float:
    """Weigh whether a story reports an agreement."""
    lead = chain.from_iterable(line.stems for line in page.lines[:LEAD])
    words = model.story.said("hb", page.headline.stems) + model.story.said("b", lead)
    return model.story.chance(page.facts, known=words)


def first_look(page: Page, model: Model, story: float) -> Look:
    """Weigh each beginning and each sentence alone; `story` is the chance of the whole."""
    chances = [(0.0,) * len(line.starts) for line in page.lines]
    lines = [0.0] * len(page.lines)
    if story < QUIET:
        return Look(tuple(chances), tuple(lines), story)
    shared, whole = model.start.part(page.facts), model.line.part(page.facts)
    for number, line in enumerate(page.lines):
        facts = page.line_facts(number)
        lines[number] = model.line.chance(facts, known=whole + model.line.said("b", line.stems))
        if lines[number] >= DULL:
            known = shared + model.start.part(facts)
            chances[number] = tuple(
                [model.start.chance(start_facts(line, at), known=known) for at in line.starts]
            )
    return Look(tuple(chances), tuple(lines), story)


def _points(
    story: StoryView, line: Line, number: int, chances: tuple[float, ...], model: Model
) -> list[Point]:
    """Choose among the beginnings of a sentence and give each that is kept its end."""
    against = {
        at: reason
        for at, chance in zip(line.starts, chances, strict=True)
        if chance >= model.keep and (reason := denied(line, at) or _in_name(story, line, at))
    }
    kept = choose(line, chances, model.keep, against)
    found = []
    for at, chance in zip(line.starts, chances, strict=True):
        if at in kept:
            limit = next((other for other in kept if other > at), len(line.tokens))
            found.append(_point(line, number, (at, end_of(line, at, limit, model)), chance, _rule(line, at)))
        else:
            rule = against.get(at) or ("unlikely" if chance < model.keep else "inside another")
            found.append(_point(line, number, (at, at + 1), chance, rule, kept=False))
    return found


def choose(line: Line, chances: tuple[float, ...], keep: float, against: Container[int]) -> list[int]:
    """Keep the likely beginnings; of two inside one another the outer, unless the inner is clearer."""
    kept: list[tuple[int, float]] = []
    for at, chance in zip(line.starts, chances, strict=True):
        if chance < keep or at in against:
            continue
        if kept and _inside(line, kept[-1][0], at):
            if chance > kept[-1][1] + _CLEARER:
                kept[-1] = (at, chance)
        elif kept and _governs(line, kept[-1][0], at):
            kept[-1] = (at, chance)
        elif kept and at == kept[-1][0] + 1 and not line.tokens[at].gap:
            continue  # "fund and run X" is one point
        else:
            kept.append((at, chance))
    return [at for at, _ in kept]


def _governs(line: Line, verb: int, at: int) -> bool:
    """Whether an earlier beginning is no more than the verb of a place: "will work on securing X"."""
    link = line.chains[at]
    return link is not None and link.at == verb and link.number == 0


def _in_name(story: StoryView, line: Line, at: int) -> str:
    """Say so where a word that reads like an action is part of a name: "the Ministry of Defence"."""
    token = line.tokens[at]
    if token.word.future or "n_doc" in token.word.classes:
        return ""
    start = token.start + token.word.cut
    return "a name" if any(name.start <= start < name.end for name in story.mentions) else ""


def _inside(line: Line, outer: int, at: int) -> bool:
    """Whether a beginning lies inside the phrase that an earlier one opens."""
    if any(token.gap for token in line.tokens[outer + 1 : at + 1]):
        return False
    link = line.chains[at]
    linked = link is not None and link.how in ("link", "direct", "doc")
    return _completes(line, at) or not opens(line.tokens, at, linked=linked)


def _completes(line: Line, at: int) -> bool:
    """Whether a word gives the noun of action before it the object it lacks, or shares its own with it."""
    before, word = line.tokens[at - 1].word, line.tokens[at].word
    lacks = before.masdar and not before.article
    return lacks and (not word.joined or (word.masdar and not word.article))


def end_of(line: Line, start: int, limit: int, model: Model) -> int:
    """Take the end that shares most words with all likely ends, at the latest where the next point begins."""
    likely: list[tuple[int, float]] = []
    left = 1.0
    places = ends(line.tokens, start)
    for end in places:
        if end >= limit:
            break
        chance = model.end.chance(end_facts(line, start, end))
        likely.append((end, left * chance))
        left *= 1.0 - chance
    likely.append((limit if limit < len(line.tokens) else places[-1], left))
    return max(likely, key=lambda one: _expected(one[0] - start, start, likely))[0]


def _expected(length: int, start: int, likely: list[tuple[int, float]]) -> float:
    """The F1 over words that a point of this length may hope for."""
    return sum(
        chance * 2 * min(length, end - start) / (length + end - start)
        for end, chance in likely
        if end > start
    )


def _point(line: Line, number: int, place: Range, chance: float, rule: str, *, kept: bool = True) -> Point:
    first, last = place
    head = line.tokens[first]
    span = (head.start + head.word.cut, line.tokens[last - 1].end)
    return Point(line, number, first, last, span, chance, kept, rule)


def _rule(line: Line, at: int) -> str:
    """Name the chain or trigger that governs a place, or say that it goes on from an earlier sentence."""
    link = line.chains[at]
    if link is not None:
        return f"{link.governor} {link.how} {link.number + 1}"
    for place in reversed(line.triggers):
        if place <= at:
            return min(line.tokens[place].word.classes & TRIGGERS)
    return "continued"
