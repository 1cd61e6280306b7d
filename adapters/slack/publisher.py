"""Bulletins into Slack channels: one message, and what does not fit it in the thread under it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from adapters.markup import SlackPayload
from adapters.slack.failures import delivery_error
from adapters.slack.texts import payloads
from adapters.slack.workspaces import Workspaces
from bot.errors import DeliveryError, NotSent, Refused, Throttled, Uncertain
from bot.message import Message
from bot.model import Chat

#: How often a continuation is tried, and the longest wait that is sat out for it.
TRIES = 4
LONGEST_WAIT = timedelta(seconds=60)


#: What Slack says of a thread that is no more.
NO_THREAD = frozenset({"thread_not_found", "message_not_found"})
#: What is left of a part that the text no longer needs and Slack does not let us delete.
NOTHING = "…"


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

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        """Post in the thread of a message of ours; where that is gone, in the channel."""
        try:
            return await self.send(chat, message, thread=message_id)
        except Refused as error:
            if str(error) not in NO_THREAD:
                raise
            return await self.send(chat, message)

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        """Put `message` in place of what was posted in these parts; return the `ts` of its parts now.

        Raise NotSent where Slack did not answer, for doing it twice changes nothing; Uncertain only where a
        part had to be added; Refused where Slack lets nobody edit the message any more.
        """
        parts, ids = payloads(message), list(message_ids)
        for ts, part in zip(ids, parts, strict=False):
            await self._replace(chat, ts, part.text, part.blocks)
        left = [ts for ts in ids[len(parts) :] if not await self._remove(chat, ts)]
        added: list[str] = []
        for part in parts[len(ids) :]:
            try:
                added.append(await self._continue(chat, part, ids[0]))
            except Exception as error:
                if not added:
                    raise
                raise Uncertain(f"{error}; added: {', '.join(added)}") from error
        return (*ids[: len(parts)], *left, *added)

    async def _replace(self, chat: Chat, ts: str, text: str, blocks: Sequence[dict[str, Any]]) -> None:
        client = await self._workspaces.client(chat.workspace)
        try:
            await client.chat_update(channel=chat.id, ts=ts, text=text, blocks=blocks)
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            raise _repeatable(delivery_error(error)) from error

    async def _remove(self, chat: Chat, ts: str) -> bool:
        """Delete a part that the text no longer needs; False where it had to stay, without its words."""
        client = await self._workspaces.client(chat.workspace)
        try:
            await client.chat_delete(channel=chat.id, ts=ts)
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            failure = _repeatable(delivery_error(error))
            if not isinstance(failure, Refused):
                raise failure from error
            if str(failure) != "message_not_found":
                await self._replace(chat, ts, NOTHING, ())
                return False
        return True

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


def _repeatable(failure: DeliveryError) -> DeliveryError:
    """What no answer came to may be asked again: the second time changes nothing."""
    return NotSent(str(failure)) if isinstance(failure, Uncertain) else failure
