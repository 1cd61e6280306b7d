"""The parties of a point in a story, for the tests that ask who agreed."""

from __future__ import annotations

from collections.abc import Callable

from bot.agreements.parties import Cast, Resolution
from bot.agreements.story import StoryView
from bot.arabic.text import fold
from config.names import load_names, load_pairs, load_party_words

Resolve = Callable[[str, str], Resolution]


def resolver() -> Resolve:
    """Return what says who agreed on the last words like a point in a story."""
    names, words, pairs = load_names(), load_party_words(), load_pairs()

    def of(story: str, point: str) -> Resolution:
        folded = fold(story)
        view = StoryView.of(folded, names)
        at = folded.text.rindex(fold(point).text)
        sentence = next(s for s in (*view.sentences, view.headline) if s[0] <= at < s[1])
        return Cast(view, words, pairs).parties(sentence, (at, at + len(fold(point).text)))

    return of


def named(resolution: Resolution) -> list[str]:
    return [party.name for party in resolution.parties]
