"""A point in the wire's own words, whole: with the sign that closes it and the noun of its verb.

"extended | the work under the protocol" ─▶ "extending the work under the protocol".
"""

from __future__ import annotations

import re

from bot.agreements.changes import FROM, changing
from bot.agreements.decide import Point
from bot.agreements.ends import tidy
from bot.agreements.heads import Heads
from bot.agreements.story import StoryView
from bot.arabic.letters import AL, COMMA, DECIMAL, LAM

_CLOSING = {")": "(", "»": "«", "”": "“"}
_CLOSES = re.compile(rf"[{COMMA},;:.\n]")
_SUBJECT = 16  #: words after a document's name that say what it is about
#: The rest of a number, and its unit
_FRACTION = re.compile(rf"[.,{DECIMAL}]\d+(?: [^\W\d_]+){{0,2}}")


def own_words(story: StoryView, point: Point, heads: Heads) -> str:
    """Return what a point says, headed by a noun; empty where its verb has none."""
    words = tidy(_whole(story, point, heads))
    head = point.line.tokens[point.first].word
    if head.prep == LAM and head.article and words.startswith(LAM) and not words.startswith(AL):
        words = AL + words[1:]  # the article lost its alef to the preposition
    noun = _governing(story, point, heads)
    before = point.line.tokens[point.first - 1].word.form if point.first else ""
    return heads.mend(f"{noun} {words}" if noun else words, verb=before in heads.that)


def _whole(story: StoryView, point: Point, heads: Heads) -> str:
    """The words of a point with the fraction of their last number and the sign that closes them."""
    start, end = point.span[0], _told(point, heads)
    text = story.folded.text
    if text[end - 1 : end].isdigit() and (rest := _FRACTION.match(text, end)):
        end = rest.end()
    sign = text[end : end + 1]
    opening = _CLOSING.get(sign, "")
    if opening and text.count(opening, start, end) > text.count(sign, start, end):
        end += 1
    before = text[start - 1 : start]
    if before in _CLOSING.values() and before:
        inside = text[start:end]
        closing = next(sign for sign, opening in _CLOSING.items() if opening == before)
        start -= inside.count(closing) > inside.count(before)
    return story.original((start, end))


def _told(point: Point, heads: Heads) -> int:
    """Where a point ends; that of a document's name alone, where the sentence has said what it is about."""
    words, last = point.line.tokens, point.last
    named = words[point.first : last]
    alone = "n_doc" in named[0].word.classes and all(
        "n_doc" in token.word.classes or token.word.stem in heads.documents for token in named
    )
    if not alone or last >= len(words) or words[last].gap:
        return point.span[1]
    after = words[last].word
    if after.prep != LAM and after.form not in heads.about:
        return point.span[1]
    end = next((at for at in range(last + 1, len(words)) if _CLOSES.search(words[at].gap)), len(words))
    return words[min(end, last + _SUBJECT) - 1].end


def _governing(story: StoryView, point: Point, heads: Heads) -> str:
    """The noun of the verb that governs a point, lost without it: extended, ended, entered into force."""
    words, at = point.line.tokens, point.first
    verb = changing(point)
    if verb is not None:
        spelt = story.original((verb.start + verb.word.cut, verb.end)) if verb.word.masdar else ""
        noun = heads.noun_of_past(verb.word.form) or spelt
        before = words[at - 1]
        led = noun and before.word.form == FROM
        return f"{AL}{noun} {story.original((before.start, before.end))}" if led else noun
    head = words[at].word
    subject = at > 0 and head.article and not words[at].gap and "n_doc" in head.classes
    return heads.noun_of(words[at - 1].word.form) if subject else ""
