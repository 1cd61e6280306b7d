"""Changing one choice of a chat: stored, said in a sentence, and undone as easily."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from dataclasses import replace

from bot.answers.describing import when
from bot.answers.desk import Asked, Rows, in_rows, say
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.model import Subscription, Wants
from bot.topics import plain
from bot.words import Words

#: Hours offered for a tap.
HOURS = ("07:00", "12:00", "18:00")
#: A first digest goes a day back: an empty one would be a poor welcome.
WELCOME = dt.timedelta(days=1)


def subscription(asked: Asked, wants: Wants) -> Subscription:
    """Return what the chat's subscription is to be, its next digest the first one due from now on."""
    known = asked.subscription
    return Subscription(
        id=0,
        chat=asked.request.chat,
        wants=wants,
        since=asked.now - WELCOME,
        settled=asked.now,
        owner=known.owner if known else asked.request.user,
        paused=min(known.paused, asked.now) if known and known.paused else None,
    )


async def changed(asked: Asked, wants: Wants, *lines: str, undo: str = "", begins: bool = False) -> Message:
    """Store what the chat wants now, say so, and offer the way back.

    A chat without a subscription has one by it only where it asked to be sent something: `begins`.
    """
    words, subscriptions = asked.words, asked.desk.subscriptions
    begin: tuple[Button, ...] = ()
    if asked.subscription:
        await subscriptions.change(asked.request.chat, wants)
    elif begins:
        begun = replace(asked, subscription=await subscriptions.subscribe(subscription(asked, wants)))
        lines += (words("settings.begun", when=when(begun)),)
    else:
        await subscriptions.keep(subscription(asked, wants))
        lines, begin = (*lines, words("when.never")), (begin_button(replace(asked, chosen=wants)),)
    back = (Button(words("button.undo"), undo),) if undo else ()
    rows = (begin, (*back, settings_button(words)))
    return say(words, *lines, buttons=tuple(row for row in rows if row))


def begin_button(asked: Asked) -> Button:
    """Return the way to a subscription at the hour that the chat chose, or the usual one."""
    words, times = asked.words, asked.wants.times
    time = words.time(times[0]) if times else words("when.now")
    return Button(words("button.subscribe", time=time), "/subscribe")


def settings_button(words: Words) -> Button:
    """Return the way to everything else that can be changed."""
    return Button(words("button.settings"), "/settings")


def hours(asked: Asked) -> tuple[Button, ...]:
    """Offer other hours, and news at once."""
    now = {f"{at:%H:%M}" for at in asked.wants.times} if asked.subscription else set()
    row = tuple(Button(asked.words.figures(at), f"/subscribe {at}") for at in HOURS if {at} != now)
    return (*row, Button(asked.words("button.now"), "/subscribe now")) if asked.wants.times else row


def chosen(asked: Asked, group: str) -> str:
    """Return which option of a group was typed. Raise AskAgain with the nearest one, or with all."""
    options, typed = asked.desk.options[group], plain(asked.rest)
    if option := options.get(typed):
        return option
    command = asked.command
    if near := difflib.get_close_matches(typed, options, n=1):
        raise AskAgain(
            "error.option_like", given=asked.rest, meant=f"{command} {options[near[0]]}", like=near[0]
        )
    raise AskAgain("error.option", given=asked.rest, command=command.removeprefix("/"))


def choices(words: Words, command: str, labels: Iterable[tuple[str, str]], row: int = 3) -> Rows:
    """Return a button for each (label, what to type after the command), so many in a row."""
    buttons = [Button(label, f"{command} {typed}") for label, typed in labels]
    return (*in_rows(buttons, row), (settings_button(words),))
