"""Asking for a digest, and asking no more."""

from __future__ import annotations

import datetime as dt
import difflib

from bot import commands
from bot.answers.desk import MORNING, Asked, say, zone_of
from bot.errors import AskAgain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Facet, Interest, Subscription, Wants
from bot.topics import Topic


async def subscribe(asked: Asked) -> Message:
    """`/subscribe 08:00 [zone] [topic ...]`; only the hour is needed."""
    words, desk = asked.words, asked.desk
    first, *others = asked.rest.split() or [""]
    if not first:
        raise AskAgain("subscribe.usage")
    at = commands.hour(first)
    zone, named = (await zone_of(asked)).key, " ".join(others)
    if others and others[0] in desk.zones:
        zone, named = others[0], " ".join(others[1:])
    topic = _zone_or_topic(asked, named) if named else None
    follow = (Interest(Facet.TOPIC, topic.slug),) if topic else ()
    chat = asked.request.chat
    # The first digest goes a day back: an empty one would be a poor welcome.
    since = asked.now - dt.timedelta(days=1)
    wants = Wants((at,), zone, words.locale, follow=follow)
    await desk.subscriptions.subscribe(
        Subscription(0, chat, wants, since, settled=asked.now, owner=asked.request.user)
    )
    about = words("subscribe.all")
    if topic:
        about = words("subscribe.topics", topics=topic.names[words.language])
    change = Run(f"/subscribe {MORNING} {zone}", code=True)
    done = words("subscribe.done", time=words.figures(f"{at:%H:%M}"), zone=zone)
    lines = (
        paragraph(Style.TEXT, done),
        paragraph(Style.TEXT, about),
        Paragraph(Style.NOTE, (Run(words("subscribe.change")), change)),
    )
    return Message(lines, ((Button(words("button.digest"), "/digest"),),), words.locale)


async def unsubscribe(asked: Asked) -> Message:
    """End what the chat is sent."""
    had = await asked.desk.subscriptions.unsubscribe(asked.request.chat)
    return say(asked.words, asked.words("unsubscribe.done" if had else "unsubscribe.none"))


def _zone_or_topic(asked: Asked, given: str) -> Topic:
    """Find the topic, or say which zone was probably meant. Raise AskAgain."""
    if topic := asked.desk.topics.find(given):
        return topic
    near = difflib.get_close_matches(given, asked.desk.zones, n=1)
    if near:
        raise AskAgain("subscribe.zone_like", given=given, like=near[0])
    raise AskAgain("subscribe.zone", given=given)
