"""Documents are read in processes of their own: a hostile one can stall, swell or crash nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import Any

from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.reader import decode

#: Documents that are read at the same time: one that takes its time holds up no other.
PROCESSES = 2
#: Far more than a document of 10 MB takes.
READ_SECONDS = 20.0
#: The longest answer: the text of the longest document, as JSON escapes what it must.
_ANSWER_BYTES = 80_000_000


class Sandbox:
    """So many reading processes, each started when first needed and again after it had to be killed."""

    def __init__(self, processes: int = PROCESSES, seconds: float = READ_SECONDS) -> None:
        self._seconds = seconds
        self._room = asyncio.Semaphore(processes)
        self._idle: list[Process] = []

    async def entries(self, document: Document) -> tuple[Entry, ...]:
        """Return what the document holds. Raise Unreadable, saying why there is nothing."""
        return tuple(decode(fields) for fields in await self._read("entries", document))

    async def title(self, document: Document) -> str:
        """Return what a feed calls itself; empty where it does not. Raise Unreadable."""
        return str(await self._read("title", document))

    async def article(self, document: Document) -> str:
        """Return the text of a page's article. Raise Unreadable."""
        return str(await self._read("article", document))

    async def pause(self, document: Document) -> float | None:
        """Read a robots.txt, as `robots.pause` does. Raise Unreadable."""
        wish = await self._read("pause", document)
        return None if wish is None else float(wish)

    async def close(self) -> None:
        """End the processes; the next document starts another."""
        while self._idle:
            await _end(self._idle.pop())

    async def _read(self, task: str, document: Document) -> Any:
        async with self._room:
            try:
                answer = await self._answer(task, document)
            except TimeoutError:
                raise Unreadable(f"not read: it takes longer than {self._seconds:g} s") from None
            except (ValueError, OSError):  # the process died: no line, or half of one
                raise Unreadable("not read: the reading of it crashes") from None
        if "unreadable" in answer:
            raise Unreadable(answer["unreadable"])
        return answer["read"]

    async def _answer(self, task: str, document: Document) -> dict[str, Any]:
        async with asyncio.timeout(self._seconds):
            process = self._idle.pop() if self._idle else await _start()
            try:
                line = await _ask(process, task, document)
                answer = dict(json.loads(line.decode("utf-8", "surrogatepass")))
            except BaseException:
                # Also when the wait was cancelled: the late answer would be taken for the next document's.
                await _end(process)
                raise
        self._idle.append(process)
        return answer


async def _start() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "adapters.wires.reader", stdin=PIPE, stdout=PIPE, limit=_ANSWER_BYTES
    )


async def _ask(process: Process, task: str, document: Document) -> bytes:
    assert process.stdin is not None  # noqa: S101 - we asked for both pipes
    assert process.stdout is not None  # noqa: S101
    request = {
        "task": task,
        "url": document.url,
        "content_type": document.content_type,
        "size": len(document.content),
    }
    process.stdin.write(json.dumps(request).encode() + b"\n" + document.content)
    await process.stdin.drain()
    return await process.stdout.readline()


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()
