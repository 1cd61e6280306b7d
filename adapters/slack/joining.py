"""`/mujaz join`: into a public channel when somebody there asks, or elsewhere by its id, as a button does."""

from __future__ import annotations

import re
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.core import Core
from adapters.slack.failures import code_of, delivery_error
from bot.message import Button, Message, Style, paragraph
from bot.model import Request
from bot.words import Words

JOIN = "/join"

_CHANNEL = re.compile(r"\bC[A-Z0-9]+\b")

#: What Slack says of a channel that only its members can let us into.
PRIVATE = frozenset({"channel_not_found", "method_not_supported_for_channel_type", "restricted_action"})


async def join(client: AsyncWebClient, request: Request, words: Words, core: Core) -> Message:
    """Join the channel that is named, or else the request's; what it was not sent meanwhile, it is sent now.

    Raise a DeliveryError where Slack fails.
    """
    named = _CHANNEL.search(request.text)
    chat = replace(request.chat, id=named[0]) if named else request.chat
    try:
        await client.conversations_join(channel=chat.id)
    except SlackApiError as error:
        if (code := code_of(error)) in PRIVATE:
            return _say(words, "slack.join_private")
        if code == "is_archived":
            return _say(words, "slack.join_archived")
        raise delivery_error(error) from error
    except (ClientError, OSError, TimeoutError) as error:
        raise delivery_error(error) from error
    await core.opened(chat)
    return _say(words, "slack.joined", Button(words("button.settings"), "/settings"))


def _say(words: Words, key: str, *buttons: Button) -> Message:
    return Message((paragraph(Style.TEXT, words(key)),), (buttons,) if buttons else (), words.locale)
