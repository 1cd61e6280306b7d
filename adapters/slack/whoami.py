"""Which workspace a token belongs to."""

from __future__ import annotations

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import open_client
from adapters.slack.failures import delivery_error
from bot.errors import DeliveryError


async def workspace(token: str, base_url: str) -> str:
    """Return "@bot in Workspace". Raise a DeliveryError that names what Slack said."""
    async with open_client(token, base_url) as client:
        answer = await _asked(client)
    return f"@{answer['user']} in {answer['team']}"


async def team_of(client: AsyncWebClient) -> str:
    """Return the id of the workspace whose token a client has; empty where Slack does not tell now."""
    try:
        return str((await _asked(client))["team_id"])
    except DeliveryError:
        return ""


async def _asked(client: AsyncWebClient) -> AsyncSlackResponse:
    try:
        return await client.auth_test()
    except (SlackClientError, ClientError, OSError, TimeoutError) as error:
        raise delivery_error(error) from error
