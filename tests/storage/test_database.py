"""Opening, migrating and checking a database."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from bot.errors import ConfigError
from bot.ports.feeds import FeedState
from storage.database import Database
from storage.feeds import FeedStates
from storage.tables import METADATA
from storage.tables.feeds import FeedRow


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/new/folder/mujaz.db")
    yield opened
    await opened.close()


async def test_migrating_makes_the_folder_and_may_be_repeated(database: Database) -> None:
    await database.migrate()
    await FeedStates(database).put(FeedState("spa", failures=3))
    await database.migrate()
    await database.check()
    assert (await FeedStates(database).get("spa")).failures == 3


async def test_a_file_that_is_no_database_and_a_folder_that_cannot_be_are_said_in_a_line(
    tmp_path: Path,
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"?" * 5000)
    for path in (broken, broken / "under" / "a-file.db", tmp_path):
        database = Database(f"sqlite+aiosqlite:///{path}")
        with pytest.raises(ConfigError, match=r"cannot be used \(.+\): let Mujaz write") as caught:
            await database.migrate()
        assert len(caught.value.faults[0].splitlines()) == 1
        await database.close()


async def test_what_a_thread_has_begun_to_store_is_stored_even_if_nobody_waits_for_it(
    database: Database,
) -> None:
    await database.migrate()
    feeds, loop = FeedStates(database), asyncio.get_running_loop()
    await feeds.put(FeedState("spa"))
    begun, proceed = asyncio.Event(), threading.Event()

    def fail(session: Session) -> None:
        session.execute(text("UPDATE feeds SET failures = 3"))
        loop.call_soon_threadsafe(begun.set)
        proceed.wait()

    storing = asyncio.create_task(database.store(fail))
    await begun.wait()
    storing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await storing
    proceed.set()
    await feeds.put(FeedState("qna"))  # waits for the file
    assert (await feeds.get("spa")).failures == 3


async def test_checking_says_what_to_do(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be used .*unable to open"):
        await database.check()
    assert not (tmp_path / "new").exists()
    (tmp_path / "new/folder").mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"is empty, not at \d{4}: run `mujaz migrate`"):
        await database.check()
    await database.migrate()
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(ConfigError, match=r"is at revision 0000, not at \d{4}"):
        await database.check()


async def test_a_file_that_is_no_database_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "new/folder").mkdir(parents=True)
    (tmp_path / "new/folder/mujaz.db").write_text("plain words " * 100, encoding="utf-8")
    with pytest.raises(ConfigError, match="file is not a database"):
        await database.migrate()


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite:///mujaz.db", "no url at all"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        Database(url)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in Database("postgresql+psycopg://mujaz:secret@host/name").name


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    await database.migrate()
    with pytest.raises(RuntimeError):
        await _put_and_fail(database)
    async with database.read() as session:
        assert (await session.scalars(select(FeedRow))).all() == []


async def _put_and_fail(database: Database) -> None:
    async with database.write() as session:
        session.add(
            FeedRow(slug="x", url="", etag="", modified="", interval=0, failures=0, error="", gone=False)
        )
        raise RuntimeError


async def test_times_without_a_zone_are_refused_and_others_become_utc(database: Database) -> None:
    await database.migrate()
    feeds = FeedStates(database)
    riyadh = dt.timezone(dt.timedelta(hours=3))
    await feeds.put(FeedState("spa", checked=dt.datetime(2026, 11, 22, 3, tzinfo=riyadh)))
    assert str((await feeds.get("spa")).checked) == "2026-11-22 00:00:00+00:00"
    with pytest.raises(StatementError, match="has no time zone"):
        await feeds.put(FeedState("spa", checked=dt.datetime(2026, 11, 22, 3)))  # noqa: DTZ001 - the point


async def test_sqlite_is_opened_for_many_readers_and_one_writer(database: Database) -> None:
    await database.migrate()
    async with database.read() as session:
        pragmas = {
            name: (await session.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": 2}


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    await database.migrate()
    async with database.read() as session:
        connection = await session.connection()
        assert await connection.run_sync(_differences) == []


def _differences(connection: Connection) -> list[str]:
    # slack_sdk has tables of its own: tests/storage/contract/installations.py.
    options = {"include_object": lambda _, name, *__: not str(name).startswith("slack_")}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    # Alembic cannot compare an index with a descending column; the query plans below prove those.
    # SQLite's search index is kept in tables of its own.
    return [text for text in map(repr, found) if "_newest'" not in text and "finding_search" not in text]


async def test_a_topic_and_a_claim_are_answered_by_an_index(database: Database) -> None:
    await database.migrate()
    topic = "SELECT finding_id FROM finding_topics WHERE topic = 'ai' ORDER BY stored DESC, position"
    chat = (
        "SELECT id FROM deliveries"
        " WHERE platform = 'x' AND chat_id = 'x' AND thread = 'x' AND workspace = 'x'"
        " AND status IN ('pending', 'sending') AND id < 9"
    )
    named = "SELECT id FROM stories WHERE feed = 'x' AND substr(headline, 1, 200) = 'x' ORDER BY id DESC"
    async with database.read() as session:
        found = [await session.execute(text(f"EXPLAIN QUERY PLAN {asked}")) for asked in (topic, chat, named)]
        plans = [str(rows.all()) for rows in found]
    assert "COVERING INDEX ix_finding_topics_newest (topic=?)" in plans[0]
    assert "TEMP B-TREE" not in plans[0]
    assert "ix_deliveries_open" in plans[1]
    assert "ix_stories_feed_headline" in plans[2]
