"""What a failed call to Telegram means for the message that was to be sent.

PTB raises NetworkError and TimedOut *from* the httpx error, and that cause tells whether the request left.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.errors import DeliveryError, Gone, Moved, NotSent, Refused, Throttled, Uncertain

#: httpx errors that come before the first byte is written.
_BEFORE_SENDING = (
    httpx.PoolTimeout,
    httpx.ConnectTimeout,
    httpx.ConnectError,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
#: What a 400 says when the chat is closed to us (messages of the Bot API server, in lower case).
_CLOSED = (
    "chat not found",
    "peer_id_invalid",
    "user_is_blocked",
    "user_is_deactivated",
    "input_user_deactivated",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot is not a member",
    "bot was kicked",
)
#: The wait when Telegram refuses for haste and names none.
_PAUSE = timedelta(seconds=30)


def delivery_error(error: TelegramError) -> DeliveryError:
    """Sort an error of PTB into the groups of bot/errors.py."""
    if isinstance(error, RetryAfter):
        return Throttled(_wait(error))
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and _says(error, *_CLOSED)):
        return Gone(str(error))
    if isinstance(error, BadRequest):  # a subclass of NetworkError, and so asked about before it
        return Refused(str(error))
    return _unanswered(error)


def _unanswered(error: TelegramError) -> DeliveryError:
    """Sort a failure in which Telegram did not judge the message."""
    if isinstance(error, InvalidToken):
        return NotSent("Telegram does not accept the token")
    if _says(error, "too many requests"):
        return Throttled(_PAUSE)
    if isinstance(error.__cause__, _BEFORE_SENDING):
        return NotSent(f"{type(error.__cause__).__name__}: {error}")
    return Uncertain(str(error))


def unparsed(error: TelegramError) -> bool:
    """Whether Telegram could not read our HTML."""
    return isinstance(error, BadRequest) and _says(error, "can't parse entities", "unsupported start tag")


def threadless(error: TelegramError) -> bool:
    """Whether the forum topic is no more."""
    return isinstance(error, BadRequest) and _says(
        error, "thread not found", "topic_deleted", "topic_id_invalid"
    )


def unchanged(error: TelegramError) -> bool:
    """Whether the message says this already."""
    return isinstance(error, BadRequest) and _says(error, "message is not modified")


def gone_already(error: TelegramError) -> bool:
    """Whether there is no such message to delete."""
    return isinstance(error, BadRequest) and _says(error, "message to delete not found", "message_id_invalid")


def _says(error: TelegramError, *phrases: str) -> bool:
    said = str(error).lower()
    return any(phrase in said for phrase in phrases)


def _wait(error: RetryAfter) -> timedelta:
    """How long Telegram asks to wait."""
    wait = error.retry_after  # a timedelta, as adapters/telegram asks PTB for; the type still allows seconds
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
