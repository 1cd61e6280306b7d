"""The answer to each command, from what is stored: one for every platform.

Request ─▶ commands.parse ─▶ the answer's function ─▶ Message; AskAgain becomes its sentence
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot import commands
from bot.answers.agreement import agreement
from bot.answers.card import card
from bot.answers.choices import digits, empty, kinds, lang, length, quiet
from bot.answers.corrections import corrections
from bot.answers.courtesy import begun_with, courtesy
from bot.answers.desk import Asked, Desk, asked_by, say
from bot.answers.edition import edition
from bot.answers.follow import follow, mute, unfollow, unmute
from bot.answers.pause import forget, pause, resume
from bot.answers.rights import let
from bot.answers.search import search
from bot.answers.settings import settings
from bot.answers.sources import sources
from bot.answers.subscribe import subscribe, unsubscribe
from bot.answers.today import digest
from bot.answers.topics import topics
from bot.answers.unlisted import calling
from bot.answers.upcoming import upcoming
from bot.answers.welcome import help_, start
from bot.answers.why import why
from bot.answers.with_ import with_
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.model import Request

__all__ = ["Desk", "answer"]

#: Letters of what was typed that an answer repeats.
LONGEST = 60
#: What thanks and greetings are read as. Nobody can type it: commands have a slash.
COURTESY = "courtesy"


async def answer(desk: Desk, request: Request, now: dt.datetime) -> Message:
    """Answer one request. What the asker can mend is answered with one sentence that says how."""
    asked = await asked_by(desk, request, now)
    asked = await calling(asked, (*asked.wants.follow, *asked.wants.mute))
    try:
        command = _read(desk, request.text)
        let(asked, command.name)
        return await _ANSWERS[command.name](replace(asked, rest=command.rest, command=command.name))
    except AskAgain as error:
        meant = ((Button(error.values["like"], error.meant),),) if error.meant else ()
        values = error.values | {"given": _short(error.values.get("given", ""))}
        return say(asked.words, asked.words(error.key, n=None, **values), buttons=meant)


def _read(desk: Desk, text: str) -> commands.Command:
    """Read a command, or after a greeting or thanks what follows; with no command there, answer these."""
    named, rest = begun_with(text, desk.options["courtesy"])
    try:
        return commands.parse(rest, desk.verbs)
    except AskAgain:
        if named:
            return commands.Command(COURTESY, named)
        raise


def _short(typed: str) -> str:
    return typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…"


_ANSWERS: Mapping[str, Callable[[Asked], Awaitable[Message]]] = {
    "/start": start,
    "/help": help_,
    "/digest": digest,
    "/topics": topics,
    "/card": card,
    "/subscribe": subscribe,
    "/unsubscribe": unsubscribe,
    "/settings": settings,
    "/follow": follow,
    "/unfollow": unfollow,
    "/mute": mute,
    "/unmute": unmute,
    "/quiet": quiet,
    "/pause": pause,
    "/resume": resume,
    "/lang": lang,
    "/digits": digits,
    "/length": length,
    "/empty": empty,
    "/kinds": kinds,
    "/why": why,
    "/forget": forget,
    "/with": with_,
    "/search": search,
    "/agreement": agreement,
    "/source": agreement,  # on buttons of messages sent before
    "/upcoming": upcoming,
    "/sources": sources,
    "/edition": edition,
    "/corrections": corrections,
    COURTESY: courtesy,
}
