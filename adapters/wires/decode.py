"""Bytes to characters, the way Arabic wires really come: wrong labels, no labels, a few bad bytes.

Order: byte order mark, UTF-16 by its zeros, UTF-8 where the bytes are UTF-8 whatever the label says, the
label where it fits, then the Arabic code page whose letters make Arabic words.
"""

from __future__ import annotations

import codecs
import re

from bot.arabic.letters import AL, LETTERS

#: Longest first: UTF-32's little-endian mark starts with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
_WIDE = (
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<\0", "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"<\0r\0", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
#: The Arabic code pages in use; 1256 first, as it is far more common.
_PAGES = ("windows-1256", "iso-8859-6")
#: Labels that do not settle how Arabic bytes are read: software writes the Latin ones without looking, and
#: the two Arabic pages are taken for one another.
_DOUBTFUL = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "cp1256", "iso8859-6"})
#: Share of undecodable characters up to which a text is still UTF-8 with a few bad bytes.
_DAMAGE = 0.05

_ARABIC = re.compile(f"[{LETTERS}]")
_ARTICLE = re.compile(f"{AL}[{LETTERS}]")
#: What Arabic read by the wrong page is full of: accented letters, and Arabic ones inside Latin words.
_WRONG = re.compile(f"[\u00c0-\u00ff]|[A-Za-z][{LETTERS}]|[{LETTERS}][A-Za-z]")


class Undecodable(ValueError):  # noqa: N818 - it says what the bytes are
    """The bytes are no text in any encoding we know."""


def decode(content: bytes, content_type: str = "") -> str:
    """Return the characters of a document; `content_type` is the HTTP header. Raise Undecodable."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for start, encoding in _WIDE:
        if content.startswith(start):
            return content.decode(encoding, "replace")
    label = _label(content, content_type)
    if content.isascii() and label:
        return _strictly(content, label) or content.decode("ascii")
    text = _strictly(content, "utf-8")
    return text if text is not None else _legacy(content, label)


def code_page(content: bytes) -> str | None:
    """Read bytes by the Arabic code page that makes the better Arabic; None when neither does."""
    texts = [text for page in _PAGES if (text := _strictly(content, page)) is not None]
    best = max(texts, key=_arabic_score, default="")
    return best if best and _arabic_score(best) > 0 else None


def _legacy(content: bytes, label: str) -> str:
    """Bytes that are not UTF-8."""
    damaged = content.decode("utf-8", "replace")
    letters = len(_ARABIC.findall(damaged))
    if letters and damaged.count("\ufffd") <= max(2, _DAMAGE * letters):
        return damaged
    if label and label not in _DOUBTFUL and (text := _strictly(content, label)) is not None:
        return text
    if (text := code_page(content)) is not None:
        return text
    for encoding in (label, "cp1252", "iso8859-1"):
        if encoding and encoding != "utf-8" and (text := _strictly(content, encoding)) is not None:
            return text
    raise Undecodable


def _label(content: bytes, content_type: str) -> str:
    """Name the declared encoding as Python does: the header's, else the document's; "" when unknown."""
    declared = _DECLARED.match(content)
    names = _CHARSET.findall(content_type) + ([declared[1].decode()] if declared else [])
    for name in names:
        try:
            "".encode(name)  # "zlib" and "rot13" are codecs too, and no text encodings
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
    return ""


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _arabic_score(text: str) -> int:
    """How much this reads like Arabic: the article weighs most."""
    sample = text[:20_000]
    return len(_ARABIC.findall(sample)) + 10 * len(_ARTICLE.findall(sample)) - 5 * len(_WRONG.findall(sample))
