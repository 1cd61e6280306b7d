"""Take what was asked, have it answered, and hand the answer back; whatever fails, the asker hears of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

import structlog
from slack_bolt.async_app import AsyncBoltContext

from adapters.slack.people import People, Person
from bot.errors import DeliveryError, Gone, NotSent, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words

log = structlog.get_logger(__name__)

#: Tokens (xoxb-, xapp- ...) and response addresses, which anybody may post to.
_SECRET = re.compile(r"\b(?:xox[a-z]|xapp)-[\w-]+|https?://\S+")

Answer = Callable[[Request], Awaitable[Message]]
Reply = Callable[[Message], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Desk:
    """`answer` knows what to say; `words` holds what we say when it fails."""

    answer: Answer
    words: Mapping[str, Words]
    people: People
    busy: set[asyncio.Task[None]] = field(default_factory=set)  #: answers being made

    async def finish(self, seconds: float) -> None:
        """Let the answers that are being made be given, for so many seconds at most."""
        if self.busy:
            await asyncio.wait(self.busy, timeout=seconds)

    async def serve(self, context: AsyncBoltContext, text: str, reply: Reply, *, channel: str = "") -> None:
        """Answer `text` from the user and channel (unless given) of a Bolt context. Never raises."""
        task = asyncio.create_task(self._serve(context, text, reply, channel))
        self.busy.add(task)
        task.add_done_callback(self.busy.discard)
        await task

    async def _serve(self, context: AsyncBoltContext, text: str, reply: Reply, channel: str) -> None:
        asker = await self._asker(context)
        locale = "ar" if _arabic(text) else asker.locale
        chat = replace(chat_of(context), id=channel) if channel else chat_of(context)
        request = Request(chat, context.user_id or "", text, locale, asker.zone)
        try:
            await reply(await self.answer(request))
        except (Gone, NotSent, Throttled, Uncertain) as error:
            log.warning("slack.reply_failed", error=type(error).__name__, reason=str(error))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the asker is told and we go on
            log.error("slack.answer_failed", command=text, error=_cause(error))  # noqa: TRY400 - not the secrets
            await self._apologise(locale, reply)

    async def _asker(self, context: AsyncBoltContext) -> Person:
        if context.client is None or not context.user_id:
            return Person()
        return await self.people.of(context.client, context.team_id or "", context.user_id)

    async def _apologise(self, locale: str, reply: Reply) -> None:
        words = self.words.get(locale, self.words["ar"])
        sorry = Message((paragraph(Style.TEXT, words("error.internal")),), (), words.locale)
        try:
            await reply(sorry)
        except DeliveryError as error:
            log.warning("slack.reply_failed", error=type(error).__name__, reason=str(error))


def chat_of(context: AsyncBoltContext) -> Chat:
    """Name the channel that a Bolt context is about."""
    return Chat(Platform.SLACK, context.channel_id or "", workspace=context.team_id or "")


def _arabic(text: str) -> bool:
    """Whether somebody wrote in Arabic, whatever the language of their Slack (which has no Arabic one)."""
    return any("\u0600" <= char <= "\u06ff" for char in text)


def _cause(error: BaseException) -> str:
    """What went wrong and where, without tokens and the addresses that serve as tokens."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {_SECRET.sub('[secret]', str(error))}{where}"
