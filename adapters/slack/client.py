"""The Web API client, set up so that it can never post a message twice by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientConnectorError, ClientSession, ClientTimeout, ConnectionTimeoutError, TCPConnector
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

SLACK = "https://slack.com/api/"

#: Failures before a byte of the request was sent: refused, unreachable, DNS, TLS, no answer to the connect.
BEFORE_SENDING = (ClientConnectorError, ConnectionTimeoutError)

CONNECT_SECONDS = 10
TOTAL_SECONDS = 30


def retries() -> list[AsyncRetryHandler]:
    """Retry once what never left. The SDK's default also retries a reset after sending, which posts twice."""
    return [AsyncConnectionErrorRetryHandler(error_types=list(BEFORE_SENDING))]


@asynccontextmanager
async def open_client(token: str | None, base_url: str = SLACK) -> AsyncIterator[AsyncWebClient]:
    """Yield a Web API client for a bot token (xoxb-...); without one it serves many workspaces.

    Each call opens its own connection: a kept-alive one that Slack has just closed looks like a request
    that was sent and never answered.
    """
    timeout = ClientTimeout(total=TOTAL_SECONDS, connect=CONNECT_SECONDS)
    async with ClientSession(timeout=timeout, connector=TCPConnector(force_close=True)) as session:
        yield AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=retries())


def with_token(client: AsyncWebClient, token: str) -> AsyncWebClient:
    """Return a client like this one, over the same connections, for another workspace."""
    return AsyncWebClient(
        token=token, base_url=client.base_url, session=client.session, retry_handlers=retries()
    )
