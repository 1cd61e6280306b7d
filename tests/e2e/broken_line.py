"""A line to a platform that breaks on demand, at each place where a line can break.

It passes HTTP/1.1 requests on, one at a time a connection. `next` holds what befalls the requests to come.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.e2e.serving import free_port


class Break(StrEnum):
    """Where a request's line breaks."""

    REFUSED = "refused"  #: nobody listens
    BEFORE = "before"  #: reset at the first byte of the request
    AFTER = "after"  #: reset when the request was read and before the platform heard of it
    UNANSWERED = "unanswered"  #: reset when the platform had accepted it
    SILENT = "silent"  #: the platform accepted it, and nothing comes back


@dataclass(frozen=True)
class Says:
    """The platform answers this, and does nothing."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        body = json.dumps(self.body).encode()
        fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **self.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/1.1 {self.status} X\r\n{head}\r\n".encode() + body


Fault = Break | Says


@dataclass
class Line:
    """Listens on `port` while it is up; passes on to `upstream`."""

    upstream: int
    port: int = field(default_factory=free_port)
    next: list[Fault] = field(default_factory=list)
    delay: float = 0  #: seconds on the way there, and again on the way back
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _serving: set[asyncio.Task[None]] = field(default_factory=set)

    async def up(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def down(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for writer in self._open:
            writer.close()

    async def end(self) -> None:
        """Go down and leave nothing open: what outlives the loop is a warning of the next test."""
        await self.down()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def plan(self, *faults: Fault) -> None:
        """Let these befall the next requests. REFUSED takes the line down until `up`."""
        if Break.REFUSED in faults:
            await self.down()
        self.next[:] = [fault for fault in faults if fault is not Break.REFUSED]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        if task := asyncio.current_task():
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        try:
            while self._server:
                begun = await reader.readexactly(1)
                if self.next[:1] == [Break.BEFORE]:
                    self.next.pop(0)
                    _reset(writer)
                    return
                request = begun + await _message(reader)
                await self._answer(request, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self._open.discard(writer)
            await _closed(writer)

    async def _answer(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        fault = self.next.pop(0) if self.next else None
        if isinstance(fault, Says):
            writer.write(fault.raw)
            return
        if fault is Break.AFTER:
            _reset(writer)
            return
        await asyncio.sleep(self.delay)
        answer = await self._pass_on(request)
        await asyncio.sleep(self.delay)
        if fault is Break.UNANSWERED:
            _reset(writer)
        elif fault is not Break.SILENT:
            writer.write(answer)

    async def _pass_on(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            writer.write(request)
            return await _message(reader)
        finally:
            await _closed(writer)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other side sees a reset and no end."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read a whole HTTP message: one with a length, as our clients and peers write them, or in chunks."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    fields = {name.strip().lower(): value.strip() for name, _, value in lines}
    body = b""
    if fields.get(b"transfer-encoding") == b"chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += await reader.readuntil(b"\r\n")
    elif b"content-length" in fields:
        body = await reader.readexactly(int(fields[b"content-length"]))
    return head + body


@asynccontextmanager
async def line_to(upstream: int) -> AsyncIterator[Line]:
    """Stand before a port."""
    line = Line(upstream)
    await line.up()
    try:
        yield line
    finally:
        await line.end()
