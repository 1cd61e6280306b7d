"""A point in the wire's own words, whole: with the sign that closes it and the noun of its verb.

"extended | the work under the protocol" ─▶ "extending the work under the protocol".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agreements.changes import FROM, changing
from bot.agreements.decide import Point
from bot.agreements.ends import Ends, tidy
from bot.agreements.heads import Heads
from bot.agreements.story import StoryView
from bot.agreements.tokens import Token
from bot.arabic.letters import AL, COMMA, DECIMAL, LAM, SEMICOLON

_CLOSING = {")": "(", "»": "«", "”": "“"}
_CLOSES = re.compile(rf"[{COMMA},;:.\n]")
_PAIR = 2  #: words: "between them"
_QUOTES = '"»”) '
_PAUSES = ("", COMMA, ",", SEMICOLON, ";")
_SUBJECT = 16  #: words after a document's name that say what it is about
#: The rest of a number, and its unit
_FRACTION = re.compile(rf"[.,{DECIMAL}]\d+(?: [^\W\d_]+){{0,2}}")


def own_words(story: StoryView, point: Point, heads: Heads, ends: Ends) -> str:
    """Return what a point says, headed by a noun; empty where its verb has none."""
    words = heads.aimed(tidy(_whole(story, point, heads, ends)))
    head = point.line.tokens[point.first].word
    if head.prep == LAM and head.article and words.startswith(LAM) and not words.startswith(AL):
        words = AL + words[1:]  # the article lost its alef to the preposition
    noun = _governing(story, point, heads)
    before = point.line.tokens[point.first - 1].word.form if point.first else ""
    return heads.mend(f"{noun} {words}" if noun else words, verb=before in heads.that)


def _whole(story: StoryView, point: Point, heads: Heads, ends: Ends) -> str:
    """The words of a point with the fraction of their last number and the sign that closes them."""
    start, end = point.span[0], _told(point, heads, ends)
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


def _told(point: Point, heads: Heads, ends: Ends) -> int:
    """Where a point ends, with what completes it; that of a document's name alone, with what it is about."""
    words, last = point.line.tokens, point.last
    if last < len(words) and _document_alone(words[point.first : last], heads):
        gap = words[last].gap.strip(_QUOTES)
        aim = min(len(words) - 1, last + (words[last].word.form in heads.so))
        after = words[aim].word
        about = (after.prep == LAM and after.masdar) or after.form in heads.aims
        named = "n_doc" in words[last - 1].word.classes or words[last - 1].word.stem in heads.documents
        if (about and gap in _PAUSES) or (
            not gap and named and (after.prep == LAM or after.form in heads.about)
        ):
            return _closing(words, aim, heads)
    end = ends.completed(words, point.first, last)
    return point.span[1] if end == last else words[end - 1].end


def _document_alone(words: Sequence[Token], heads: Heads) -> bool:
    """Whether these words are a document's name and at most with whom it was signed."""
    partner = next((at for at, token in enumerate(words) if token.word.form in heads.partners), len(words))
    return "n_doc" in words[0].word.classes and all(
        "n_doc" in token.word.classes or token.word.stem in heads.documents for token in words[:partner]
    )


def _closing(words: Sequence[Token], start: int, heads: Heads) -> int:
    """Where what a document is about ends, that starts at a word; "between the two" of it says nothing."""
    end = next((at for at in range(start + 1, len(words)) if _CLOSES.search(words[at].gap)), len(words))
    if end - start > _PAIR and words[end - _PAIR].word.form in heads.partners:
        end -= _PAIR * ("joint" in words[end - 1].word.classes)
    return words[min(end, start + _SUBJECT) - 1].end


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
