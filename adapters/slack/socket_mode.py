"""Socket Mode: Slack calls us over a connection that we open, so that no public address is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import retries
from adapters.slack.failures import WRONG_TOKEN, delivery_error
from bot.errors import ConfigError, NotSent, Throttled, Uncertain

RENEW_SECONDS = 30


@asynccontextmanager
async def socket_mode(app: AsyncApp, app_token: str) -> AsyncIterator[None]:
    """Keep a connection (app token: xapp-..., scope connections:write) while inside.

    Raise ConfigError where Slack refuses the token. A network that is down is tried again and again.
    """
    client = AsyncWebClient(app_token, app.client.base_url, retry_handlers=retries())
    address = await _address(client, app_token)
    handler = AsyncSocketModeHandler(app, app_token, web_client=client)
    handler.client.wss_uri = address
    # In tasks, because the SDK goes on trying for as long as Slack is away.
    tasks = [
        asyncio.create_task(handler.client.connect()),  # type: ignore[no-untyped-call]  # the SDK's
        asyncio.create_task(_renew(handler.client)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await handler.client.close()  # type: ignore[no-untyped-call]  # the SDK's


async def _renew(client: SocketModeClient) -> None:
    """Have a failed connection ask for a new address: each serves once, and the SDK would keep it."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        if not await client.is_connected():
            client.wss_uri = None


async def _address(client: AsyncWebClient, app_token: str) -> str | None:
    """Ask where to connect; None where Slack cannot tell now. The SDK would retry a wrong token for ever."""
    try:
        return str((await client.apps_connections_open(app_token=app_token))["url"])
    except (SlackApiError, ClientError, OSError, TimeoutError) as error:
        failure = delivery_error(error)
        if isinstance(failure, NotSent | Throttled | Uncertain) and str(failure) not in WRONG_TOKEN:
            return None
        raise ConfigError(
            (f"Slack refuses the app token ({failure}): it needs connections:write",)
        ) from error
