"""Which Telegram messages ask us something, and what: pure functions over PTB's objects."""

from __future__ import annotations

import re
from collections.abc import Collection

from telegram import MaybeInaccessibleMessage, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatType

from adapters.telegram.links import followed
from bot.commands import COMMANDS, MANAGING
from bot.model import Chat, Platform, Request

_SLASH = re.compile(r"(/\w+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


def asked(message: TelegramMessage, username: str) -> str | None:
    """Return the command that a message gives us, without our name in it; None if it is not for us.

    In private everything is for us. Elsewhere only a command that we know or that is addressed to us.
    """
    text = (message.text or "").strip()
    private = message.chat.type == ChatType.PRIVATE
    slash = _SLASH.fullmatch(text)
    if not slash:
        return text if private and text else None
    name, to, rest = slash.groups()
    if to and to.lower() != username.lower():
        return None
    if not to and not private and name.lower() not in COMMANDS:
        return None
    return followed(f"{name} {rest}" if rest else name)


def request(chat: Chat, user: User | None, text: str, locale: str) -> Request:
    """Make the request that `user` puts in `chat` by `text`; what it may change is still to be found out."""
    return Request(chat, str(user.id) if user else "", text, locale, may_manage=False)


def writer(message: TelegramMessage) -> User | None:
    """Return who wrote a message; None for who writes as a chat, in whose stead Telegram names a stand-in."""
    return None if message.sender_chat else message.from_user


def place(message: MaybeInaccessibleMessage) -> Chat:
    """Return where a message stands, its forum topic included; a mere reply thread is no topic."""
    thread = None
    if isinstance(message, TelegramMessage) and message.is_topic_message:
        thread = message.message_thread_id
    return Chat(Platform.TELEGRAM, str(message.chat.id), str(thread or ""))


def locale(user: User | None, spoken: Collection[str]) -> str:
    """Return the language of the answer: the user's if we speak it, else Arabic."""
    code = (user.language_code or "").split("-")[0] if user else ""
    return code if code in spoken else "ar"


def for_admins(text: str) -> bool:
    """Whether a command may be given by a group's administrators only."""
    return text.lower().partition(" ")[0] in MANAGING
