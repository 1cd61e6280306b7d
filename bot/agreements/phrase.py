"""The words a reader sees: the wire's own, with the parties named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agreements.decide import Point
from bot.agreements.story import StoryView
from bot.model import Kind, Party

MOST = 22  #: words of a bullet
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Bullet:
    """The two forms of a bullet."""

    phrase: str  #: under a header of parties
    text: str  #: alone


@dataclass(frozen=True, slots=True)
class Phraser:
    """Writes bullets."""

    joint: str  #: the conjunction that joins parties

    def bullet(self, story: StoryView, point: Point, kind: Kind, parties: tuple[Party, ...]) -> Bullet:
        """Write a point's bullet."""
        del kind
        phrase = _SPACE.sub(" ", story.original(point.span)).strip(' "«»“”،.')
        who = f" {self.joint}".join(party.name for party in parties[:3])
        room = MOST - len(who.split())
        words = phrase.split()
        text = " ".join(words[:room])
        return Bullet(phrase, f"{who}: {text}" if who else text)
