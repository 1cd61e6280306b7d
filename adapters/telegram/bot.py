"""The Telegram bot's life inside a running event loop: build, start, stop."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import structlog
from starlette.routing import BaseRoute
from telegram import Update
from telegram.constants import UpdateType
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from adapters.telegram import menu
from adapters.telegram.connection import Connection, application
from adapters.telegram.core import Core
from adapters.telegram.handlers import Handlers
from adapters.telegram.inline import Inline
from adapters.telegram.keyboard import Keyboards
from adapters.telegram.membership import Membership
from adapters.telegram.pace import Allowance, Pace, Quota
from adapters.telegram.publisher import TelegramPublisher
from adapters.telegram.quiet import keep_the_token_out_of_logs
from adapters.telegram.replies import Replies
from adapters.telegram.rights import Rights
from adapters.telegram.webhook import Webhook
from bot.model import Chat

log = structlog.get_logger()

#: What we ask Telegram to tell us. Edits are not among them: an edited command never runs twice.
UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
#: Longest wait between two attempts to reach Telegram at start-up, in seconds.
LONGEST_WAIT = 60.0
#: Seconds that answers under way get at the end; hosts send SIGKILL about 30 s after SIGTERM.
FINISH = 20.0
#: Seconds between two lines about the same trouble with polling, which comes back with every try.
SILENCE = 600.0


class TelegramBot:
    """Answers in Telegram while it is entered (`async with`), and sends through `publisher`.

    Starting never fails: without a network it keeps trying, and a token that Telegram refuses switches it off
    with one line in the log. Stopping answers what was already received; what comes later stays at Telegram.
    """

    def __init__(self, token: str, core: Core, connection: Connection | None = None) -> None:
        keep_the_token_out_of_logs()
        self._core, self._connection = core, connection or Connection()
        self._app = application(token, self._connection)
        self._webhook = Webhook(self._connection.webhook, token) if self._connection.webhook else None
        keyboards = Keyboards(core.buttons)
        self.publisher = TelegramPublisher(self._app.bot, keyboards, topic_gone=self._topic_gone)
        replies = Replies(self.publisher, core.words, Pace())
        self._membership = Membership(core.subscriptions, replies)
        handlers = Handlers(core.answer, replies, keyboards, rights=Rights(), quota=Quota())
        self._listen(handlers, Inline(core.share, replies))
        self._starting: asyncio.Task[None] | None = None
        self._complaints = Allowance(every=SILENCE, burst=1)

    @property
    def routes(self) -> list[BaseRoute]:
        """What the web server is to serve for us: the webhook, where there is one."""
        return [self._webhook.route] if self._webhook and self._connection.receives else []

    async def start(self) -> None:
        """Begin to receive in the background, and return at once."""
        self._starting = asyncio.create_task(self._start(), name="telegram-start")

    async def stop(self) -> None:
        """Take no more updates, finish the answers under way, close the connections."""
        if self._webhook:
            self._webhook.close()
        if self._starting:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        if self._app.updater and self._app.updater.running:
            await self._app.updater.stop()
        if self._app.running:
            try:
                await asyncio.wait_for(self._app.stop(), FINISH)
            except TimeoutError:
                log.warning("telegram_answers_dropped", reason=f"not given within {FINISH:.0f} s")
        await self._app.shutdown()
        await self._app.bot.request.shutdown()  # what only sent, or never logged in, PTB leaves open

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _listen(self, handlers: Handlers, inline: Inline) -> None:
        texts = filters.TEXT & (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST)
        for handler in (
            MessageHandler(texts, handlers.on_text),
            MessageHandler(filters.StatusUpdate.MIGRATE, self._membership.on_migration),
            CallbackQueryHandler(handlers.on_press),
            InlineQueryHandler(inline.on_query),
            ChatMemberHandler(self._membership.on_member, ChatMemberHandler.MY_CHAT_MEMBER),
        ):
            self._app.add_handler(handler)
        self._app.add_error_handler(handlers.on_error)

    async def _topic_gone(self, chat: Chat) -> None:
        await self._membership.topic_gone(chat)

    async def _start(self) -> None:
        try:
            if not await self._reach() or not self._connection.receives:
                return
            await self._app.start()
            await (self._open(self._webhook) if self._webhook else self._poll())
            log.info(
                "telegram_started",
                bot=f"@{self._app.bot.username}",
                by="webhook" if self._webhook else "polling",
            )
            await menu.show(self._app.bot, self._core.words)
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

    async def _poll(self) -> None:
        """Ask for updates; a webhook that was set before is taken away first."""
        if self._app.updater:
            await self._app.updater.start_polling(
                allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=self._polling_failed
            )

    def _polling_failed(self, error: TelegramError) -> None:
        """Say in one line why no updates come; PTB tries again by itself."""
        kind = type(error).__name__
        if self._complaints.wait(kind):
            return
        self._complaints.take(kind)
        if isinstance(error, Conflict):
            log.error(
                "telegram_conflict",
                reason="another process reads this bot's updates: stop it, or give each its own token",
            )
        else:
            log.warning("telegram_polling_failed", error=str(error))

    async def _open(self, webhook: Webhook) -> None:
        """Take updates by HTTP, and tell Telegram where."""

        async def take(update: dict[str, Any]) -> None:
            await self._app.update_queue.put(Update.de_json(update, self._app.bot))

        webhook.open(take)
        try:
            await self._app.bot.set_webhook(
                webhook.url,
                secret_token=webhook.secret,
                allowed_updates=UPDATES,
                max_connections=self._connection.connections,
            )
        except BadRequest as error:
            log.error("telegram_webhook_refused", url=webhook.url, reason=str(error))  # noqa: TRY400 - it says all
