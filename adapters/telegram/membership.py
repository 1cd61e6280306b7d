"""Being added, removed, blocked and unblocked; and groups that get a new number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import structlog
from telegram import Chat as TelegramChat
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from adapters.telegram.replies import Replies, sentence
from bot.errors import DeliveryError
from bot.message import Button
from bot.model import Chat, Platform
from bot.ports.subscriptions import Subscriptions

log = structlog.get_logger()

_OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Membership:
    """The callbacks given to PTB's Application for what becomes of the bot in a chat."""

    def __init__(
        self, subscriptions: Subscriptions, replies: Replies, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        self._subscriptions = subscriptions
        self._replies = replies
        self._clock = clock

    async def on_member(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Send to a chat that is open to us again, send nothing to one that closed, greet a new one."""
        if (change := update.my_chat_member) is None:
            return
        before, now = _writes(change.old_chat_member), _writes(change.new_chat_member)
        chat = change.chat
        if before and not now:
            await self._closed(chat, f"the bot is {change.new_chat_member.status} there")
        elif now and not before:
            await self._opened(chat)
            if chat.type != ChatType.PRIVATE:
                await self._welcome(chat, change.from_user)

    async def on_migration(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup: everything of it moves there. Telegram says so in both."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id:
            await self._subscriptions.rekey(_whole(message.chat), str(message.migrate_to_chat_id))
        elif message.migrate_from_chat_id:
            old = Chat(Platform.TELEGRAM, str(message.migrate_from_chat_id))
            await self._subscriptions.rekey(old, str(message.chat.id))

    async def topic_gone(self, chat: Chat) -> None:
        """Stop sending to a forum topic that is gone, and tell who subscribed it."""
        subscription = await self._subscriptions.of(chat)
        if subscription is not None:
            words = self._replies.in_locale(subscription.wants.locale)
            notice = sentence(words, "telegram.topic_gone")
            await self._subscriptions.suspend(chat, "the forum topic is gone", self._clock(), notice)

    async def _closed(self, chat: TelegramChat, reason: str) -> None:
        """Plan nothing more for a chat and its topics, and tell who subscribed them."""
        for place in await self._places(chat):
            if subscription := await self._subscriptions.of(place):
                words = self._replies.in_locale(subscription.wants.locale)
                notice = sentence(words, "telegram.closed", chat=chat.effective_name or "")
                await self._subscriptions.suspend(place, reason, self._clock(), notice)

    async def _opened(self, chat: TelegramChat) -> None:
        """Plan for a chat and its topics again."""
        for place in await self._places(chat):
            await self._subscriptions.resume(place, self._clock())

    async def _places(self, chat: TelegramChat) -> list[Chat]:
        """A chat and its topics, as far as they have subscriptions. Telegram is one workspace."""
        places = await self._subscriptions.of_workspace(Platform.TELEGRAM, "")
        return [place for place in places if place.id == str(chat.id)]

    async def _welcome(self, chat: TelegramChat, user: User) -> None:
        words = self._replies.words(user)
        buttons = ((Button(words("button.digest"), "/digest"), Button(words("button.topics"), "/topics")),)
        greeting = replace(sentence(words, "telegram.welcome"), buttons=buttons)
        try:
            await self._replies.give(_whole(chat), greeting)
        except DeliveryError as error:
            log.info("telegram_not_welcome", chat=chat.id, error=str(error))


def _writes(member: ChatMember) -> bool:
    """Whether we can write where we are such a member."""
    if isinstance(member, ChatMemberRestricted):
        return member.can_send_messages
    if isinstance(member, ChatMemberAdministrator) and member.can_post_messages is not None:  # a channel's
        return member.can_post_messages
    return member.status not in _OUT


def _whole(chat: TelegramChat) -> Chat:
    """The chat with all its topics."""
    return Chat(Platform.TELEGRAM, str(chat.id))
