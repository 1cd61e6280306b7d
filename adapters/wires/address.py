"""One spelling for one address, so that a story is known again under it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

#: Query parameters that say who sent the reader, never what is read.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid|ocid|at_\w+)", re.IGNORECASE
)
#: Longer ones are no addresses of stories; a database may refuse to index them.
_LONGEST = 2000
_PORTS = {"http": 80, "https": 443}


def canonical(url: str | None, base: str = "") -> str | None:
    """Return the web address spelled one way, or None when it is none; `base` completes a relative one.

    Scheme and host in small letters, default port, fragment and tracking parameters gone, each other
    character percent-encoded or not as RFC 3986 has it: Arabic paths come both ways.
    """
    if not url or not url.strip():
        return None
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host:
        return None
    scheme = parts.scheme.lower()
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, _PORTS[scheme]) else f"{shown}:{port}"
    spelled = SplitResult(
        scheme, netloc, _spell(parts.path, "/:@!$&'()*+,;=~") or "/", _query(parts.query), ""
    ).geturl()
    return spelled if len(spelled) <= _LONGEST else None


def _query(query: str) -> str:
    kept = (part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0]))
    return "&".join(_spell(part, "=/:@!$'()*,;~?+") for part in kept)


def _spell(text: str, plain: str) -> str:
    """Encode the same characters the same way, without touching an encoded separator such as %2F."""
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(_piece(piece, plain) if n % 2 == 0 else _escape(piece) for n, piece in enumerate(pieces))


def _piece(piece: str, plain: str) -> str:
    return quote(piece, safe=plain)


def _escape(escape: str) -> str:
    char = unquote(escape, encoding="latin-1")
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape.upper()
