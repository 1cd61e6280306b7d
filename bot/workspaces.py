"""A use case: a workspace removes us, or takes us back; what its chats asked for waits until then."""

from __future__ import annotations

import datetime as dt

from bot.model import Platform
from bot.ports.subscriptions import Subscriptions

#: Why a chat is closed whose workspace is.
REMOVED = "uninstalled"


async def left(subscriptions: Subscriptions, workspace: str, now: dt.datetime) -> None:
    """Plan nothing more for a Slack workspace. Nobody in it can be told: we have no way in."""
    for chat in await subscriptions.of_workspace(Platform.SLACK, workspace):
        await subscriptions.suspend(chat, REMOVED, now, None)


async def came(subscriptions: Subscriptions, workspace: str, now: dt.datetime) -> None:
    """Plan again for a Slack workspace that had removed us; what was closed by itself stays so."""
    for chat in await subscriptions.of_workspace(Platform.SLACK, workspace):
        known = await subscriptions.of(chat)
        if known and known.closed and known.closed.why == REMOVED:
            await subscriptions.resume(chat, now)
