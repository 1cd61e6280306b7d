"""What happens when somebody writes to the bot, presses a button, or something breaks."""

from __future__ import annotations

from dataclasses import replace

import structlog
from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from adapters.markup import to_text
from adapters.telegram import requests
from adapters.telegram.core import Answer
from adapters.telegram.keyboard import Keyboards, Press
from adapters.telegram.links import link
from adapters.telegram.pace import Quota
from adapters.telegram.remote import addressed, remotely, target
from adapters.telegram.replies import Replies, end, sentence
from adapters.telegram.rights import GROUPS, Rights
from bot.errors import AskAgain, DeliveryError, Refused
from bot.message import Button, Message
from bot.model import Chat, Request

log = structlog.get_logger()

Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """The callbacks given to PTB's Application for what people write and press."""

    def __init__(
        self, answer: Answer, replies: Replies, keyboards: Keyboards, *, rights: Rights, quota: Quota
    ) -> None:
        self._answer = answer
        self._replies = replies
        self._keyboards = keyboards
        self._rights = rights
        self._quota = quota

    async def on_text(self, update: Update, context: Context) -> None:
        """Answer a message or a channel post, if it asks us something."""
        message = update.effective_message
        text = requests.asked(message, context.bot.username) if message else None
        if message is None or text is None:
            return
        user, chat = requests.writer(message), requests.place(message)
        asker = str(user.id if user else message.chat.id)
        if not self._quota.allows(asker):
            if self._quota.tells(asker):
                await self._replies.say(chat, user, "telegram.hasty")
            return
        asked = requests.request(chat, user, text, self._replies.locale(user))
        if requests.for_admins(text) or message.chat.type not in GROUPS:  # reading needs no question
            asked = replace(asked, may_manage=await self._rights.writes(message))
        await self._replies.give(chat, await self._answered(context.bot, user, asked))

    async def on_press(self, update: Update, context: Context) -> None:
        """Run a button's command as if it were typed, and always end the button's spinner."""
        query = update.callback_query
        if query is None:
            return
        if query.message is None or not query.data:
            await end(query)
            return
        user, chat = query.from_user, requests.place(query.message)
        if not self._quota.allows(str(user.id)):
            tells = self._quota.tells(str(user.id))
            await end(query, self._replies.words(user)("telegram.hasty") if tells else "")
            return
        press = await self._keyboards.pressed(chat, query.data)
        if press is None:
            await self._expired(query, chat)
            return
        await self._pressed(context.bot, query, query.message, press)

    async def on_error(self, update: object, context: Context) -> None:
        """Record what broke and tell whoever waits, unless the telling itself is what fails."""
        log.error("telegram_handler_failed", exc_info=context.error)
        if not isinstance(update, Update) or (message := update.effective_message) is None:
            return
        query, user = update.callback_query, update.effective_user
        if query and await end(query, self._replies.words(user)("error.internal")):
            return
        if isinstance(context.error, DeliveryError) and not isinstance(context.error, Refused):
            return
        try:
            await self._replies.say(requests.place(message), user, "error.internal")
        except DeliveryError as error:
            log.warning("telegram_reply_failed", error=str(error))

    async def _pressed(
        self, bot: Bot, query: CallbackQuery, message: MaybeInaccessibleMessage, press: Press
    ) -> None:
        """Answer a press; in a channel, where only administrators post, by a pop-up or in private."""
        user, chat = query.from_user, requests.place(message)
        asked = requests.request(chat, user, press.command, self._replies.locale(user))
        settings = requests.for_admins(press.command)
        if settings or message.chat.type not in GROUPS:
            asked = replace(asked, may_manage=await self._rights.manages(message.chat, user))
        if settings and not asked.may_manage:
            await end(query, self._replies.words(user)("error.admin"))
        elif message.chat.type == ChatType.CHANNEL and not asked.may_manage:
            text = to_text(replace(await self._answer(asked), buttons=()))
            await end(query, text, elsewhere=link(bot.username, asked.text))
        else:
            await end(query)
            answer = await self._answered(bot, user, asked)
            if not (press.turns and await self._replies.turn(message, chat, answer)):
                await self._replies.give(chat, answer)

    async def _answered(self, bot: Bot, user: User | None, asked: Request) -> Message:
        """Answer a request, in a private chat also one about a channel of the asker's."""
        words = self._replies.words(user)
        channel = target(asked.text) if asked.chat.id == asked.user else ""
        if not channel:
            return await self._answer(asked)
        try:
            asked = await remotely(bot, self._rights, user, asked)
        except AskAgain as error:
            return sentence(words, error.key, **error.values)
        return addressed(await self._answer(asked), channel, words)

    async def _expired(self, query: CallbackQuery, chat: Chat) -> None:
        """Say that a button is too old, and in private put fresh ones in its place."""
        words = self._replies.words(query.from_user)
        await end(query, words("telegram.expired"))
        if chat.id == str(query.from_user.id):
            fresh = (
                Button(words("button.digest"), "/digest"),
                Button(words("button.topics"), "/topics"),
            )
            try:
                await query.edit_message_reply_markup(
                    await self._keyboards.of(chat, Message((), (fresh,), words.locale))
                )
            except BadRequest as error:
                log.info("telegram_old_buttons_stay", error=str(error))
