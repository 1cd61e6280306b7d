"""gzip, deflate, Brotli and Zstandard, never unpacking past a limit: a few kilobytes can hold gigabytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import brotli
import zstandard


class TooLong(ValueError):  # noqa: N818 - it says what the content is
    """The content is longer than the limit."""


class UnknownPacking(ValueError):  # noqa: N818
    """The content is packed in a way we do not know, or the packing is broken."""


class Unpacker:
    """Collects packed chunks and unpacks them once, within the limit."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._names = [
            name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")
        ]
        self._limit = limit
        self._packed = bytearray()
        if len(self._names) > 1 or (self._names and self._names[0] not in _UNPACK):
            raise UnknownPacking(encoding)

    def feed(self, chunk: bytes) -> None:
        """Take one chunk as it came. Raise TooLong."""
        self._packed += chunk
        if len(self._packed) > self._limit:
            raise TooLong

    def finish(self) -> bytes:
        """Return the content. Raise TooLong or UnknownPacking."""
        content = bytes(self._packed)
        if not self._names or not content:
            return content
        try:
            plain = _UNPACK[self._names[0]](content, self._limit + 1)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise UnknownPacking(f"{self._names[0]} ({error})") from None
        if len(plain) > self._limit:
            raise TooLong
        return plain


def _gzip(content: bytes, most: int) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, most)


def _deflate(content: bytes, most: int) -> bytes:
    """Some servers send the zlib form, as the standard says, and some the raw one."""
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, most)


def _brotli(content: bytes, most: int) -> bytes:
    unpacker = brotli.Decompressor()
    plain = bytearray(unpacker.process(content, output_buffer_limit=most))
    while len(plain) < most and not unpacker.is_finished() and not unpacker.can_accept_more_data():
        plain += unpacker.process(b"", output_buffer_limit=most - len(plain))
    return bytes(plain)


def _zstd(content: bytes, most: int) -> bytes:
    return zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(content)).read(most)


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
