"""What an agreement is about, and which topic a reader means.

- words of the agreement: cues (config/lexicon/ar/topics.tsv) give each topic a score: one to three slugs;
- what a reader typed: slug, name or alias in ar, en, fr: a Topic, or the nearest one as a suggestion.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.arabic.letters import AL
from bot.arabic.text import key
from bot.topic_cues import Cues

#: How alike a typed word and a name must be (difflib's ratio) to be offered: about one slip in four letters.
_ALIKE = 0.72
_SHORT = 4  #: words up to this long keep what looks like an article


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that readers follow."""

    slug: str
    names: Mapping[str, str]  #: by locale: ar, en, fr
    aliases: tuple[str, ...] = ()  #: other words for it, in any language
    iptc: str | None = None  #: IPTC Media Topics code, "medtop:20000418"


def plain(text: str) -> str:
    """Fold a topic's name: Arabic folded, the article off each word, Latin accents and hyphens off."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    words = key(bare.replace("-", " ").replace("_", " ").replace("'", " ").replace("\u2019", " ")).split()
    return " ".join(word[2:] if word.startswith(AL) and len(word) > _SHORT else word for word in words)


class Topics:
    """All topics: find one by what a reader typed, file a text under one to three."""

    def __init__(self, topics: Iterable[Topic], cues: Cues | None = None) -> None:
        self.all = tuple(topics)
        self._cues = cues or Cues(())
        self._by_slug = {topic.slug: topic for topic in self.all}

    @cached_property
    def _by_name(self) -> Mapping[str, Topic]:
        """Fold the names when a reader first asks for one; a topic's own go before another's aliases."""
        own = [(name, topic) for topic in self.all for name in (topic.slug, *topic.names.values())]
        others = [(name, topic) for topic in self.all for name in topic.aliases]
        return {plain(name): topic for name, topic in reversed(own + others)}

    def __getitem__(self, slug: str) -> Topic:
        return self._by_slug[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def find(self, query: str) -> Topic | None:
        """Return the topic a reader named by slug, name or alias in ar, en or fr, or by the start of one."""
        wanted = plain(query)
        if not wanted:
            return None
        if exact := self._by_name.get(wanted):
            return exact
        starts = {topic.slug: topic for name, topic in self._by_name.items() if name.startswith(wanted)}
        return next(iter(starts.values())) if len(starts) == 1 else None

    def suggest(self, query: str) -> Topic | None:
        """Return the topic whose name is most like a mistyped one; None when nothing is near."""
        near = difflib.get_close_matches(plain(query), self._by_name, n=1, cutoff=_ALIKE)
        return self._by_name[near[0]] if near else None

    def profile(self, text: str) -> Mapping[str, float]:
        """Score a whole folded story, once, to file its agreements by as well."""
        return self._cues.scores(text)

    def of(
        self, subject: str, context: str = "", headline: str = "", story: Mapping[str, float] | None = None
    ) -> tuple[str, ...]:
        """File an agreement: one to three slugs, the best first; none when no cue stands anywhere.

        `subject` is the folded text of what is agreed, `context` its sentence; `headline` and `story`, the
        profile of the whole story, decide where the subject does not say.
        """
        return self._cues.best(subject, context, headline, story)
