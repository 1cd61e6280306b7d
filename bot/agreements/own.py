"""A point in the wire's own words, whole: with the sign that closes it and the noun of its verb.

"extended | the work under the protocol" ─▶ "extending the work under the protocol".
"""

from __future__ import annotations

import re

from bot.agreements.decide import Point
from bot.agreements.ends import tidy
from bot.agreements.heads import Heads
from bot.agreements.story import StoryView

_ARTICLE = "\u0627\u0644"
_FOR = "\u0644"
_CLOSING = {")": "(", "»": "«", "”": "“"}
_FRACTION = re.compile(r"[.,٫]\d+")
_GOVERNED = frozenset({"v_extend", "v_end", "v_force"})
_APART = 6  #: words between a verb and what it governs: its subject


def own_words(story: StoryView, point: Point, heads: Heads) -> str:
    """Return what a point says, headed by a noun; empty where its verb has none."""
    words = tidy(_whole(story, point))
    head = point.line.tokens[point.first].word
    if head.prep == _FOR and head.article and words.startswith(_FOR) and not words.startswith(_ARTICLE):
        words = _ARTICLE + words[1:]  # the article lost its alef to the preposition
    noun = _governing(point, heads)
    return heads.mend(f"{noun} {words}" if noun else words)


def _whole(story: StoryView, point: Point) -> str:
    """The words of a point with the fraction of their last number and the sign that closes them."""
    start, end = point.span
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


def _governing(point: Point, heads: Heads) -> str:
    """The noun of the verb that governs a point, lost without it: extended, ended, entered into force."""
    line, at = point.line, point.first
    word = line.tokens[at].word
    if word.masdar and not word.article:
        return ""
    link = line.chains[at]
    if link is not None and link.governor in _GOVERNED and not link.number and at - link.at <= _APART:
        if not any(token.gap for token in line.tokens[link.at + 1 : at + 1]):
            return heads.noun_of_past(line.tokens[link.at].word.form)
        return ""
    subject = at > 0 and word.article and not line.tokens[at].gap and "n_doc" in word.classes
    return heads.noun_of(line.tokens[at - 1].word.form) if subject else ""
