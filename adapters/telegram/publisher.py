"""Sending a Message to a Telegram chat, and saying truly what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from adapters.markup import TelegramPart, to_telegram
from adapters.telegram import editing
from adapters.telegram.errors import delivery_error, threadless, unparsed
from adapters.telegram.keyboard import Keyboards
from adapters.telegram.pace import PATIENCE, PAUSE, Sleep
from bot.errors import Moved, NotSent, Throttled, Uncertain
from bot.message import Message
from bot.model import Chat

log = structlog.get_logger()

#: How often a part after the first is tried when it did not leave: starting over would repeat the first part.
TRIES = 3

#: What to do about a forum topic that is gone: its chat, thread included.
TopicGone = Callable[[Chat], Awaitable[None]]


@dataclass
class _Target:
    """Where the parts of one message go. A forum topic that is gone is forgotten at the first part."""

    chat: str
    thread: int | None
    answers: int | None = None  #: a message of ours, under whose words the first part stands


class TelegramPublisher:
    """The Publisher of Telegram."""

    def __init__(
        self,
        bot: Bot,
        keyboards: Keyboards,
        *,
        topic_gone: TopicGone | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._keyboards = keyboards
        self._topic_gone = topic_gone
        self._sleep = sleep

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Send in as many parts as Telegram needs, buttons under the last; return the message ids.

        Raise NotSent, Throttled, Uncertain, Refused, Gone or Moved. Once a part has arrived, an error that
        asks to start over is Uncertain instead, for starting over would repeat that part.
        """
        return await self._send(chat, message, _target(chat))

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        """Send as an answer to a message of ours; where that is gone, as a message of its own."""
        target = _target(chat)
        target.answers = int(message_id)
        return await self._send(chat, message, target)

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        """Put `message` in place of what was sent in these parts; return the ids of its parts now.

        Raise NotSent where Telegram did not answer, for doing it twice changes nothing; Uncertain only where
        a part had to be added; Refused where it lets nobody edit the message any more.
        """
        buttons = await self._keyboards.of(chat, message)
        parts = to_telegram(message)
        ids = list(message_ids)
        for number, (id_, part) in enumerate(zip(ids, parts, strict=False), 1):
            await editing.replace(self._bot, chat, id_, part, buttons if number == len(parts) else None)
        left = [id_ for id_ in ids[len(parts) :] if not await editing.remove(self._bot, chat, id_)]
        added: list[str] = []
        for number, part in enumerate(parts[len(ids) :], len(ids) + 1):
            markup = buttons if number == len(parts) else None
            target = _target(chat)
            target.answers = int((*ids, *added)[-1])
            added.append(await self._added(target, part, markup, added))
        return (*ids[: len(parts)], *left, *added)

    async def _added(
        self, target: _Target, part: TelegramPart, markup: InlineKeyboardMarkup | None, added: list[str]
    ) -> str:
        """Send a part that a longer text needs. Once one is there, starting over would repeat it."""
        try:
            return await self._part(target, part, markup, first=not added)
        except (NotSent, Throttled, Moved) as error:
            if not added:
                raise
            raise Uncertain(f"{error}; added: {', '.join(added)}") from error

    async def _send(self, chat: Chat, message: Message, target: _Target) -> tuple[str, ...]:
        buttons = await self._keyboards.of(chat, message)
        parts = to_telegram(message)
        sent: list[str] = []
        for number, part in enumerate(parts, 1):
            markup = buttons if number == len(parts) else None
            try:
                sent.append(await self._part(target, part, markup, first=not sent))
            except (NotSent, Throttled, Moved) as error:
                if not sent:
                    raise
                arrived = ", ".join(sent)
                raise Uncertain(f"part {number} of {len(parts)}: {error}; arrived: {arrived}") from error
        if chat.thread and target.thread is None and self._topic_gone:
            await self._topic_gone(chat)
        return tuple(sent)

    async def picture(self, chat: Chat, png: bytes, message: Message) -> tuple[str, ...]:
        """Send a picture, under it a message's first line and its buttons. Raise as `send` does."""
        buttons = await self._keyboards.of(chat, message)
        [caption] = to_telegram(Message(message.paragraphs[:1], locale=message.locale))
        threads = (int(chat.thread), None) if chat.thread else (None,)
        for thread in threads:
            try:
                sent = await self._bot.send_photo(
                    chat.id,
                    png,
                    caption=caption.html,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=thread,
                    reply_markup=buttons,
                )
            except TelegramError as error:
                if thread is None or not threadless(error):
                    raise delivery_error(error) from error
            else:
                return (str(sent.message_id),)
        raise AssertionError("the last try returns or raises")

    async def _part(
        self, target: _Target, part: TelegramPart, markup: InlineKeyboardMarkup | None, *, first: bool
    ) -> str:
        """Send one part; one after the first is tried again while that is safe."""
        for tries_left in reversed(range(1 if first else TRIES)):
            try:
                return await self._once(target, part, markup)
            except (NotSent, Throttled) as error:
                wait = error.retry_after if isinstance(error, Throttled) else PAUSE
                if not tries_left or wait > PATIENCE:
                    raise
                await self._sleep(wait.total_seconds())
        raise AssertionError("the last try returns or raises")

    async def _once(self, target: _Target, part: TelegramPart, markup: InlineKeyboardMarkup | None) -> str:
        """Send one part, without what Telegram refuses in it: its HTML, or a forum topic that is gone."""
        html = True
        while True:
            try:
                sent = await self._call(target, part, markup, html=html)
            except TelegramError as error:
                if html and unparsed(error):
                    log.warning("telegram_html_refused", chat=target.chat, error=str(error))
                    html = False
                elif target.thread is not None and threadless(error):
                    log.warning("telegram_topic_gone", chat=target.chat, thread=target.thread)
                    target.thread = None
                else:
                    raise delivery_error(error) from error
            else:
                target.answers = None  # the first part alone
                return sent

    async def _call(
        self, target: _Target, part: TelegramPart, markup: InlineKeyboardMarkup | None, *, html: bool
    ) -> str:
        message = await self._bot.send_message(
            chat_id=target.chat,
            text=part.html if html else part.text,
            parse_mode=ParseMode.HTML if html else None,
            message_thread_id=target.thread,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=markup,
            reply_parameters=_answering(target),
        )
        return str(message.message_id)


def _target(chat: Chat) -> _Target:
    return _Target(chat.id, int(chat.thread) if chat.thread else None)


def _answering(target: _Target) -> ReplyParameters | None:
    if target.answers is None:
        return None
    return ReplyParameters(target.answers, allow_sending_without_reply=True)
