"""Slack's many failures, in the groups of bot/errors.py.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import BEFORE_SENDING
from bot.errors import DeliveryError, Gone, NotSent, Refused, Throttled, Uncertain

#: The channel, or our place in it, is no more; asking again changes nothing until a person acts.
GONE = frozenset({
    "bot_not_found", "cannot_dm_bot", "channel_not_found", "is_archived", "is_inactive",
    "messages_tab_disabled", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel", "user_not_found",
})  # fmt: skip
#: The whole workspace is closed to us, until it installs us again.
REMOVED = frozenset({"account_inactive", "team_access_not_granted", "team_not_found", "token_revoked"})
#: The token is wrong: nothing was done, and it can be once the operator has mended it.
WRONG_TOKEN = frozenset({"invalid_auth", "token_expired"})
#: Slack says that it did nothing, for a reason of its own that passes.
NOT_SENT = frozenset({"request_timeout", "service_unavailable", "team_added_to_org"}) | WRONG_TOKEN
#: "It's possible some aspect of the operation succeeded before the error was raised."
UNCERTAIN = frozenset({"fatal_error", "internal_error"})
THROTTLED = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
#: Slack always names a wait; this one serves where a proxy lost the header.
DEFAULT_WAIT = timedelta(seconds=30)


def delivery_error(error: Exception) -> DeliveryError:
    """Translate what a Web API call raised. The text names Slack's code and never a token or an address."""
    if isinstance(error, BEFORE_SENDING):
        return NotSent(f"Slack cannot be reached ({type(error).__name__})")
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        return _answered(error, error.response)
    return Uncertain(f"no whole answer from Slack ({type(error).__name__})")


def code_of(error: SlackApiError) -> str:
    """Return Slack's own word for a failure; its HTTP status where it gives none."""
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return ""
    data = response.data if isinstance(response.data, dict) else {}
    return str(data.get("error", "")) or f"http_{response.status_code}"


def _answered(error: SlackApiError, response: AsyncSlackResponse) -> DeliveryError:
    code = code_of(error)
    if response.status_code == TOO_MANY_REQUESTS or code in THROTTLED:
        return Throttled(_wait(response))
    if code in GONE | REMOVED:
        return Gone(code, everywhere=code in REMOVED)
    if code in NOT_SENT:
        return NotSent(code)
    if code in UNCERTAIN or response.status_code >= SERVER_ERROR:
        return Uncertain(code)
    return Refused(code)


def _wait(response: AsyncSlackResponse) -> timedelta:
    for name, value in response.headers.items():
        if name.lower() == "retry-after" and str(value).isdigit():
            return timedelta(seconds=int(value))
    return DEFAULT_WAIT
