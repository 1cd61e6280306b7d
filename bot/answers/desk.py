"""What answering a command needs, and what every answer is made with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.digest import Item
from bot.errors import AskAgain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Finding, Request
from bot.ports import Stories, Subscriptions
from bot.topics import Topic, Topics
from bot.words import Words

#: The hour that a first subscription is offered.
MORNING = "08:00"
#: Findings read at most for one answer; pages beyond that are old news.
READ = 500
#: Buttons in a row that carry a number only.
NARROW = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs; the composition root fills it."""

    stories: Stories
    subscriptions: Subscriptions
    topics: Topics
    words: Mapping[str, Words]
    verbs: Mapping[str, str]
    zones: Collection[str]  #: every IANA zone known here
    zone: str  #: where an asker is unless the platform or a subscription says otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """One command being answered."""

    desk: Desk
    request: Request
    rest: str
    now: dt.datetime

    @property
    def words(self) -> Words:
        """The asker's language; Arabic where we lack it."""
        return self.desk.words.get(self.request.locale, self.desk.words["ar"])


def say(words: Words, *lines: str, buttons: tuple[tuple[Button, ...], ...] = ()) -> Message:
    """Write lines of plain text."""
    return Message(tuple(paragraph(Style.TEXT, line) for line in lines), buttons, words.locale)


async def zone_of(asked: Asked) -> ZoneInfo:
    """Where the asker is: what the platform says, else the chat's subscription, else our own zone."""
    if asked.request.zone in asked.desk.zones:
        return ZoneInfo(asked.request.zone)
    subscription = await asked.desk.subscriptions.of(asked.request.chat)
    return ZoneInfo(subscription.wants.zone if subscription else asked.desk.zone)


def topic_of(asked: Asked, given: str) -> Topic:
    """Find a topic by any of its names. Raise AskAgain, with the nearest one if there is one."""
    topics = asked.desk.topics
    if topic := topics.find(given):
        return topic
    if near := topics.suggest(given):
        name = near.names[asked.words.language]
        raise AskAgain("error.topic_like", meant=f"/topics {near.slug}", given=given, like=name)
    raise AskAgain("error.topic", given=given)


def numbered(items: Sequence[Item], before: int, words: Words, zone: dt.tzinfo) -> Iterator[Paragraph]:
    """Number the bullets, and name a story's source and day once, after the last bullet that rests on it."""
    for at, item in enumerate(items):
        number = words.number(before + at + 1)
        yield paragraph(Style.TEXT, f"{number}. {item.agreement.bullet}")
        following = items[at + 1].findings[0].story if at + 1 < len(items) else None
        if following != item.findings[0].story:
            yield credit(item.findings[0], words("sources.comma").join(item.sources), words, zone)


def credit(finding: Finding, sources: str, words: Words, zone: dt.tzinfo) -> Paragraph:
    """Name the sources and the day, linked to the story."""
    day = words.date(finding.story.published.astimezone(zone).date())
    return Paragraph(
        Style.NOTE, (Run(words("topic.credit", source=sources, day=day), url=finding.story.url),)
    )
