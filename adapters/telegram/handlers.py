"""What happens when somebody writes to the bot, presses a button, or something breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog
from telegram import CallbackQuery, Update, User
from telegram import Chat as TelegramChat
from telegram import Message as TelegramMessage
from telegram.constants import CallbackQueryLimit, ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from adapters.markup import to_text
from adapters.telegram import requests
from adapters.telegram.publisher import Sleep, TelegramPublisher, patiently
from bot.errors import DeliveryError, Refused
from bot.message import Message, Style, paragraph
from bot.model import Chat, Request
from bot.words import Words

log = structlog.get_logger()

Answer = Callable[[Request], Awaitable[Message]]
Context = ContextTypes.DEFAULT_TYPE

_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


class Handlers:
    """The callbacks given to PTB's Application."""

    def __init__(
        self,
        answer: Answer,
        publisher: TelegramPublisher,
        words: Mapping[str, Words],
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._answer = answer
        self._publisher = publisher
        self._words = words
        self._sleep = sleep

    async def on_text(self, update: Update, context: Context) -> None:
        """Answer a message or a channel post, if it asks us something."""
        message = update.effective_message
        text = requests.asked(message, context.bot.username) if message else None
        if message is None or text is None:
            return
        user, chat = message.from_user, requests.place(message)
        if requests.for_admins(text) and not await _may_manage(message):
            await self._reply(chat, self._sentence("error.admin", user))
        else:
            await self._reply(chat, await self._answer(requests.request(chat, user, text)))

    async def on_press(self, update: Update, _: Context) -> None:
        """Run a button's command as if it were typed, and always end the button's spinner."""
        query = update.callback_query
        if query is None:
            return
        if query.message is None or not query.data:
            await _end(query)
            return
        manages, user = requests.for_admins(query.data), query.from_user
        asked = requests.request(requests.place(query.message), user, query.data)
        if await _may_press(query.message.chat, user, manages=manages):
            await _end(query)
            await self._reply(asked.chat, await self._answer(asked))
        elif manages:
            await _end(query, self._word("error.admin", user))
        else:
            await _end(query, to_text(replace(await self._answer(asked), buttons=())))

    async def on_error(self, update: object, context: Context) -> None:
        """Record what broke and tell whoever waits, unless the telling itself is what fails."""
        log.error("telegram_handler_failed", exc_info=context.error)
        if not isinstance(update, Update) or (message := update.effective_message) is None:
            return
        query, user = update.callback_query, update.effective_user
        if query and await _end(query, self._word("error.internal", user)):
            return
        if isinstance(context.error, DeliveryError) and not isinstance(context.error, Refused):
            return
        try:
            await self._reply(requests.place(message), self._sentence("error.internal", user))
        except DeliveryError as error:
            log.warning("telegram_reply_failed", error=str(error))

    async def _reply(self, chat: Chat, message: Message) -> None:
        await patiently(lambda: self._publisher.send(chat, message), self._sleep)

    def _word(self, key: str, user: User | None) -> str:
        return self._words[requests.locale(user)](key)

    def _sentence(self, key: str, user: User | None) -> Message:
        return Message((paragraph(Style.TEXT, self._word(key, user)),), locale=requests.locale(user))


async def _may_manage(message: TelegramMessage) -> bool:
    """Whether the writer may change what the chat gets: in a group its administrators, also unnamed ones."""
    chat = message.chat
    as_the_chat = message.sender_chat is not None and message.sender_chat.id == chat.id
    return chat.type not in requests.GROUPS or as_the_chat or await _is_admin(chat, message.from_user)


async def _may_press(chat: TelegramChat, user: User, *, manages: bool) -> bool:
    """Whether a press may post an answer: anybody can press in a channel, but its administrators post."""
    if chat.type == ChatType.CHANNEL or (manages and chat.type in requests.GROUPS):
        return await _is_admin(chat, user)
    return True


async def _is_admin(chat: TelegramChat, user: User | None) -> bool:
    if user is None:
        return False
    try:
        member = await chat.get_member(user.id)
    except (BadRequest, Forbidden):  # Telegram does not let us see: so we do not know them as one
        return False
    return member.status in _ADMINS


async def _end(query: CallbackQuery, text: str = "") -> bool:
    """End a button's spinner, with a pop-up if there is something to say; False if it was too late."""
    try:
        return await query.answer(_short(text) or None, show_alert=bool(text))
    except TelegramError as error:
        log.info("telegram_press_unanswered", error=str(error))
        return False


def _short(text: str) -> str:
    limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
