"""Take what was asked, have it answered, and hand the answer back; whatever fails, the asker hears of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import structlog
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.core import Answer, Core
from adapters.slack.people import People, Person
from bot import commands
from bot.arabic.letters import BLOCK_FIRST, BLOCK_LAST
from bot.errors import AskAgain, DeliveryError, Gone, NotSent, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words

log = structlog.get_logger(__name__)

#: Tokens (xoxb-, xapp- ...) and response addresses, which anybody may post to.
_SECRET = re.compile(r"\b(?:xox[a-z]|xapp|xoxe)[-.][\w.-]+|https?://\S+")

Reply = Callable[[Message], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that Slack tells us comes over this desk."""

    core: Core
    people: People = field(default_factory=People)
    busy: set[asyncio.Task[None]] = field(default_factory=set)  #: answers being made

    async def finish(self, seconds: float) -> None:
        """Let the answers that are being made be given, for so many seconds at most."""
        if self.busy:
            await asyncio.wait(self.busy, timeout=seconds)

    async def serve(
        self,
        context: AsyncBoltContext,
        text: str,
        reply: Reply,
        *,
        channel: str = "",
        answer: Answer | None = None,
    ) -> None:
        """Answer `text` from the user and channel (unless given) of a Bolt context. Never raises.

        `answer` makes the answer; without it the command that the text is does.
        """
        task = asyncio.create_task(self._serve(context, text, reply, channel, answer or self.core.answer))
        self.busy.add(task)
        task.add_done_callback(self.busy.discard)
        await task

    async def request(self, context: AsyncBoltContext, text: str, channel: str = "") -> Request:
        """Say who asks what, in their language.

        Slack lets only its members write in a channel, so whoever asks may change what it gets.
        """
        asker = await self.asker(context)
        locale = "ar" if _arabic(text) else asker.locale
        chat = replace(chat_of(context), id=channel) if channel else chat_of(context)
        return Request(chat, context.user_id or "", text, locale, asker.zone, may_stop=asker.admin)

    async def asker(self, context: AsyncBoltContext) -> Person:
        """Look up who asks."""
        if context.client is None or not context.user_id:
            return Person()
        return await self.people.of(context.client, context.team_id or "", context.user_id)

    def command(self, text: str) -> str:
        """Name the command that a text is, "/topics" for example; empty for none of ours."""
        try:
            return commands.parse(text, self.core.verbs).name
        except AskAgain:
            return ""

    def words(self, locale: str) -> Words:
        """Return the words of a locale; Arabic where we lack it."""
        return self.core.words.get(locale, self.core.words["ar"])

    async def _serve(
        self, context: AsyncBoltContext, text: str, reply: Reply, channel: str, answer: Answer
    ) -> None:
        request = await self.request(context, text, channel)
        try:
            await reply(await answer(request))
        except (Gone, NotSent, Throttled, Uncertain) as error:
            log.warning("slack.reply_failed", error=type(error).__name__, reason=str(error))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the asker is told and we go on
            log.error("slack.answer_failed", error=cause(error))  # noqa: TRY400 - a trace shows secrets
            await self._apologise(request.locale, reply)

    async def _apologise(self, locale: str, reply: Reply) -> None:
        words = self.words(locale)
        sorry = Message((paragraph(Style.TEXT, words("error.internal")),), (), words.locale)
        try:
            await reply(sorry)
        except DeliveryError as error:
            log.warning("slack.reply_failed", error=type(error).__name__, reason=str(error))


def client_of(context: AsyncBoltContext) -> AsyncWebClient:
    """Return the client with the token of the workspace that a request is from."""
    if context.client is None:
        raise TypeError("Bolt gives every request a client")
    return context.client


def chat_of(context: AsyncBoltContext) -> Chat:
    """Name the channel that a Bolt context is about."""
    return Chat(Platform.SLACK, context.channel_id or "", workspace=context.team_id or "")


def cause(error: BaseException) -> str:
    """Say what went wrong and where, without tokens and the addresses that serve as tokens."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {_SECRET.sub('[secret]', str(error))}{where}"


def _arabic(text: str) -> bool:
    """Whether somebody wrote in Arabic, whatever the language of their Slack (which has no Arabic one)."""
    return any(BLOCK_FIRST <= char <= BLOCK_LAST for char in text)
