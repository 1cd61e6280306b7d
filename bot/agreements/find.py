"""Find what was agreed in a story.

    text ─▶ fold ─▶ gate: no trigger, no work ─▶ take apart (headline, sentences, words, names)
         ─▶ decide: where points begin and end (model over the rules' findings)
         ─▶ for each point: kind, parties, topics, date, bullet ─▶ verify ─▶ Agreement

Everything counts folded characters until the last step, which slices the wire's own text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.agreements.decide import Point, decide, read
from bot.agreements.kinds import kind_of
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from bot.agreements.names import Names
from bot.agreements.parties import Cast, Pairs, Resolution
from bot.agreements.party_groups import GroupWords
from bot.agreements.phrase import Phraser
from bot.agreements.story import StoryView
from bot.arabic.text import Folded, fold
from bot.model import Agreement, Evidence
from bot.topics import Topics


@dataclass(frozen=True)
class Engine:
    """The words, the names, the topics and the model, ready to read stories. Build it with config.engine."""

    lexicon: Lexicon
    names: Names
    groups: GroupWords
    pairs: Pairs
    topics: Topics
    model: Model
    phraser: Phraser
    gate: re.Pattern[str]

    def find(self, text: str, *, published: dt.date | None = None) -> tuple[Agreement, ...]:
        """Return what `text` (headline, newline, body) reports as agreed, in its order.

        `published` is the day that relative dates count from. Never raises, whatever the text.
        """
        folded = fold(text)
        if not self.gate.search(folded.text):
            return ()
        story = StoryView.of(folded, self.names, published)
        points = decide(read(story, self.lexicon), self.model)
        kept = [point for point in points if point.kept]
        if not kept:
            return ()
        cast = Cast(story, self.groups, self.pairs)
        return tuple(self._agreement(story, cast, point) for point in kept)

    def _agreement(self, story: StoryView, cast: Cast, point: Point) -> Agreement:
        """Say all that is known of a point that is kept."""
        folded = story.folded
        subject, evidence = _slice(folded, point.span), _slice(folded, point.line.span)
        kind = kind_of(point)
        resolved: Resolution = cast.parties(point.line.span, point.span)
        bullet = self.phraser.bullet(story, point, kind, resolved.parties)
        topics = self.topics.of(story.text(point.span), story.text(point.line.span))
        return Agreement(
            kind=kind,
            parties=resolved.parties,
            subject=subject,
            evidence=evidence,
            phrase=bullet.phrase,
            bullet=bullet.text,
            topics=topics,
            date=None,
            on=None,
            place=None,
            rule=point.rule,
            score=round(point.chance, 3),
        )


def _slice(folded: Folded, span: tuple[int, int]) -> Evidence:
    return Evidence.of(folded.original, folded.span(*span))
