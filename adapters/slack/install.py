"""Many workspaces: each installs Mujaz by OAuth, and may remove it any day."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urljoin

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.workspaces import InstalledWorkspaces

log = structlog.get_logger(__name__)

#: What we ask a workspace for; config/slack-manifest.yml says why.
SCOPES = (
    "app_mentions:read", "channels:join", "channels:read", "chat:write", "chat:write.public", "commands",
    "groups:read", "im:history", "users:read",
)  # fmt: skip


Body = dict[str, Any]
Heed = Callable[[str], Awaitable[None]]


class OAuth:
    """Installing by OAuth: `/slack/install` leads to Slack, which leads back to `/slack/oauth_redirect`."""

    def __init__(
        self,
        base: AsyncWebClient,
        *,
        client_id: str,
        client_secret: str,
        installations: AsyncInstallationStore,
        states: AsyncOAuthStateStore,
        came: Heed,
        left: Heed,
    ) -> None:
        """`came` and `left` are told which workspace installed and removed us, maybe twice."""
        self._store = installations
        self._left = left
        self.events = {"app_uninstalled": self._uninstalled, "tokens_revoked": self._revoked}
        self.workspaces = InstalledWorkspaces(
            base,
            installations,
            AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=base),
        )
        settings = AsyncOAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=SCOPES,
            authorization_url=urljoin(base.base_url, "../oauth/v2/authorize"),
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=states,
            logger=logging.getLogger(__name__),
        )
        self.flow = _Flow(client=base, settings=settings)
        self.flow.came = came

    async def _uninstalled(self, context: AsyncBoltContext, body: Body) -> None:
        await self._forget(context.team_id or "", body.get("event_time"))

    async def _revoked(self, context: AsyncBoltContext, body: Body, event: Body) -> None:
        if event["tokens"].get("bot"):  # those of people were never asked for
            await self._forget(context.team_id or "", body.get("event_time"))

    async def _forget(self, team: str, happened: float | None) -> None:
        """Slack tells of one removal by two events in any order, and maybe late: after a new installation."""
        bot = await self._store.async_find_bot(enterprise_id=None, team_id=team)
        if bot is not None and happened and bot.installed_at > happened:
            return
        await self._store.async_delete_all(enterprise_id=None, team_id=team)
        await self._left(team)
        log.info("slack.uninstalled", workspace=team)


class _Flow(AsyncOAuthFlow):
    """Refuses what we cannot serve, and says who came."""

    came: Heed

    async def run_installation(self, code: str) -> Installation | None:
        """Have Slack give a token for its code; None where it does not."""
        try:
            return await super().run_installation(code)
        except (ClientError, OSError, TimeoutError) as error:
            log.warning("slack.not_installed", error=type(error).__name__)
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep an installation. Raise BoltError for a whole enterprise's: the manifest offers none."""
        if installation.is_enterprise_install or not installation.team_id:
            raise BoltError("Mujaz is installed into one workspace at a time")
        await super().store_installation(request, installation)
        await self.came(installation.team_id)
