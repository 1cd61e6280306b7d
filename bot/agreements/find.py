"""Find what was agreed in a story.

    text ─▶ fold ─▶ gate: no trigger, no work ─▶ take apart (headline, sentences, words, names)
         ─▶ decide: where points begin and end (model over the rules' findings)
         ─▶ for each point: kind, parties, topics, date, amounts, bullet ─▶ verify ─▶ Agreement

Everything counts folded characters until the last step, which slices the wire's own text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace

from bot.agreements.decide import Point, decide, read
from bot.agreements.doers import duty
from bot.agreements.kinds import kind_of
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from bot.agreements.names import Names
from bot.agreements.parties import Cast, Pairs
from bot.agreements.party_lists import GroupWords
from bot.agreements.phrase import Phraser
from bot.agreements.story import StoryView
from bot.agreements.whole import Teller, firm, joined
from bot.arabic.dates import DateMention, Dates
from bot.arabic.letters import COMMA
from bot.arabic.quantities import Quantities, Quantity
from bot.arabic.text import Folded, fold, key, plain
from bot.model import Agreement, Evidence
from bot.topics import Topics

LONGEST = 20_000  #: characters of a text that are read: three times the longest story of any wire seen

_PLACE = re.compile(rf"[\d{COMMA},/]")  #: what follows a dateline's place
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
EMPTY = "says nothing by itself"  #: why a point that the model kept was dropped
AGAIN = "said before"
ALONE = "a document alone, beside what is in it"


@dataclass(frozen=True, slots=True)
class Explained:
    """A place where a point may begin, and what became of it."""

    kept: bool
    score: float  #: the model's chance, 0..1
    reason: str  #: what governs it, or why it was dropped
    subject: Evidence  #: of one that was dropped, its first word
    evidence: Evidence
    agreement: Agreement | None  #: of one that was kept
    parties: str  #: how the parties were found


@dataclass(frozen=True, slots=True)
class Gate:
    """The cheap look at a folded text that most stories fail."""

    parts: tuple[str, ...]  #: letters in a row, one of which a story that agrees on something holds
    patterns: re.Pattern[str]

    def passes(self, text: str) -> bool:
        """Whether a text may hold an agreement."""
        return any(map(text.__contains__, self.parts)) or bool(self.patterns.search(text))


@dataclass(frozen=True)
class Engine:
    """The words, the names, the topics and the model, ready to read stories. Build it with config.engine."""

    lexicon: Lexicon
    names: Names
    groups: GroupWords
    pairs: Pairs
    topics: Topics
    model: Model
    dates: Dates
    quantities: Quantities
    phraser: Phraser
    gate: Gate

    def find(self, text: str, *, published: dt.date | None = None) -> tuple[Agreement, ...]:
        """Return what `text` (headline, newline, body) reports as agreed, in its order.

        `published` is the day that relative dates count from. Never raises, whatever the text.
        """
        if not self.gate.passes(plain(text[:LONGEST])):
            return ()
        folded = fold(text[:LONGEST])
        story = StoryView.of(folded, self.names, published)
        kept = [point for point in joined(decide(story, read(story, self.lexicon), self.model)) if point.kept]
        if not kept:
            return ()
        cast = Cast(story, self.groups, self.pairs)
        filer = _Filer.of(self, story, kept)
        teller = Teller()
        found = (self._agreement(story, cast, filer, point) for point in kept)
        told = [one for one in found if one is not None and not teller.again(one)]
        return firm(told, self.phraser.heads.alone)

    def explain(self, text: str, *, published: dt.date | None = None) -> tuple[Explained, ...]:
        """Return every place where `text` might say what was agreed, kept or dropped, and why.

        Nothing passes the gate of a story without a trigger: the result is empty then.
        """
        if not self.gate.passes(plain(text[:LONGEST])):
            return ()
        folded = fold(text[:LONGEST])
        story = StoryView.of(folded, self.names, published)
        cast = Cast(story, self.groups, self.pairs)
        points = joined(decide(story, read(story, self.lexicon), self.model, every=True))
        filer = _Filer.of(self, story, [point for point in points if point.kept])
        teller = Teller()
        told = [self._explained(story, cast, filer, teller, point) for point in points]
        firmer = firm([one.agreement for one in told if one.agreement], self.phraser.heads.alone)
        return tuple(
            one
            if one.agreement is None or one.agreement in firmer
            else replace(one, kept=False, reason=ALONE, agreement=None, parties="")
            for one in told
        )

    def _explained(
        self, story: StoryView, cast: Cast, filer: _Filer, teller: Teller, point: Point
    ) -> Explained:
        """Say what became of a point."""
        agreement = self._agreement(story, cast, filer, point) if point.kept else None
        again = agreement is not None and teller.again(agreement)
        agreement = None if again else agreement
        return Explained(
            kept=agreement is not None,
            score=round(point.chance, 3),
            reason=AGAIN if again else EMPTY if point.kept and agreement is None else point.rule,
            subject=_slice(story.folded, point.span),
            evidence=_slice(story.folded, point.line.span),
            agreement=agreement,
            parties=cast.parties(point.line.span, point.span).reason if agreement is not None else "",
        )

    def _agreement(self, story: StoryView, cast: Cast, filer: _Filer, point: Point) -> Agreement | None:
        """Say all that is known of a point that is kept; None if its words say nothing to a reader."""
        folded = story.folded
        kind = kind_of(point, self.model)
        parties = cast.parties(point.line.span, point.span).parties
        own = duty(point)
        doers = cast.doers(point.line.span, own.subject, parties, before=own.before) if own else ()
        bullet = self.phraser.bullet(story, point, kind, parties, doers)
        if bullet is None:
            return None
        date = filer.date(point)
        return Agreement(
            kind=kind,
            parties=parties,
            subject=_slice(folded, point.span),
            evidence=_slice(folded, point.line.span),
            phrase=bullet.phrase,
            bullet=bullet.text,
            topics=filer.topics(point),
            date=date.text if date else None,
            on=date.on if date else None,
            place=filer.place,
            amounts=filer.amounts(point),
            rule=point.rule,
            score=round(point.chance, 3),
        )


@dataclass(frozen=True)
class _Filer:
    """What is found once for a story: its place, what it is about, what shares a sentence."""

    story: StoryView
    index: Topics
    dates: Mapping[int, tuple[DateMention, ...]]  #: of each sentence with a point, by its number
    months: Container[str]  #: folded names
    profile: Mapping[str, float]
    place: str | None
    quantities: Mapping[int, tuple[Quantity, ...]]
    points: Mapping[int, int]  #: how many are kept of a sentence, by its number

    @classmethod
    def of(cls, engine: Engine, story: StoryView, kept: Collection[Point]) -> _Filer:
        """Read a story's place and topics, and the dates and amounts beside its points."""
        text = story.folded.text
        lines = {point.number: point.line.span for point in kept}
        known = any(name.start < story.place[1] and story.place[0] < name.end for name in story.mentions)
        place = _PLACE.split(story.original(story.place))[0].strip() if known else ""
        return cls(
            story,
            engine.topics,
            {
                number: engine.dates.find(story.folded, story.published, *span)
                for number, span in lines.items()
            },
            engine.dates.words.months,
            engine.topics.profile(text),
            place or None,
            {number: engine.quantities.find(text, *span) for number, span in lines.items()},
            Counter(point.number for point in kept),
        )

    def topics(self, point: Point) -> tuple[str, ...]:
        """File a point."""
        story = self.story
        return self.index.of(
            story.text(point.span), story.text(point.line.span), story.text(story.headline), self.profile
        )

    def date(self, point: Point) -> DateMention | None:
        """Return the date that stands in a point, else the first one of its sentence that can be meant."""
        here = self.dates[point.number]
        inside = [date for date in here if point.span[0] <= date.start < point.span[1]]
        return next((date for date in (*inside, *here) if self._plausible(date)), None)

    def amounts(self, point: Point) -> tuple[str, ...]:
        """Return the amounts in a point; if none, and it is its sentence's only one, in the sentence."""
        first, last = point.span
        here = self.quantities[point.number]
        inside = [one for one in here if first <= one.start < last]
        meant = inside or (here if self.points[point.number] == 1 else ())
        ordered = sorted(meant, key=lambda one: not one.money)
        return tuple(dict.fromkeys(self.story.original((one.start, one.end)) for one in ordered))

    def _plausible(self, date: DateMention) -> bool:
        """Whether a date can be an item's: no year that is past or alone, no month that may be a name."""
        words = key(date.text)
        if words in self.months:
            return False
        year, published = _YEAR.search(words), self.story.published
        if year is None:
            return True
        if published is None:
            return date.on is not None
        return int(year.group()) >= published.year


def _slice(folded: Folded, span: tuple[int, int]) -> Evidence:
    return Evidence.of(folded.original, folded.span(*span))
