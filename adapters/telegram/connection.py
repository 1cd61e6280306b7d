"""How we and Telegram reach one another: addresses, a proxy, time-outs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from adapters.telegram.order import InOrder
from adapters.telegram.quiet import keep_the_token_out_of_logs
from bot.errors import ConfigError, NotSent

BASE_URL = "https://api.telegram.org/bot"
#: Seconds to wait for a connection and for an answer; above PTB's 5, for a time-out leaves us not knowing.
CONNECT, READ = 10.0, 20.0

App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Connection:
    """How we and Telegram reach one another."""

    base_url: str = BASE_URL  #: its server, or our own Bot API server
    proxy: str = ""  #: http://, https:// or socks5://; empty: as the environment says
    receives: bool = True  #: this process answers; else it only sends
    webhook: str = ""  #: our public address, which updates are posted to; empty: we poll
    connections: int = 40  #: that Telegram opens to the webhook at once


async def whoami(token: str, connection: Connection) -> str:
    """Return the bot's @name. Raise ConfigError for a refused token, NotSent if Telegram cannot be asked."""
    keep_the_token_out_of_logs()
    try:
        async with Bot(
            token, base_url=connection.base_url, request=HTTPXRequest(proxy=connection.proxy or None)
        ) as bot:
            return f"@{bot.username}"
    except InvalidToken:
        raise ConfigError(("TELEGRAM_TOKEN: Telegram does not accept it",)) from None
    except NetworkError as error:
        raise NotSent(str(error)) from error


def application(token: str, connection: Connection) -> App:
    """Return PTB's application for a bot, without handlers."""
    builder = ApplicationBuilder()
    if connection.proxy:
        builder = builder.proxy(connection.proxy).get_updates_proxy(connection.proxy)
    return (
        builder.token(token)
        .base_url(connection.base_url)
        .concurrent_updates(InOrder())
        .job_queue(None)  # Mujaz has a scheduler of its own
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .write_timeout(READ)
        .build()
    )
