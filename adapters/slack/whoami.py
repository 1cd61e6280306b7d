"""Which workspace a token belongs to, for `mujaz doctor`."""

from __future__ import annotations

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from adapters.slack.client import open_client
from adapters.slack.failures import delivery_error


async def workspace(token: str, base_url: str) -> str:
    """Return "@bot in Workspace". Raise a DeliveryError that names what Slack said."""
    async with open_client(token, base_url) as client:
        try:
            answer = await client.auth_test()
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            raise delivery_error(error) from error
    return f"@{answer['user']} in {answer['team']}"
