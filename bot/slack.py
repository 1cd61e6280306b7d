"""Slack, put together: what its adapter asks of the rest, and whose workspaces it serves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import Core, OAuth, SlackBot, open_client, team_of
from bot import workspaces
from bot.answers.pasted import pasted, story_of
from bot.message import Message
from bot.model import Chat
from bot.preferences import Preferences
from bot.wiring import Mujaz, now
from storage.heard import Heard
from storage.installations import Installations, States


@asynccontextmanager
async def slack_bot(mujaz: Mujaz) -> AsyncIterator[SlackBot]:
    """Build the bot of the settings' one workspace, or of all that install it; it finishes at the end."""
    settings = mujaz.settings
    token, secret = settings.slack_bot_token, settings.slack_signing_secret
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(
            open_client(token.get_secret_value() if token else None, settings.slack_base_url)
        )
        bot = SlackBot(
            client,
            _core(mujaz),
            signing_secret=secret.get_secret_value() if secret else "",
            oauth=_oauth(mujaz, client),
        )
        stack.push_async_callback(bot.finish)
        if token:
            stack.callback(asyncio.create_task(_begin_again(mujaz, client)).cancel)
        yield bot


async def _begin_again(mujaz: Mujaz, client: AsyncWebClient) -> None:
    """Let what waited for a good token of the operator's go on: this may be the one."""
    if team := await team_of(client):
        await workspaces.came(mujaz.subscriptions, team, now())


def _core(mujaz: Mujaz) -> Core:
    desk = mujaz.desk

    async def read(text: str, locale: str) -> Message:
        story = story_of(text, now())
        return pasted(story, await asyncio.to_thread(mujaz.find, story), desk.words[locale])

    async def opened(chat: Chat) -> None:
        await mujaz.subscriptions.resume(chat, now())

    async def moved(chat: Chat, new_id: str) -> None:
        await mujaz.subscriptions.rekey(chat, new_id, sent=True)
        await opened(replace(chat, id=new_id))  # we may have looked for the old one meanwhile

    return Core(
        answer=mujaz.answer,
        read=read,
        words=desk.words,
        verbs=desk.verbs,
        preferences=Preferences(desk, now),
        heard=Heard(mujaz.database),
        buttons=mujaz.buttons,
        opened=opened,
        moved=moved,
    )


def _oauth(mujaz: Mujaz, client: AsyncWebClient) -> OAuth | None:
    settings = mujaz.settings
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        return None

    async def came(workspace: str) -> None:
        await workspaces.came(mujaz.subscriptions, workspace, now())

    async def left(workspace: str) -> None:
        await workspaces.left(mujaz.subscriptions, workspace, now())

    return OAuth(
        client,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        installations=Installations(mujaz.database, settings.slack_client_id, settings.secret_keys),
        states=States(mujaz.database),
        came=came,
        left=left,
    )
