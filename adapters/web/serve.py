"""Run the web application inside the loop that everything else runs in."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import ConfigError


class _Server(uvicorn.Server):
    """A server that leaves signals to the process: there is more to stop than this."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def served(app: ASGIApp, host: str, port: int, *, settle: bool) -> AsyncIterator[str]:
    """Serve while inside, and yield the address. With `settle` another port will do where this one is taken.

    Raise ConfigError when the address cannot be had.
    """
    listening = _listen(host, port, settle=settle)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


def _listen(host: str, port: int, *, settle: bool) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        if settle and error.errno == errno.EADDRINUSE:
            return _listen(host, 0, settle=False)
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigError((f"HOST, PORT: cannot listen on {host}:{port}: {reason}",)) from None
