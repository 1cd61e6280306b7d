"""Stopping for a while, going on, and being forgotten."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.answers.changing import settings_button
from bot.answers.describing import outlook
from bot.answers.desk import Asked, say
from bot.due import UNTIL_RESUMED
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.topics import plain

#: Days of the longest pause that ends by itself.
LONGEST = 365
_DAYS = re.compile(r"(\d{1,4})(?:\s+\w+)?")


async def pause(asked: Asked) -> Message:
    """`/pause [days]`: nothing comes until then, or until `/resume`."""
    words, known = asked.words, asked.subscription
    if known is None:
        raise AskAgain("unsubscribe.none")
    until = UNTIL_RESUMED
    if asked.rest:
        match = _DAYS.fullmatch(asked.rest)
        if not match or not 1 <= int(match[1]) <= LONGEST:
            raise AskAgain("pause.usage", given=asked.rest)
        until = asked.now + dt.timedelta(days=int(match[1]))
    await asked.desk.subscriptions.pause(asked.request.chat, until)
    told = replace(asked, subscription=replace(known, paused=until))
    buttons = ((Button(words("button.resume"), "/resume"), settings_button(words)),)
    return say(words, outlook(told), words("pause.cover"), buttons=buttons)


async def resume(asked: Asked) -> Message:
    """End a pause."""
    words, known = asked.words, asked.subscription
    if known is None:
        raise AskAgain("unsubscribe.none")
    if known.paused is None or known.paused <= asked.now:
        return say(words, words("pause.not"), outlook(asked), buttons=((settings_button(words),),))
    await asked.desk.subscriptions.pause(asked.request.chat, asked.now)
    told = replace(asked, subscription=replace(known, paused=asked.now))
    return say(words, words("resume.done"), outlook(told), buttons=((settings_button(words),),))


async def forget(asked: Asked) -> Message:
    """`/forget`: ask once, then erase all that is known of the chat."""
    words = asked.words
    if asked.desk.options["switch"].get(plain(asked.rest)) != "yes":
        return say(words, words("forget.sure"), buttons=((Button(words("button.forget"), "/forget yes"),),))
    await asked.desk.subscriptions.forget(asked.request.chat)
    return say(words, words("forget.done"))
