"""The app's Home tab shows answers in place, and under each the way to the digest, topics and a schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.desk import Reply
from adapters.slack.failures import delivery_error
from adapters.slack.texts import payloads
from bot.message import Button, Message
from bot.words import Words

#: docs.slack.dev/reference/views: blocks in one view.
BLOCKS = 100
#: The hour that a first subscription is offered.
MORNING = "08:00"


def at_home(client: AsyncWebClient, user: str, channel: str, words: Mapping[str, Words]) -> Reply:
    """Make the reply that shows an answer in a user's Home tab; `channel` is their direct message with us."""

    async def reply(message: Message) -> None:
        try:
            await client.views_publish(user_id=user, view=home_view(message, channel, words[message.locale]))
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            raise delivery_error(error) from error

    return reply


def home_view(message: Message, channel: str, words: Words) -> dict[str, Any]:
    """Return the view of an answer. It carries `channel`, which Slack leaves out when a button is pressed."""
    whole = replace(message, buttons=(*message.buttons, *_ways(message, words)))
    blocks = [block for part in payloads(whole) for block in part.blocks]
    buttons = [block for block in blocks if block["type"] == "actions"]
    shown = [block for block in blocks if block["type"] != "actions"][: BLOCKS - len(buttons)]
    return {"type": "home", "private_metadata": channel, "blocks": shown + buttons}


def _ways(message: Message, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The row under every answer, without what the answer offers itself."""
    offered = {button.command for row in message.buttons for button in row}
    ways = (
        Button(words("button.digest"), "/digest"),
        Button(words("button.topics"), "/topics"),
        Button(words("button.subscribe", time=words.figures(MORNING)), f"/subscribe {MORNING}"),
    )
    row = tuple(button for button in ways if button.command not in offered)
    return (row,) if row else ()
