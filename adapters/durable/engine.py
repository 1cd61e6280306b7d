"""Starting and stopping DBOS inside our own event loop, its ways bent to ours."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dbos import DBOS, DBOSConfig

#: Workflows are tied to it. Ours may be run by any version of this program, for they hold a chat's name only.
VERSION = "1"
THREADS = 8  #: for DBOS's statements, and whatever else of ours asyncio sends to a thread
#: At every start it warns of what SQLite is not meant for, and tells no news.
_LEVEL = "ERROR"


def start(url: str, executor: str, queues: Collection[str]) -> None:
    """Open or create DBOS's tables and begin to take work, in the running event loop."""
    _keep_its_console_quiet()
    if url.startswith("sqlite:///"):
        _use_a_log(Path(url.removeprefix("sqlite:///")))
    DBOS(
        config=DBOSConfig(
            name="mujaz",
            system_database_url=url,
            executor_id=executor,
            application_version=VERSION,
            log_level=_LEVEL,
            max_executor_threads=THREADS,
        )
    )
    DBOS.listen_queues(list(queues))
    DBOS.launch()


async def stop(seconds: int) -> None:
    """Take no more work, and give what is under way so long to end."""
    await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=seconds)
    # DBOS made its own threads the loop's, and they have ended; resolving names needs some, too.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


def _keep_its_console_quiet() -> None:
    """Let our own handlers write what DBOS logs, and errors only."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]  # with none it would add one
    logger.propagate = True
    logger.setLevel(_LEVEL)


def _use_a_log(path: Path) -> None:
    """Let readers and the one writer of a SQLite file work side by side; the file remembers it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
