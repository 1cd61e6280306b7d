"""A desk that answers from stores in memory, with the words and lists that readers get."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.answers import Desk, answer
from bot.message import Message
from bot.model import Chat, Facet, FeedConfig, Interest, Wants
from config.catalogue import load_catalogue
from config.names import load_names
from config.topics import load_topics
from config.words import load_options, load_verbs, load_words
from config.zones import load_zones
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, PRIVATE, request

FEEDS = (FeedConfig("marjan", "وكالة مرجان", url="https://marjan.example/feed"),)
#: What "/subscribe" alone comes to.
MORNING = Wants((dt.time(8),), "Africa/Casablanca", "ar")
AI, CHINA = Interest(Facet.TOPIC, "ai"), Interest(Facet.PARTY, "china")
_TOPICS = load_topics()
_WORDS, _VERBS, _OPTIONS, _ZONES = load_words(latin=False), load_verbs(), load_options(), load_zones()
_CATALOGUE = load_catalogue(_TOPICS, FEEDS)
_NAMES = load_names()


def desk_of(newsroom: Newsroom) -> Desk:
    """A desk over a newsroom's stores."""
    return Desk(
        stories=newsroom.stories,
        subscriptions=newsroom.subscriptions,
        editions=newsroom.editions,
        topics=_TOPICS,
        words=_WORDS,
        verbs=_VERBS,
        options=_OPTIONS,
        catalogue=_CATALOGUE,
        names=_NAMES,
        feeds=FEEDS,
        zones=_ZONES,
        zone="Africa/Casablanca",
    )


async def tell(
    desk: Desk,
    text: str,
    *,
    locale: str = "ar",
    now: dt.datetime = NOON,
    zone: str = "",
    may_manage: bool = True,
) -> Message:
    """Ask as one user in one private chat."""
    asked = replace(request(text, locale=locale, zone=zone), may_manage=may_manage)
    return await answer(desk, asked, now)


async def wants_of(desk: Desk, chat: Chat = PRIVATE) -> Wants:
    """What the chat wants now; it must have a subscription."""
    known = await desk.subscriptions.of(chat)
    assert known is not None
    return known.wants


def offers(message: Message) -> list[str]:
    """The commands of all buttons."""
    return [button.command for row in message.buttons for button in row]
