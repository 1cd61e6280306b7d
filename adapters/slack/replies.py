"""Answers by response_url: seen by the asker alone, five at most, within half an hour."""

from __future__ import annotations

import structlog
from aiohttp import ClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.client import retries
from adapters.slack.desk import Reply
from adapters.slack.failures import delivery_error
from adapters.slack.texts import payloads
from bot.errors import Refused
from bot.message import Message

log = structlog.get_logger(__name__)

#: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
USES = 5
OK = 200


def by_url(client: AsyncWebClient, url: str, *, lasting: bool = False, turning: bool = False) -> Reply:
    """Make the reply to a slash command or a button. `lasting` ones stay in the channel for all to see.

    A `turning` one takes the place of the message that the button stands under.
    """
    response_type = "in_channel" if lasting else "ephemeral"
    webhook = AsyncWebhookClient(url, session=client.session, retry_handlers=retries())

    async def reply(message: Message) -> None:
        parts = payloads(message)
        for number, part in enumerate(parts[:USES]):
            try:
                answer = await webhook.send(
                    text=part.text,
                    blocks=list(part.blocks),
                    response_type=response_type,
                    replace_original=turning and number == 0,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            except (ClientError, OSError, TimeoutError) as error:
                raise delivery_error(error) from error
            if answer.status_code != OK:
                raise Refused(f"response_url: {answer.status_code} {answer.body[:80]}")
        if len(parts) > USES:
            log.warning("slack.reply_cut", parts=len(parts), sent=USES)

    return reply
