"""A story in a plain text file: the file's characters are the story's, one for one."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from adapters.wires.decode import code_page
from bot.errors import SourceError
from bot.model import Story

#: The same limit as for a document fetched over HTTP.
MAX_BYTES = 10_000_000
#: Control characters that a text may contain by accident; a binary file has more in its first 4096.
STRAY = 8

_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")


def read_story(path: Path | None, now: datetime) -> Story:
    """Read one story from a file, or from standard input for None; offsets count its characters.

    Raise SourceError, in one line, when there is no such file or it is empty, too long or not text.
    """
    name = str(path) if path else "stdin"
    try:
        content = path.read_bytes() if path else sys.stdin.buffer.read(MAX_BYTES + 1)
        published = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path else now
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror or error}") from None
    return Story(
        id=path.stem if path else name,
        feed="file",
        source="",
        url=None,
        text=exact_text(content, name),
        published=published,
        fetched=now,
    )


def exact_text(content: bytes, name: str) -> str:
    """Decode without changing a character: no newline is translated, a UTF-8 byte order mark stays.

    Raise SourceError for `name` when the bytes are empty, too many or not text.
    """
    if len(content) > MAX_BYTES:
        raise SourceError(name, "longer than 10 MB, so not one story; split it")
    text = _decoded(content)
    if text is None or "\0" in text or len(_CONTROLS.findall(text[:4096])) > STRAY:
        raise SourceError(name, "not a text file: it is neither UTF-8 nor an Arabic code page")
    if not text.replace("\ufeff", "").strip():
        raise SourceError(name, "empty: a story needs at least a headline")
    return text


def _decoded(content: bytes) -> str | None:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None if b"\0" in content else code_page(content)
