"""OPML, the list of feeds that readers exchange: in and out."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError, SubElement, indent

import defusedxml
from defusedxml.ElementTree import fromstring, tostring

from adapters.wires.address import canonical
from adapters.wires.decode import Undecodable, decode
from adapters.wires.entry import Unreadable
from bot.model import FeedConfig


def read_opml(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return name and address of each feed in the list, once. Raise Unreadable."""
    try:
        root = fromstring(decode(content))
    except (ParseError, Undecodable, defusedxml.DefusedXmlException) as error:
        raise Unreadable(f"not OPML: {error}") from None
    if root.tag.lower() != "opml":
        raise Unreadable(f"not OPML: it is <{root.tag}>")
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        if address := canonical(outline.get("xmlUrl")):
            found.setdefault(address, outline.get("text") or outline.get("title") or address)
    return tuple((name, address) for address, name in found.items())


def write_opml(feeds: Iterable[FeedConfig]) -> bytes:
    """List the feeds that have an address; folders are nobody else's business."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Mujaz"
    body = SubElement(root, "body")
    for feed in feeds:
        if feed.url:
            SubElement(body, "outline", type="rss", text=feed.name, xmlUrl=feed.url, language=feed.language)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
