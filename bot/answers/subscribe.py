"""Asking for a digest, and asking no more."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.changing import hours, settings_button, subscription
from bot.answers.describing import place, summary
from bot.answers.desk import Asked, say
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.schedule import Grammar


async def subscribe(asked: Asked) -> Message:
    """`/subscribe [08:00 ...|now] [days] [zone] [topic ...]`: what is not named stays as it was.

    Nothing at all is a subscription at the usual hour, or shows the one there is.
    """
    desk, was = asked.desk, asked.wants
    if asked.subscription and not asked.rest:
        return _told(asked, "subscribe.already")
    grammar = Grammar(desk.options["when"], desk.zones, desk.catalogue, asked.words.language)
    given = grammar.read(asked.rest, was.zone)
    wants = replace(
        was,
        times=was.times if given.times is None else given.times,
        days=was.days if given.days is None else given.days,
        zone=given.zone or was.zone,
        follow=given.follow or was.follow,
        mute=tuple(one for one in was.mute if one not in given.follow),
    )
    made = await desk.subscriptions.subscribe(subscription(asked, wants))
    return _told(replace(asked, subscription=made), "subscribe.done")


def _told(asked: Asked, done: str) -> Message:
    """Say what comes when, and offer other hours."""
    words = asked.words
    lines = [paragraph(Style.TEXT, line) for line in (words(done), *summary(asked))]
    another = Run(f"/subscribe 07:30 {place(asked)}", code=True)
    lines.append(Paragraph(Style.NOTE, (Run(words("subscribe.change")), another)))
    rows = (hours(asked), (Button(words("button.digest"), "/digest"), settings_button(words)))
    return Message(tuple(lines), rows, words.locale)


async def unsubscribe(asked: Asked) -> Message:
    """End what the chat is sent."""
    had = await asked.desk.subscriptions.unsubscribe(asked.request.chat)
    return say(asked.words, asked.words("unsubscribe.done" if had else "unsubscribe.none"))
