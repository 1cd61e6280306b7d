"""Alembic, driven from the program: quiet, in one transaction, and from wherever the package is installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection) -> None:
    """Bring the connection's database to the newest revision; the caller commits."""
    if connection.dialect.name == "postgresql":
        # SQLite's BEGIN IMMEDIATE lets one process in; here two that start together take turns by a lock.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('mujaz.migrate'))"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def current(connection: Connection) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str | None:
    """Return the revision this version of the program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()
