"""The settings of a chat: opened as a modal, read back, and shown in the Home tab."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackClientError

from adapters.slack.desk import Desk, Reply, cause, client_of
from adapters.slack.failures import delivery_error
from adapters.slack.home import home_view, saved_view
from adapters.slack.settings_form import FORM, ZONE, SettingsForm
from adapters.slack.settings_values import Mistakes, SettingsReader
from bot.errors import AskAgain
from bot.message import Message
from bot.model import Request

Body = dict[str, Any]
SETTINGS = "/settings"

log = structlog.get_logger(__name__)


class Settings:
    """Shows and changes what a chat gets."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.events = {"app_home_opened": self._opened}

    def listen(self, app: AsyncApp) -> None:
        """Register with Bolt what is no event."""
        app.options(ZONE)(self._zones)
        app.view(FORM)(self._submitted)

    async def open(self, context: AsyncBoltContext, trigger: str, channel: str = "") -> None:
        """Open the modal of a channel (the context's unless given), while its trigger is good: 3 seconds."""
        request = await self._desk.request(context, "", channel)
        core = self._desk.core
        view = self._form(request.locale).view(await core.preferences.of(request), request.chat.id)
        try:
            await client_of(context).views_open(trigger_id=trigger, view=view)
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            log.warning("slack.modal_failed", reason=str(delivery_error(error)))

    def at_home(self, context: AsyncBoltContext, channel: str) -> Reply:
        """Make the reply that shows an answer in the asker's Home tab, under what they are sent and when.

        `channel` is their direct message with us.
        """

        async def reply(message: Message) -> None:
            settings = await self._now(await self._desk.request(context, SETTINGS, channel))
            view = home_view(message, settings, channel, self._desk.words(message.locale))
            try:
                await client_of(context).views_publish(user_id=context.user_id or "", view=view)
            except (SlackClientError, ClientError, OSError, TimeoutError) as error:
                raise delivery_error(error) from error

        return reply

    async def _opened(self, context: AsyncBoltContext, event: Body) -> None:
        if event.get("tab") == "home":
            await self._digest_at_home(context, event["channel"])

    async def _digest_at_home(self, context: AsyncBoltContext, channel: str) -> None:
        await self._desk.serve(context, "/digest", self.at_home(context, channel), channel=channel)

    async def _submitted(self, ack: AsyncAck, context: AsyncBoltContext, view: Body) -> None:
        """Save what was filled in. Only the acknowledgement can say what is wrong, so it comes last here."""
        channel = view["private_metadata"]
        request = await self._desk.request(context, SETTINGS, channel)
        words, preferences = self._desk.words(request.locale), self._desk.core.preferences
        try:
            before = (await preferences.of(request)).wants
            wants = SettingsReader(words, preferences.desk.zones).read(view["state"]["values"], before)
        except Mistakes as mistakes:
            await ack(response_action="errors", errors=mistakes.sentences)
            return
        try:
            await preferences.save(request, wants)
        except AskAgain as error:
            await ack(response_action="errors", errors={"rhythm": words(error.key, n=None, **error.values)})
            return
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the asker is told
            log.error("slack.settings_failed", error=cause(error))  # noqa: TRY400 - a trace shows secrets
            await ack(response_action="errors", errors={"rhythm": words("error.internal")})
            return
        await ack(response_action="update", view=saved_view(await self._now(request), words))
        if channel.startswith("D"):
            await self._digest_at_home(context, channel)

    async def _zones(self, ack: AsyncAck, context: AsyncBoltContext, payload: Body) -> None:
        form = self._form((await self._desk.asker(context)).locale)
        found = self._desk.core.preferences.zones_like(str(payload.get("value") or ""))
        await ack(options=[form.zone(zone) for zone in found])

    def _form(self, locale: str) -> SettingsForm:
        desk = self._desk.core.preferences.desk
        return SettingsForm(self._desk.words(locale), desk.topics.all, desk.words, desk.zones)

    async def _now(self, request: Request) -> Message:
        """Say what a chat gets, as `/settings` does."""
        return await self._desk.core.answer(request)
