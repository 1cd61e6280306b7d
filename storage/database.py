"""One database, SQLite or PostgreSQL: opened, brought up to date, used a transaction at a time."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import ConfigError
from storage.upgrade import current, head, upgrade

BUSY_SECONDS = 10  #: how long SQLite waits for another process's transaction
_WRITES = "mujaz_writes"
_Result = TypeVar("_Result")
_SERIALIZER = partial(json.dumps, ensure_ascii=False)
_OPTIONS: Mapping[str, dict[str, Any]] = {
    # isolation_level None: the driver leaves BEGIN to us, so that reads are transactions too.
    "sqlite+aiosqlite": {
        "connect_args": {"isolation_level": None, "timeout": BUSY_SECONDS},
        "json_serializer": _SERIALIZER,
    },
    # Parameters by position, as SQLite has them, so that one spelling of a row serves both.
    "postgresql+psycopg": {"pool_pre_ping": True, "json_serializer": _SERIALIZER, "paramstyle": "format"},
}
#: What is raised where a database cannot be used.
_UNUSABLE = (SQLAlchemyError, sqlite3.Error, OSError)


class Database:
    """Open with a URL: `sqlite+aiosqlite:///var/mujaz.db` or `postgresql+psycopg://user@host/name`.

    Nothing is touched before the first use. Raise ConfigError for any other URL.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._threads = _threaded(self._engine)
        self.sqlite = self._engine.dialect.name == "sqlite"
        #: The engine itself, for libraries that keep their own tables here.
        self.writing = self._engine.execution_options(**{_WRITES: True})
        # SQLite lets writers in by chance; our own tasks take turns instead.
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.sqlite else nullcontext()

    @property
    def name(self) -> str:
        """The URL as it may be shown: without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def dispatch_url(self) -> str:
        """Where the dispatcher keeps its tables: on PostgreSQL beside ours, with SQLite in a file of its own.

        SQLite lets one writer into a file and those who wait in by chance: two libraries in one file would
        hold each other up. Nothing is lost with that file but which chats were waiting.
        """
        url = self._engine.url
        if not self.sqlite:
            return url.set(drivername="postgresql").render_as_string(hide_password=False)
        path = Path(url.database or "")
        return f"sqlite:///{path.with_name(f'{path.stem}-queue{path.suffix}')}"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One session, one transaction that sees one state and writes nothing."""
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One session, one transaction: committed at the end, rolled back on any error. Keep it short."""
        async with (
            self._turn,
            AsyncSession(self.writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    async def look(self, task: Callable[[Session], _Result]) -> _Result:
        """As `read`, in a thread: between statements nothing waits for the loop, nor the loop for it."""
        return await asyncio.to_thread(self._look, task)

    async def store(self, task: Callable[[Session], _Result]) -> _Result:
        """As `write`, in a thread. A transaction that has begun is finished, even if nobody waits for it."""
        async with self._turn:
            return await asyncio.to_thread(self._store, task)

    def _look(self, task: Callable[[Session], _Result]) -> _Result:
        with Session(self._threads, expire_on_commit=False) as session:
            return task(session)

    def _store(self, task: Callable[[Session], _Result]) -> _Result:
        writing = self._threads.execution_options(**{_WRITES: True})
        with Session(writing, expire_on_commit=False) as session, session.begin():
            return task(session)

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[AsyncConnection]:
        """As `write`, without objects made of rows: for the statements that every delivery takes."""
        async with self._turn, self.writing.begin() as connection:
            yield connection

    async def migrate(self) -> None:
        """Create the database or bring it up to this version. Raise ConfigError when it cannot be reached."""
        try:
            if self.sqlite and self._engine.url.database:
                Path(self._engine.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._probe()
            async with self.writing.begin() as connection:
                await connection.run_sync(upgrade)
        except _UNUSABLE as error:
            raise ConfigError((self._unreachable(error),)) from error

    async def check(self) -> None:
        """Raise ConfigError when the database cannot be reached or is not at this version's revision."""
        try:
            self._probe()
            async with self._engine.connect() as connection:
                revision = await connection.run_sync(current)
        except _UNUSABLE as error:
            raise ConfigError((self._unreachable(error),)) from error
        if revision != head():
            at = f"at revision {revision}" if revision else "empty"
            raise ConfigError((f"database {self.name} is {at}, not at {head()}: run `mujaz migrate`",))

    async def close(self) -> None:
        """Give up every connection."""
        await self._engine.dispose()
        self._threads.dispose()

    def _probe(self) -> None:
        """Open SQLite's file once without aiosqlite, whose thread complains at the end where that fails."""
        if self.sqlite and self._engine.url.database:
            with closing(sqlite3.connect(self._engine.url.database)) as connection:
                connection.execute("PRAGMA schema_version")

    def _unreachable(self, error: Exception) -> str:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        mend = "mend DATABASE_URL or start the server"
        if self.sqlite:
            mend = "let Mujaz write to its folder, put a sound copy there, or name another in DATABASE_URL"
        return f"database {self.name} cannot be used ({reason}): {mend}"


def _engine(url: str) -> AsyncEngine:
    try:
        driver = make_url(url).drivername
    except ArgumentError as error:
        raise ConfigError(("the database URL cannot be read",)) from error
    if driver not in _OPTIONS:
        raise ConfigError(
            (f"a {driver} database cannot be used: name sqlite+aiosqlite or postgresql+psycopg",)
        )
    engine = create_async_engine(url, **_OPTIONS[driver])
    _listen(engine.sync_engine)
    return engine


def _threaded(engine: AsyncEngine) -> Engine:
    """Open the same database for threads: many statements in a row are several times as fast there."""
    driver = engine.url.drivername
    threaded = create_engine(engine.url.set(drivername=driver.removesuffix("+aiosqlite")), **_OPTIONS[driver])
    _listen(threaded)
    return threaded


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError:  # no pool has it yet, so nobody else would end its thread
        connection.close()
        raise
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail at once when another wrote in between,
    # whatever the time-out; so those that will write say so at the start.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
