"""Mujaz as a Slack app: which of Slack's calls it takes, in Socket Mode or over HTTP."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack.closing import Closing
from adapters.slack.core import Core
from adapters.slack.desk import Desk, cause
from adapters.slack.install import OAuth
from adapters.slack.once import once
from adapters.slack.publisher import SlackPublisher
from adapters.slack.settings import Settings
from adapters.slack.socket_mode import socket_mode
from adapters.slack.talk import Talk
from adapters.slack.workspaces import Authorize, OneWorkspace, Workspaces

log = structlog.get_logger(__name__)

FINISH_SECONDS = 10  #: hosts allow about 30 s from the request to stop until they kill
EVENTS = "/slack/events"


class SlackBot:
    """Answers one workspace, the one of the client's token, or with `oauth` all that installed us.

    `client` comes from `open_client`, without a token where there is `oauth`. `signing_secret` is needed for
    HTTP only, where Bolt refuses with 401 whatever is not signed with it within the last five minutes.
    """

    def __init__(
        self, client: AsyncWebClient, core: Core, *, signing_secret: str = "", oauth: OAuth | None = None
    ) -> None:
        logging.getLogger("slack_bolt.AsyncApp").addFilter(_no_false_alarm)
        self._oauth = oauth
        self.workspaces: Workspaces = oauth.workspaces if oauth else OneWorkspace(client)
        self.app = AsyncApp(
            client=client,
            signing_secret=signing_secret,
            name="mujaz",
            authorize=Authorize(oauth.workspaces) if oauth else None,  # type: ignore[arg-type]  # Bolt's own
            oauth_flow=oauth.flow if oauth else None,
            user_facing_authorize_error_message=core.words["ar"]("slack.not_installed") if oauth else None,
        )
        self._http = AsyncSlackRequestHandler(self.app)
        self._desk = Desk(core)
        settings = Settings(self._desk)
        talk = Talk(self._desk, settings)
        surfaces = (talk.events, settings.events, Closing(core).events, oauth.events if oauth else {})
        self.events = {name: handler for events in surfaces for name, handler in events.items()}
        self.app.use(once(core.heard))
        self.app.error(_failed)
        talk.listen(self.app)
        settings.listen(self.app)
        for name, handler in self.events.items():
            self.app.event(name.partition(".")[0])(handler)

    @property
    def publisher(self) -> SlackPublisher:
        """What posts bulletins, each with its workspace's own token."""
        return SlackPublisher(self.workspaces)

    def routes(self, *, events: bool) -> list[Route]:
        """Return what the web process serves: Slack's calls, with `events`, and the pages that install us."""
        routes = [Route(EVENTS, self.handle, methods=["POST"])] if events else []
        flow = self._oauth.flow if self._oauth else None
        pages = (flow.install_path, flow.redirect_uri_path) if flow else ()
        return routes + [Route(page, self.handle, methods=["GET"]) for page in pages]

    async def handle(self, request: HttpRequest) -> Response:
        """Take one request of Slack (events, commands and presses share an address) or of an installer."""
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


async def _failed(error: Exception) -> None:
    """Log what no answer could tell of, without the secrets that Bolt's own words would show."""
    log.error("slack.failed", error=cause(error))


def _no_false_alarm(record: logging.LogRecord) -> bool:
    """Keep Bolt from warning of SLACK_BOT_TOKEN in the environment: our client has the same token."""
    return "`token` will be unused" not in record.getMessage()
