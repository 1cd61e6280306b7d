"""Each failure of PTB in the group of what one does about it."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram.errors import delivery_error
from bot.errors import DeliveryError, Gone, Moved, NotSent, Refused, Throttled, Uncertain
from tests.adapters.telegram_fakes import failure


@pytest.mark.parametrize(
    ("error", "cause", "group"),
    [
        (TimedOut(), httpx.PoolTimeout(""), NotSent),
        (TimedOut(), httpx.ConnectTimeout(""), NotSent),
        (NetworkError("x"), httpx.ConnectError(""), NotSent),
        (NetworkError("x"), httpx.ProxyError(""), NotSent),
        (TimedOut(), httpx.ReadTimeout(""), Uncertain),
        (TimedOut(), httpx.WriteTimeout(""), Uncertain),
        (NetworkError("x"), httpx.ReadError(""), Uncertain),
        (NetworkError("x"), httpx.RemoteProtocolError(""), Uncertain),
        (NetworkError("Bad Gateway"), None, Uncertain),
        (NetworkError("Too Many Requests"), None, Throttled),
        (Conflict("x"), None, Uncertain),
        (InvalidToken("x"), None, NotSent),
        (Forbidden("bot was kicked from the channel chat"), None, Gone),
        (BadRequest("Chat not found"), None, Gone),
        (BadRequest("Need administrator rights in the channel chat"), None, Gone),
        (BadRequest("Not enough rights to send text messages to the chat"), None, Gone),
        (BadRequest("Message is too long"), None, Refused),
    ],
)
def test_a_failure_is_sorted(
    error: TelegramError, cause: Exception | None, group: type[DeliveryError]
) -> None:
    assert type(delivery_error(failure(error, cause) if cause else error)) is group  # type: ignore[arg-type]


def test_a_wait_and_a_new_address_are_kept() -> None:
    throttled, moved = delivery_error(RetryAfter(9)), delivery_error(ChatMigrated(-1009))
    assert isinstance(throttled, Throttled)
    assert throttled.retry_after == dt.timedelta(seconds=9)
    assert isinstance(moved, Moved)
    assert moved.new_id == "-1009"
