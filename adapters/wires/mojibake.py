"""Arabic that was decoded by the wrong page before it reached us, read back.

Two accidents are common: UTF-8 bytes taken for Latin ("\u00d8\u00a7\u00d9\u201e..."), and windows-1256 bytes
taken for Latin ("\u00c7\u00e1..."). Both can be undone: each character still
stands for its byte.
"""

from __future__ import annotations

import re

from bot.arabic.letters import LETTERS

_LATIN = re.compile("[\u00c0-\u00ff]")
_ARABIC = re.compile(f"[{LETTERS}]")
_ASCII = re.compile("[A-Za-z]")
#: Lead bytes of Arabic in UTF-8 (D8..DB), as Latin shows them, with the byte that follows.
_DOUBLE = re.compile("[\u00d8-\u00db][^\x00-\x7f]")
#: The characters windows-1252 gives to the bytes 80..9F; the five it leaves out stand for themselves.
_BYTES = {ord(bytes([byte]).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}
_BYTES.pop(0xFFFD)
_RUN = re.compile("[\u0080-\u00ff" + "".join(map(chr, _BYTES)) + "]+")
#: Fewer letters than this may be a name from another alphabet.
_ENOUGH = 4


def repair(text: str) -> str:
    """Return the text as it was meant; a text that is not mojibake comes back as it is."""
    if len(_LATIN.findall(text)) < _ENOUGH:
        return text
    if len(_DOUBLE.findall(text)) >= _ENOUGH and (meant := _as_utf8(text)):
        return meant
    return _as_page(text)


def _as_utf8(text: str) -> str:
    """Whole runs of Latin signs become the Arabic they are the UTF-8 of; others stay."""
    meant = _RUN.sub(lambda run: _bytes(run[0]).decode("utf-8", "replace"), text)
    return meant if _ARABIC.search(meant) and meant.count("\ufffd") <= len(meant) // 20 else ""


def _as_page(text: str) -> str:
    """A text with hardly a letter of its own but accented ones is windows-1256."""
    latin, arabic, plain = (len(kind.findall(text)) for kind in (_LATIN, _ARABIC, _ASCII))
    if arabic or plain * 3 > latin:
        return text
    meant = _RUN.sub(lambda run: _bytes(run[0]).decode("cp1256", "replace"), text)
    return meant if len(_ARABIC.findall(meant)) * 2 > latin else text


def _bytes(run: str) -> bytes:
    """Give back the bytes that windows-1252 shows as these characters."""
    return bytes(_BYTES.get(ord(char), ord(char) & 0xFF) for char in run)
