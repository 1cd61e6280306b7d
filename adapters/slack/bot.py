"""Mujaz as a Slack app: which of Slack's calls it takes, in Socket Mode or over HTTP."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from adapters.markup import ACTION
from adapters.slack.desk import Answer, Desk, Reply, chat_of
from adapters.slack.home import at_home
from adapters.slack.once import once
from adapters.slack.people import People
from adapters.slack.publisher import SlackPublisher
from adapters.slack.replies import by_url
from adapters.slack.socket_mode import socket_mode
from adapters.slack.texts import SLASH, from_slash, from_speech
from bot.message import Message
from bot.words import Words

Body = dict[str, Any]

FINISH_SECONDS = 10  #: hosts allow about 30 s from the request to stop until they kill
OURS = re.compile(rf"{re.escape(ACTION)}\b")


class SlackBot:
    """Answers slash commands, buttons, mentions and direct messages of one workspace.

    `client` comes from `open_client`; `signing_secret` is needed for HTTP only, where Bolt refuses with 401
    whatever is not signed with it within the last five minutes.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        answer: Answer,
        words: Mapping[str, Words],
        signing_secret: str = "",
    ) -> None:
        self._client = client
        self._desk = Desk(answer, words, People())
        logging.getLogger("slack_bolt.AsyncApp").addFilter(_no_false_alarm)
        self.app = AsyncApp(client=client, signing_secret=signing_secret, name="mujaz")
        self._http = AsyncSlackRequestHandler(self.app)
        self._words = words
        self.events = {
            "app_home_opened": self._home,
            "app_mention": self._mention,
            "message.im": self._message,
        }
        self._listen()

    async def handle(self, request: HttpRequest) -> Response:
        """Take one POST from Slack: events, commands and interactivity share the endpoint."""
        return await self._http.handle(request)

    async def finish(self) -> None:
        """Before shutdown: let the answers that are being made be given."""
        await self._desk.finish(FINISH_SECONDS)

    @asynccontextmanager
    async def connected(self, app_token: str) -> AsyncIterator[None]:
        """Keep a Socket Mode connection while inside. Raise ConfigError where Slack refuses the token."""
        try:
            async with socket_mode(self.app, app_token):
                yield
        finally:
            await self.finish()

    def _listen(self) -> None:
        self.app.use(once())
        for command in SLASH:
            self.app.command(command)(self._command)
        self.app.action(OURS)(self._button)
        for name, handler in self.events.items():
            self.app.event(name.partition(".")[0])(handler)

    async def _command(self, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        await ack()
        text = from_slash(body["command"], body.get("text") or "")
        await self._desk.serve(context, text, by_url(self._client, body["response_url"]))

    async def _button(self, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        await ack()
        command = body["actions"][0].get("value") or "/help"
        if view := body.get("view"):
            channel = view["private_metadata"]
            await self._desk.serve(context, command, self._at_home(context, channel), channel=channel)
            return
        # Nobody else reads a direct message: there the answer may stay.
        lasting = (context.channel_id or "").startswith("D")
        reply = by_url(self._client, body["response_url"], lasting=lasting)
        await self._desk.serve(context, command, reply)

    async def _home(self, context: AsyncBoltContext, event: Body) -> None:
        if event.get("tab") == "home":
            await self._desk.serve(context, "/digest", self._at_home(context, event["channel"]))

    async def _mention(self, context: AsyncBoltContext, event: Body) -> None:
        if event["channel"].startswith("D"):
            return  # told as a direct message too
        reply = self._in_thread(context, event.get("thread_ts") or event["ts"])
        await self._desk.serve(context, from_speech(event.get("text") or ""), reply)

    async def _message(self, context: AsyncBoltContext, event: Body) -> None:
        """Answer a direct message from a person; joins, edits and other bots' messages are none."""
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
            return
        reply = self._in_thread(context, event.get("thread_ts") or "")
        await self._desk.serve(context, from_speech(event.get("text") or ""), reply)

    def _at_home(self, context: AsyncBoltContext, channel: str) -> Reply:
        return at_home(self._client, context.user_id or "", channel, self._words)

    def _in_thread(self, context: AsyncBoltContext, thread: str) -> Reply:
        async def reply(message: Message) -> None:
            await SlackPublisher(self._client).send(chat_of(context), message, thread=thread)

        return reply


def _no_false_alarm(record: logging.LogRecord) -> bool:
    """Keep Bolt from warning of SLACK_BOT_TOKEN in the environment: our client has the same token."""
    return "`token` will be unused" not in record.getMessage()
