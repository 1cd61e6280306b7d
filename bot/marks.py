"""Words in a headline that say what a version is: a correction of a story, or the end of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.arabic.letters import COMMA
from bot.arabic.text import fold, key
from bot.model import Change, Story

#: What stands around a mark, so that a headline which only begins with its words is none.
_SIGNS = rf"[\s:\-–—/|.{COMMA}()\[\]«»\"*]"
_EDGES = f' :-–—/|.{COMMA}()[]«»"*\t'


class Marks:
    """The marks of each change, as agencies write them in headlines."""

    def __init__(self, corrections: Iterable[str], kills: Iterable[str]) -> None:
        # A kill's words are a sentence to editors, whatever follows; a correction's are words of every day.
        self._patterns = (
            (Change.KILL, re.compile(rf"{_SIGNS}*(?:{_any(kills)})(?=$|{_SIGNS})")),
            (Change.CORRECTION, re.compile(rf"{_SIGNS}*(?:{_any(corrections)})\s*(?=$|(?!\s){_SIGNS})")),
        )

    def read(self, story: Story) -> Story:
        """Return the story with what its headline says of it; the wire's own word comes first."""
        headline = fold(story.headline)
        for change, pattern in self._patterns:
            if found := pattern.match(headline.text):
                rest = headline.original[headline.span(0, found.end()).end :].strip(_EDGES)
                return replace(story, says=story.says or change, about=rest)
        return story


def _any(words: Iterable[str]) -> str:
    """Match any of the words in any spelling; the longest first."""
    return "|".join(sorted((re.escape(key(word)) for word in words), key=len, reverse=True))
