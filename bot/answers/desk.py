"""What answering a command needs, and what every answer is made with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.agreements.names import Names
from bot.catalogue import Catalogue
from bot.errors import AskAgain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import FeedConfig, Finding, Interest, Request, Subscription, Wants
from bot.ports.editions import Editions
from bot.ports.stories import Stories
from bot.ports.subscriptions import Subscriptions
from bot.topics import Topic, Topics
from bot.words import Words
from bot.zones import Zones

#: The hour that a first subscription is offered.
MORNING = "08:00"
#: Findings read at most for one answer; pages beyond that are old news.
READ = 500
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs; the composition root fills it."""

    stories: Stories
    subscriptions: Subscriptions
    editions: Editions
    topics: Topics
    words: Mapping[str, Words]
    verbs: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]  #: folded words that stand for a choice, by what is chosen
    catalogue: Catalogue  #: what there is to follow
    names: Names  #: parties as wires name them
    feeds: Sequence[FeedConfig]  #: the wires that are read
    zones: Zones
    zone: str  #: where an asker is unless the platform or a subscription says otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """One command being answered."""

    desk: Desk
    request: Request
    rest: str
    now: dt.datetime
    subscription: Subscription | None = None  #: the chat's
    chosen: Wants | None = None  #: what a chat without one chose
    command: str = ""  #: the slash command, however it was said
    called: Mapping[Interest, str] = field(default_factory=dict)  #: names of parties that no list has

    @property
    def words(self) -> Words:
        """The chat's language, else the asker's; Arabic where we lack it."""
        wants = self.subscription.wants if self.subscription else self.chosen
        locale = wants.locale if wants else self.request.locale
        return self.desk.words.get(locale, self.desk.words["ar"])

    @property
    def wants(self) -> Wants:
        """What the chat wants, or would if it subscribed by one word: every morning where the asker is."""
        if self.subscription:
            return self.subscription.wants
        if self.chosen:
            return self.chosen
        zone = self.request.zone if self.request.zone in self.desk.zones else self.desk.zone
        return Wants((dt.time.fromisoformat(MORNING),), zone, self.words.locale)

    @property
    def zone(self) -> ZoneInfo:
        """Where the chat is, else the asker."""
        return ZoneInfo(self.wants.zone)


async def asked_by(desk: Desk, request: Request, now: dt.datetime) -> Asked:
    """Return what was asked, with what is known of the chat."""
    known = await desk.subscriptions.of(request.chat)
    chosen = None if known else await desk.subscriptions.chosen(request.chat)
    return Asked(desk, request, "", now, known, chosen)


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Put buttons into rows of so many."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def say(words: Words, *lines: str, buttons: Rows = ()) -> Message:
    """Write lines of plain text."""
    return Message(tuple(paragraph(Style.TEXT, line) for line in lines), buttons, words.locale)


def topic_of(asked: Asked, given: str) -> Topic:
    """Find a topic by any of its names. Raise AskAgain, with the nearest one if there is one."""
    topics = asked.desk.topics
    if topic := topics.find(given):
        return topic
    if near := topics.suggest(given):
        name = near.names[asked.words.language]
        raise AskAgain("error.topic_like", meant=f"/topics {near.slug}", given=given, like=name)
    raise AskAgain("error.topic", given=given)


def credit(finding: Finding, sources: str, words: Words, zone: dt.tzinfo) -> Paragraph:
    """Name the sources and the day, linked to the story."""
    day = words.date(finding.story.published.astimezone(zone).date())
    return Paragraph(
        Style.NOTE, (Run(words("topic.credit", source=sources, day=day), url=finding.story.url),)
    )
