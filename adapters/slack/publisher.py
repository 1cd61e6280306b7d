"""Bulletins into Slack channels: one message, and what does not fit it in the thread under it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from adapters.markup import SlackPayload
from adapters.slack.failures import delivery_error
from adapters.slack.texts import payloads
from adapters.slack.workspaces import Workspaces
from bot.errors import NotSent, Throttled, Uncertain
from bot.message import Message
from bot.model import Chat

#: How often a continuation is tried, and the longest wait that is sat out for it.
TRIES = 4
LONGEST_WAIT = timedelta(seconds=60)


class SlackPublisher:
    """A Publisher; a chat is posted to with its own workspace's token. `pause` waits a number of seconds."""

    def __init__(
        self, workspaces: Workspaces, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._workspaces = workspaces
        self._pause = pause

    async def send(self, chat: Chat, message: Message, *, thread: str = "") -> tuple[str, ...]:
        """Post to a channel (or under the message `thread`) and return the `ts` of each part.

        Raise NotSent, Throttled, Uncertain, Refused or Gone for the first part. Once that one stands in
        the channel nothing may ask for the whole again, so a continuation that fails is Uncertain.
        """
        first, *rest = payloads(message)
        sent = [await self._post(chat, first, thread)]
        for part in rest:
            try:
                sent.append(await self._continue(chat, part, thread or sent[0]))
            except Exception as error:
                total = len(rest) + 1
                raise Uncertain(f"{len(sent)} of {total} parts sent ({', '.join(sent)}): {error}") from error
        return tuple(sent)

    async def _continue(self, chat: Chat, part: SlackPayload, thread: str) -> str:
        for _ in range(TRIES - 1):
            try:
                return await self._post(chat, part, thread)
            except NotSent:
                await self._pause(1)
            except Throttled as wait:
                if wait.retry_after > LONGEST_WAIT:
                    raise
                await self._pause(wait.retry_after.total_seconds())
        return await self._post(chat, part, thread)

    async def _post(self, chat: Chat, part: SlackPayload, thread: str) -> str:
        client = await self._workspaces.client(chat.workspace)
        try:
            answer = await client.chat_postMessage(
                channel=chat.id,
                text=part.text,
                blocks=part.blocks,
                thread_ts=thread or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            raise delivery_error(error) from error
        return str(answer["ts"])
