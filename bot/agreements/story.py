"""A story as the engine sees it: folded once, taken apart once, with the names that stand in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from bot.agreements.names import Mention, Names
from bot.arabic.sentences import Range, layout
from bot.arabic.text import Folded


@dataclass(frozen=True)
class StoryView:
    """An analysed story. Every range counts characters of `folded.text`."""

    folded: Folded
    headline: Range  #: empty for a story of one line
    place: Range  #: the dateline's place; empty where there is none
    sentences: tuple[Range, ...]  #: of the body
    quotes: tuple[Range, ...]  #: quoted speech
    published: dt.date | None
    names: Names

    @classmethod
    def of(cls, folded: Folded, names: Names, published: dt.date | None = None) -> StoryView:
        """Take a folded story apart."""
        parts = layout(folded.text)
        return cls(folded, parts.headline, parts.place, parts.sentences, parts.quotes, published, names)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The names of the story in order; found when first asked for, since most stories need none."""
        return self.names.mentions(self.folded)

    def text(self, span: Range) -> str:
        """The folded words of a range."""
        return self.folded.text[span[0] : span[1]]

    def original(self, span: Range) -> str:
        """The wire's own words of a range."""
        found = self.folded.span(*span)
        return self.folded.original[found.start : found.end]
