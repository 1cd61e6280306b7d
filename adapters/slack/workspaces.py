"""Whose token: each workspace has its own, and nothing leaves by another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import with_token
from bot.errors import ConfigError, Gone, NotSent

#: A token that rotates is renewed this long before it ends (Slack gives it twelve hours).
RENEW_MINUTES = 120


class Workspaces(Protocol):
    """The workspaces we may write to."""

    async def client(self, team: str) -> AsyncWebClient:
        """Return a client with the workspace's token. Raise Gone where we are not installed, or NotSent."""


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The workspace that the operator's own token is of."""

    only: AsyncWebClient

    async def client(self, _team: str) -> AsyncWebClient:
        """Return the one client."""
        return self.only


@dataclass(frozen=True, slots=True)
class InstalledWorkspaces:
    """Workspaces that installed us by OAuth; `base` has the session and no token."""

    base: AsyncWebClient
    store: AsyncInstallationStore
    rotator: AsyncTokenRotator

    async def client(self, team: str) -> AsyncWebClient:
        """Return a client with the workspace's token. Raise Gone where we are not installed, or NotSent."""
        bot = await self.bot(team)
        if bot is None:
            raise Gone("not_installed", everywhere=True)
        return with_token(self.base, bot.bot_token)

    async def bot(self, team: str) -> Bot | None:
        """Return what a workspace installed, with a token that is still good. Raise NotSent."""
        try:
            bot = await self._find(team)
            if bot is None:
                return None
            renewed = await self.rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=RENEW_MINUTES
            )
        except SlackTokenRotationError:
            return await self._renewed_elsewhere(team, bot)
        except ConfigError as error:
            raise NotSent(str(error)) from error
        if renewed is not None:
            await self.store.async_save_bot(renewed)
        return renewed or bot

    async def _renewed_elsewhere(self, team: str, stale: Bot | None) -> Bot:
        """A refresh token is good once: another of our processes may have used it."""
        bot = await self._find(team)
        if bot is None or stale is None or bot.bot_token == stale.bot_token:
            raise NotSent("the token cannot be renewed")
        return bot

    async def _find(self, team: str) -> Bot | None:
        found: Bot | None = await self.store.async_find_bot(enterprise_id=None, team_id=team)
        return found


class Authorize(AsyncAuthorize):
    """Has Bolt speak with the token of the workspace that a request is from, and turn away all others."""

    def __init__(self, workspaces: InstalledWorkspaces) -> None:
        self._workspaces = workspaces

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_: object
    ) -> AuthorizeResult | None:
        """Return the bot of the request's workspace."""
        try:
            bot = await self._workspaces.bot(team_id or "")
        except NotSent as error:
            context.logger.warning("%s", error)
            return None
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )
