"""The process that reads documents for `sandbox`: one at a time, over its standard streams.

A request is a line of JSON (task, url, content_type, size) and so many bytes; the answer is a line of JSON:
{"read": what the task returns} or {"unreadable": reason}. The end of the input ends the process.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any, BinaryIO

from adapters.wires.article import article
from adapters.wires.documents import entries, title
from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.robots import pause
from bot.model import Change

#: Address space: room for a document of 10 MB in every form it takes, none for an attack.
MAX_MEMORY = 1_000_000_000


def main() -> None:
    """Serve until the input ends."""
    logging.disable()  # what a library complains of is in the answer, not on the operator's screen
    with suppress(ValueError, OSError):  # a system that knows no such limit reads without it
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request in turn."""
    while line := requests.readline():
        asked = json.loads(line)
        document = Document(requests.read(asked["size"]), asked["url"], asked["content_type"])
        answer = json.dumps(_answer(asked["task"], document), ensure_ascii=False)
        answers.write(answer.encode("utf-8", "surrogatepass") + b"\n")
        answers.flush()


def _entries(document: Document) -> list[dict[str, Any]]:
    return [encode(entry) for entry in entries(document)]


_TASKS: Mapping[str, Callable[[Document], Any]] = {
    "entries": _entries,
    "title": title,
    "article": article,
    "pause": pause,
}


def _answer(task: str, document: Document) -> dict[str, Any]:
    try:
        return {"read": _TASKS[task](document)}
    except Unreadable as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"unreadable": "not read: it needs far more memory than it should"}
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over, the others' documents go on
        return {"unreadable": f"not read: the reading of it fails ({type(error).__name__})"}


_FIELDS = [field.name for field in fields_of(Entry)]


def encode(entry: Entry) -> dict[str, Any]:
    """Write an entry as JSON can carry it."""
    fields = {name: getattr(entry, name) for name in _FIELDS}
    return {**fields, "published": entry.published.isoformat() if entry.published else None}


def decode(fields: dict[str, Any]) -> Entry:
    """Read what `encode` wrote."""
    published, says = fields["published"], fields["says"]
    return Entry(
        **{
            **fields,
            "published": datetime.fromisoformat(published) if published else None,
            "says": Change(says) if says else None,
        }
    )


if __name__ == "__main__":
    main()
