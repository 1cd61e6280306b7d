"""JSON Feed 1.x and IPTC ninjs 1.x, 2.x and 3.x: characters to entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.wires.address import canonical
from adapters.wires.entry import Document, Entry, Unreadable, moment, number, said
from adapters.wires.html import tidy, to_text


def read_json(text: str, document: Document) -> tuple[Entry, ...]:
    """Return the entries of a JSON Feed, of a ninjs item or of a list of these. Raise Unreadable."""
    value = _value(text)
    if isinstance(value, dict) and "jsonfeed.org" in str(value.get("version")):
        return tuple(_feed_item(item, document.url) for item in _objects(value.get("items")))
    items = [_lower(item) for item in _objects(value if isinstance(value, list) else [value])]
    found = tuple(_ninjs(item, document.url) for item in items if "uri" in item)
    if not found:
        raise Unreadable("not a feed: it is JSON, but neither JSON Feed nor ninjs")
    return found


def json_title(text: str) -> str:
    """Return what the feed calls itself, or nothing. Raise Unreadable."""
    value = _value(text)
    return tidy(_text(value, "title")).replace("\n", " ") if isinstance(value, dict) else ""


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("not a feed: it is broken JSON") from None


def _feed_item(item: Mapping[str, Any], base: str) -> Entry:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    return Entry(
        id=str(item.get("id") or ""),
        url=canonical(_text(item, "url") or _text(item, "external_url"), base),
        title=tidy(_text(item, "title")).replace("\n", " "),
        body=to_text(html) if html else tidy(plain or _text(item, "summary")),
        published=moment(_text(item, "date_published") or _text(item, "date_modified")),
    )


def _ninjs(item: Mapping[str, Any], base: str) -> Entry:
    return Entry(
        id=str(item["uri"]),
        url=next((url for link in _links(item) if (url := canonical(link, base))), None),
        title=to_text(_headline(item)).replace("\n", " "),
        body=_body(item),
        published=moment(
            _text(item, "firstcreated") or _text(item, "contentcreated") or _text(item, "versioncreated")
        ),
        says=said(_text(item, "pubstatus")),
        revision=number(str(item.get("version", ""))),
    )


def _headline(item: Mapping[str, Any]) -> str:
    """Version 1 has one headline, later ones a list with roles; the main one is the first without a role."""
    several = sorted(_objects(item.get("headlines")), key=lambda one: _text(one, "role") not in {"", "main"})
    return (
        next((_text(one, "value") for one in several), "") or _text(item, "headline") or _text(item, "title")
    )


def _body(item: Mapping[str, Any]) -> str:
    """Take the longest of the forms that the text comes in."""
    forms = [to_text(_text(body, "value")) for body in _objects(item.get("bodies"))]
    forms += [to_text(_text(item, name)) for name in ("body_xhtml", "body_html")]
    forms.append(tidy(_text(item, "body_text")))
    return max(forms, key=len) or tidy(_text(item, "description_text"))


def _links(item: Mapping[str, Any]) -> Iterator[str]:
    yield _text(item, "url")
    for rendition in _objects(item.get("renditions")):
        if "html" in _text(rendition, "contenttype"):
            yield _text(rendition, "href")
    yield str(item["uri"])


def _lower(item: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in small letters, two levels down: version 3 writes contentType, version 2 contenttype."""
    return {
        key.lower(): [_lower(one) if isinstance(one, dict) else one for one in value]
        if isinstance(value, list)
        else value
        for key, value in item.items()
    }


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
