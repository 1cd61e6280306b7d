"""What people say and press: slash commands, buttons, mentions, direct messages, a message to read."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from adapters.markup import TURN
from adapters.slack.desk import Desk, Reply, chat_of, client_of
from adapters.slack.joining import JOIN, join
from adapters.slack.publisher import SlackPublisher
from adapters.slack.replies import by_url
from adapters.slack.settings import Settings
from adapters.slack.sharing import KEPT, SHARE, Sharing
from adapters.slack.texts import ASK, SLASH, from_message, from_slash, from_speech
from adapters.slack.workspaces import OneWorkspace
from bot.message import Message, Style, paragraph
from bot.model import Request

Body = dict[str, Any]

READ = "read_agreements"  #: the message shortcut's callback_id


class Talk:
    """Hears what people say and press, and answers to them alone unless they share it."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._settings = settings
        self._sharing = Sharing(desk)
        self.events = {"app_mention": self._mention, "message.im": self._message}

    def listen(self, app: AsyncApp) -> None:
        """Register with Bolt what is no event."""
        for command in SLASH:
            app.command(command)(self._command)
        app.action(ASK)(self._button)
        app.shortcut({"type": "message_action", "callback_id": READ})(self._read)

    async def _command(self, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        await ack()
        text = from_slash(body["command"], body.get("text") or "")
        await self._asked(context, body, text, self._to_asker(context, body, text))

    async def _button(self, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        await ack()
        action = body["actions"][0]
        text = action.get("value") or "/help"
        if view := body.get("view"):
            await self._asked(context, body, text, self._settings.at_home(context, view["private_metadata"]))
        elif text.startswith(SHARE):
            await self._share(context, body, text.removeprefix(SHARE))
        else:
            # Only what its asker alone sees may change under their hands.
            turning = action["action_id"].endswith(TURN) and body["container"].get("is_ephemeral", False)
            await self._asked(context, body, text, self._to_asker(context, body, text, turning=turning))

    async def _asked(self, context: AsyncBoltContext, body: Body, text: str, reply: Reply) -> None:
        """Serve a command that came with a trigger, which a form can be opened by."""
        channel = (body.get("view") or {}).get("private_metadata", "")
        if self._desk.command(text) == "/settings":
            await self._settings.open(context, body["trigger_id"], channel)
        elif text.partition(" ")[0] == JOIN:
            await self._desk.serve(context, text, reply, answer=self._join(context))
        else:
            await self._desk.serve(context, text, reply, channel=channel)

    async def _share(self, context: AsyncBoltContext, body: Body, asked: str) -> None:
        asker, kept = await self._desk.asker(context), asked.startswith(KEPT)
        text = await self._sharing.found(chat_of(context), asked) if kept else asked
        reply = by_url(client_of(context), body["response_url"], lasting=text is not None)
        if text is None:
            await self._desk.serve(context, "", reply, answer=self._expired)
            return
        shown = self._sharing.signed(reply, asker.name)
        await self._desk.serve(context, text, shown, answer=self._found if kept else None)

    async def _read(self, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
        """Say what was agreed in somebody's message, to who asked."""
        await ack()
        text = from_message(body["message"].get("text") or "")
        reply = by_url(client_of(context), body["response_url"])
        kept = self._sharing.kept(reply, chat_of(context), text)
        await self._desk.serve(context, text, kept, answer=self._found)

    async def _found(self, request: Request) -> Message:
        return await self._desk.core.read(request.text, request.locale)

    async def _expired(self, request: Request) -> Message:
        words = self._desk.words(request.locale)
        return Message((paragraph(Style.TEXT, words("slack.share_expired")),), (), words.locale)

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

    def _join(self, context: AsyncBoltContext) -> Any:
        async def answer(request: Request) -> Message:
            return await join(client_of(context), request, self._desk.words(request.locale), self._desk.core)

        return answer

    def _to_asker(self, context: AsyncBoltContext, body: Body, text: str, *, turning: bool = False) -> Reply:
        """Nobody else reads a direct message: there the answer may stay."""
        lasting = (context.channel_id or "").startswith("D")
        reply = by_url(client_of(context), body["response_url"], lasting=lasting, turning=turning)
        return reply if lasting else self._sharing.offered(reply, text)

    def _in_thread(self, context: AsyncBoltContext, thread: str) -> Reply:
        publisher = SlackPublisher(OneWorkspace(client_of(context)))

        async def reply(message: Message) -> None:
            await publisher.send(chat_of(context), message, thread=thread)

        return reply
