"""Channels that close to us, open again or move: what their digest's owner is told, how we hear of it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from adapters.slack.core import Core
from adapters.slack.desk import chat_of
from adapters.slack.joining import JOIN
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Chat, Platform
from bot.words import Words

#: Opens a channel in whichever Slack its reader has (docs.slack.dev/interactivity/deep-linking).
LINK = "https://slack.com/app_redirect?channel={channel}&team={team}"
#: What a person may mend by one press.
JOINABLE = "not_in_channel"

Body = dict[str, Any]


def closed(chat: Chat, why: str, words: Words) -> Message | None:
    """Tell a digest's owner why it stops; None where the way to them is itself what closed."""
    if chat.id.startswith("D"):
        return None
    link = LINK.format(channel=chat.id, team=chat.workspace)
    lines = (
        paragraph(Style.TEXT, words("slack.closed", why=words.known(f"closed.{why}", why))),
        Paragraph(Style.NOTE, (Run(words("slack.open_channel"), url=link),)),
    )
    join = ((Button(words("slack.join"), f"{JOIN} {chat.id}"),),) if why == JOINABLE else ()
    return Message(lines, join, words.locale)


class Closing:
    """Hears that a channel is open to us again, what waited for it goes on; and that one has a new id."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.events = {
            "member_joined_channel": self._joined,
            "channel_unarchive": self._opened,
            "group_unarchive": self._opened,
            "channel_id_changed": self._moved,
        }

    async def _joined(self, context: AsyncBoltContext, event: Body) -> None:
        if event.get("user") == context.bot_user_id:
            await self._opened(context)

    async def _opened(self, context: AsyncBoltContext) -> None:
        await self._core.opened(chat_of(context))

    async def _moved(self, context: AsyncBoltContext, event: Body) -> None:
        """A private channel that is shared with another company gets a new id, for good."""
        old = Chat(Platform.SLACK, event["old_channel_id"], workspace=context.team_id or "")
        await self._core.moved(old, event["new_channel_id"])
