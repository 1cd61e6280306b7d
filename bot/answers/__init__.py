"""The answer to each command, from what is stored: one for every platform.

Request ─▶ commands.parse ─▶ the answer's function ─▶ Message; AskAgain becomes its sentence
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping

from bot import commands
from bot.answers.desk import Asked, Desk, say
from bot.answers.source import source
from bot.answers.subscribe import subscribe, unsubscribe
from bot.answers.today import digest
from bot.answers.topics import topics
from bot.answers.welcome import help_, start
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.model import Request

__all__ = ["Desk", "answer"]


async def answer(desk: Desk, request: Request, now: dt.datetime) -> Message:
    """Answer one request. What the asker can mend is answered with one sentence that says how."""
    asked = Asked(desk, request, "", now)
    try:
        command = commands.parse(request.text, desk.verbs)
        return await _ANSWERS[command.name](Asked(desk, request, command.rest, now))
    except AskAgain as error:
        meant = ((Button(error.values["like"], error.meant),),) if error.meant else ()
        return say(asked.words, asked.words(error.key, n=None, **error.values), buttons=meant)


_ANSWERS: Mapping[str, Callable[[Asked], Awaitable[Message]]] = {
    "/start": start,
    "/help": help_,
    "/digest": digest,
    "/topics": topics,
    "/subscribe": subscribe,
    "/unsubscribe": unsubscribe,
    "/source": source,
}
