"""The Telegram bot's life inside a running event loop: build, start, stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import structlog
from telegram import Bot, BotCommand
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from adapters.telegram.handlers import Answer, Handlers
from adapters.telegram.publisher import TelegramPublisher
from bot.errors import ConfigError, NotSent
from bot.words import Words

log = structlog.get_logger()

BASE_URL = "https://api.telegram.org/bot"
#: The commands shown in Telegram's menu; each has a sentence "command.NAME" in config/locale.
MENU = ("digest", "topics", "subscribe", "unsubscribe", "help", "start")
#: What we ask Telegram to tell us. Edits are not among them: an edited command never runs twice.
UPDATES = (UpdateType.MESSAGE, UpdateType.CHANNEL_POST, UpdateType.CALLBACK_QUERY)
#: Answers being worked out at the same time, so that a slow one does not hold up the others.
AT_ONCE = 16
#: Seconds to wait for a connection and for an answer; above PTB's 5, for a time-out leaves us not knowing.
CONNECT, READ = 10.0, 20.0
#: Longest wait between two attempts to reach Telegram at start-up, in seconds.
LONGEST_WAIT = 60.0

_App = Application[Any, Any, Any, Any, Any, Any]


class TelegramBot:
    """Answers in Telegram while it is entered (`async with`), and sends through `publisher`.

    Starting never fails: without a network it keeps trying, and a token that Telegram refuses switches it off
    with one line in the log. Stopping answers what was already received.
    """

    def __init__(
        self, token: str, *, answer: Answer, words: Mapping[str, Words], base_url: str = BASE_URL
    ) -> None:
        _keep_the_token_out_of_logs()
        self._words = words
        self._app = _application(token, base_url)
        self.publisher = TelegramPublisher(self._app.bot)
        self._starting: asyncio.Task[None] | None = None
        handlers = Handlers(answer, self.publisher, words)
        texts = filters.TEXT & (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST)
        self._app.add_handler(MessageHandler(texts, handlers.on_text))
        self._app.add_handler(CallbackQueryHandler(handlers.on_press))
        self._app.add_error_handler(handlers.on_error)

    async def start(self) -> None:
        """Begin to poll in the background, and return at once."""
        self._starting = asyncio.create_task(self._start(), name="telegram-start")

    async def stop(self) -> None:
        """Stop polling, finish the answers under way, close the connections."""
        if self._starting:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        if self._app.updater and self._app.updater.running:
            await self._app.updater.stop()
        if self._app.running:
            await self._app.stop()
        await self._app.shutdown()
        await self._app.bot.request.shutdown()  # what only sent, or never logged in, PTB leaves open

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _start(self) -> None:
        try:
            if not await self._reach():
                return
            await self._app.start()
            if self._app.updater:
                await self._app.updater.start_polling(
                    allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=_polling_failed
                )
            log.info("telegram_started", bot=f"@{self._app.bot.username}")
            await self._show_menu()
        except Exception:
            log.exception("telegram_start_failed")
            raise

    async def _reach(self) -> bool:
        """Log in, trying until the network is there; False if Telegram refuses the token."""
        wait = 1.0
        while True:
            try:
                await self._app.initialize()
            except InvalidToken:
                log.error("telegram_off", reason="Telegram does not accept TELEGRAM_TOKEN")  # noqa: TRY400 - the traceback shows the token
                return False
            except TelegramError as error:
                log.warning("telegram_unreachable", error=str(error), retry_in=wait)
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                return True

    async def _show_menu(self) -> None:
        """Tell Telegram the commands in each language; Arabic is shown to everybody who has another one."""
        try:
            for locale, words in self._words.items():
                if locale != words.language:
                    continue  # the same language with other digits
                commands = [BotCommand(name, words(f"command.{name}")) for name in MENU]
                await self._app.bot.set_my_commands(commands, language_code=locale)
                if locale == "ar":
                    await self._app.bot.set_my_commands(commands)
        except TelegramError as error:
            log.warning("telegram_menu_not_set", error=str(error))


async def whoami(token: str, base_url: str = BASE_URL) -> str:
    """Return the bot's @name. Raise ConfigError for a refused token, NotSent if Telegram cannot be asked."""
    _keep_the_token_out_of_logs()
    try:
        async with Bot(token, base_url=base_url) as bot:
            return f"@{bot.username}"
    except InvalidToken:
        raise ConfigError(("TELEGRAM_TOKEN: Telegram does not accept it",)) from None
    except NetworkError as error:
        raise NotSent(str(error)) from error


def _application(token: str, base_url: str) -> _App:
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(base_url)
        .concurrent_updates(AT_ONCE)
        .job_queue(None)  # Mujaz has a scheduler of its own
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .write_timeout(READ)
        .build()
    )


def _polling_failed(error: TelegramError) -> None:
    """Say in one line why no updates come; PTB tries again by itself."""
    if isinstance(error, Conflict):
        log.error(
            "telegram_conflict",
            reason="another process reads this bot's updates: stop it, or give each its own token",
        )
    else:
        log.warning("telegram_polling_failed", error=str(error))


def _keep_the_token_out_of_logs() -> None:
    """Every request's address holds the token; httpx logs addresses at INFO, PTB and httpcore at DEBUG."""
    for name, level in (
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("telegram", logging.INFO),
    ):
        logging.getLogger(name).setLevel(level)
