"""The whole bot in a process of its own, stopped as hosts stop it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot import running
from config.settings import load_settings
from tests.e2e.fault_worker import context

#: Seconds to end within; hosts kill about 30 s after they ask.
LONGEST = 10.0


def host(environment: Mapping[str, str], folder: Path) -> None:
    """Do all the work, as `mujaz run` does, with the settings of this environment alone."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    asyncio.run(running.serve(load_settings(), "all"))


@asynccontextmanager
async def hosted(environment: Mapping[str, str], folder: Path) -> AsyncIterator[None]:
    """Run the bot while inside; then ask it to stop, which it does in good order and soon."""
    process = context().Process(target=host, args=({"MUJAZ_LOG": "error", **environment}, folder))
    process.start()
    try:
        yield
    finally:
        asked = time.monotonic()
        process.terminate()
        await asyncio.to_thread(process.join, LONGEST)
        took, code = time.monotonic() - asked, process.exitcode
        process.kill()
    assert code == 0, f"it ended by {code}"
    assert took < LONGEST
