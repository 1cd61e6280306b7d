"""Where Mujaz is installed in Slack: the SDK's own stores, in our database, with the tokens sealed."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import Table

from storage.database import Database
from storage.sealed import Sealed

#: How long an installer may look at Slack's page of permissions.
STATE_SECONDS = 600
SECRET = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


class Installations(AsyncSQLAlchemyInstallationStore):
    """One installation a workspace. `keys` are those of `Sealed`.

    Workspaces are known by their own id alone: an event names the enterprise that one belongs to, a chat does
    not, and whole enterprises cannot install us (org_deploy_enabled is off in config/slack-manifest.yml).
    """

    def __init__(self, database: Database, client_id: str, keys: Sequence[str]) -> None:
        super().__init__(client_id, database.writing)
        for table in (self.bots, self.installations):
            _seal(table, keys)

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation in place of the workspace's former one, whose tokens are no longer of use."""
        installation.enterprise_id = None
        await self.async_delete_all(enterprise_id=None, team_id=installation.team_id)
        await super().async_save(installation)


class States(AsyncSQLAlchemyOAuthStateStore):
    """What we sent an installer away with, to be brought back once and soon."""

    def __init__(self, database: Database) -> None:
        super().__init__(STATE_SECONDS, database.writing)


def _seal(table: Table, keys: Sequence[str]) -> None:
    for name in SECRET:
        if name in table.c:
            table.c[name].type = Sealed(keys)
