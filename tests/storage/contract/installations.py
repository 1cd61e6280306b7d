"""Where Slack installed us and what was heard, on either database."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Bot, Installation
from sqlalchemy import text

from bot.errors import ConfigError
from storage.database import Database
from storage.heard import Heard
from storage.installations import Installations, States
from tests.builders import NOON

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
LONG = "xoxe.xoxb-1-" + "M" * 250  #: a token that rotates is longer than the SDK's own column


def installation(team: str = "T1", token: str = LONG, *, enterprise: str | None = "E1") -> Installation:
    return Installation(
        app_id="A1",
        enterprise_id=enterprise,
        team_id=team,
        user_id="U1",
        bot_token=token,
        bot_id="B1",
        bot_user_id="U0",
        bot_refresh_token="xoxe-1-refresh",
        bot_token_expires_in=3600,
        installed_at=1_800_000_000.0,
    )


async def bot(store: Installations, team: str = "T1") -> Bot | None:
    found: Bot | None = await store.async_find_bot(enterprise_id=None, team_id=team)
    return found


class InstallationsContract:
    """What `storage.installations` promises on every database."""

    async def test_what_was_saved_is_found_by_the_workspace_alone(self, database: Database) -> None:
        store = Installations(database, "1.2", [NEW])
        await store.async_save(installation())
        found = await bot(store)
        assert found is not None
        assert (found.bot_token, found.bot_refresh_token, found.bot_user_id) == (LONG, "xoxe-1-refresh", "U0")
        assert await bot(store, "T2") is None
        assert await bot(Installations(database, "3.4", [NEW])) is None, "another app's"

    async def test_tokens_are_sealed_at_rest(self, database: Database) -> None:
        await Installations(database, "1.2", [NEW]).async_save(installation())
        async with database.read() as session:
            bots = (await session.execute(text("SELECT * FROM slack_bots"))).all()
            all_ = (await session.execute(text("SELECT * FROM slack_installations"))).all()
        assert (len(bots), len(all_)) == (1, 1)
        assert "xox" not in f"{bots}{all_}"

    async def test_an_older_key_still_opens_and_a_stranger_does_not(self, database: Database) -> None:
        await Installations(database, "1.2", [OLD]).async_save(installation())
        rotated = Installations(database, "1.2", [NEW, OLD])
        found = await bot(rotated)
        assert found is not None
        await rotated.async_save_bot(found)
        assert await bot(Installations(database, "1.2", [NEW])) is not None
        with pytest.raises(ConfigError, match="MUJAZ_SECRET_KEY"):
            await bot(Installations(database, "1.2", [OLD]))

    async def test_installing_again_leaves_no_old_token(self, database: Database) -> None:
        store = Installations(database, "1.2", [NEW])
        await store.async_save(installation(token="xoxb-old"))
        later = installation(token="xoxb-new")
        later.installed_at += 60
        await store.async_save(later)
        async with database.read() as session:
            assert (await session.execute(text("SELECT count(*) FROM slack_bots"))).scalar() == 1
        found = await bot(store)
        assert found is not None
        assert found.bot_token == "xoxb-new"

    async def test_leaving_one_workspace_leaves_the_others(self, database: Database) -> None:
        store = Installations(database, "1.2", [NEW])
        for team in ("T1", "T2"):
            await store.async_save(installation(team, f"xoxb-{team}"))
        await store.async_delete_all(enterprise_id=None, team_id="T1")
        await store.async_delete_all(enterprise_id=None, team_id="T1")
        assert await bot(store) is None
        assert await bot(store, "T2") is not None

    async def test_a_state_is_good_once(self, database: Database) -> None:
        states = States(database)
        state = await states.async_issue()
        assert [await states.async_consume(given) for given in (state, state, "made up")] == [
            True,
            False,
            False,
        ]

    async def test_what_is_told_again_was_heard_even_before_a_restart(self, database: Database) -> None:
        assert await Heard(database).first("Ev1", NOON)
        assert not await Heard(database).first("Ev1", NOON)
        assert await Heard(database).first("Ev2", NOON)

    async def test_what_was_heard_is_forgotten_after_an_hour(self, database: Database) -> None:
        heard = Heard(database)
        await heard.first("Ev1", NOON)
        await heard.first("Ev2", NOON + dt.timedelta(hours=2))
        async with database.read() as session:
            assert (await session.execute(text("SELECT count(*) FROM heard"))).scalar() == 1
