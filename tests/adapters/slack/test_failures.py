"""Each failure of Slack lands in the group that says what one does about it."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from adapters.slack.client import retries
from adapters.slack.failures import delivery_error
from bot.errors import Gone, NotSent, Refused, Throttled, Uncertain
from tests.adapters.slack.fakes import api_error, refusal

WHERE = ConnectionKey(
    "slack.com", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)
UNREACHABLE = aiohttp.ClientConnectorError(WHERE, OSError(111, "refused"))


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("channel_not_found", Gone), ("not_in_channel", Gone), ("is_archived", Gone), ("token_revoked", Gone),
        ("account_inactive", Gone), ("invalid_auth", NotSent), ("invalid_blocks", Refused),
        ("msg_too_long", Refused), ("missing_scope", Refused), ("never_heard_of", Refused),
        ("ratelimited", Throttled),
        ("fatal_error", Uncertain), ("internal_error", Uncertain), ("service_unavailable", NotSent),
    ],
)  # fmt: skip
def test_slacks_own_codes(code: str, group: type[Exception]) -> None:
    error = delivery_error(refusal({"ok": False, "error": code}))
    assert type(error) is group


@pytest.mark.parametrize(("code", "everywhere"), [("is_archived", False), ("token_revoked", True)])
def test_a_workspace_that_is_closed_is_told_from_a_channel(code: str, *, everywhere: bool) -> None:
    error = delivery_error(refusal({"ok": False, "error": code}))
    assert isinstance(error, Gone)
    assert error.everywhere is everywhere


@pytest.mark.parametrize(
    ("error", "group"),
    [
        (UNREACHABLE, NotSent),
        (aiohttp.ConnectionTimeoutError(), NotSent),
        (aiohttp.ServerDisconnectedError(), Uncertain),
        (aiohttp.ClientOSError(104, "reset"), Uncertain),
        (aiohttp.ClientPayloadError(), Uncertain),
        (TimeoutError(), Uncertain),
        (refusal("<html>", status=502), Uncertain),
        (api_error({}), Uncertain),
    ],
)
def test_the_line_before_and_after_sending(error: Exception, group: type[Exception]) -> None:
    assert type(delivery_error(error)) is group


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"retry-after": "12"}, 12), ({"Retry-After": "soon"}, 30), ({}, 30)]
)
def test_a_throttle_says_how_long(headers: dict[str, str], seconds: int) -> None:
    error = delivery_error(refusal({"ok": False, "error": "ratelimited"}, 429, headers))
    assert isinstance(error, Throttled)
    assert error.retry_after.total_seconds() == seconds


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (UNREACHABLE, True),
        (aiohttp.ClientOSError(104, "reset"), False),
        (aiohttp.ServerDisconnectedError(), False),
    ],
)
async def test_the_sdk_may_retry_only_what_never_left(error: Exception, again: bool) -> None:  # noqa: FBT001
    (handler,) = retries()
    assert await handler._can_retry_async(state=None, request=None, error=error) is again  # type: ignore[arg-type]
