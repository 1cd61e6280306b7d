"""IPTC NewsML-G2 items and messages, and NITF: characters to entries."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import fromstring, tostring

from adapters.wires.address import canonical
from adapters.wires.entry import Document, Entry, Unreadable, moment, number, said
from adapters.wires.html import tidy, to_text
from bot.model import Change

#: Root elements that are ours to read.
ROOTS = frozenset({"newsMessage", "newsItem", "packageItem", "nitf"})


def read_newsml(text: str, document: Document) -> tuple[Entry, ...]:
    """Return a story for each news item with words in it. Raise Unreadable."""
    try:
        root = fromstring(text)
    except (ParseError, defusedxml.DefusedXmlException) as error:
        raise Unreadable(f"not read: its XML is broken ({error})") from None
    for element in root.iter():  # NITF comes with and without its namespace, inside G2's
        element.tag = str(element.tag).rpartition("}")[2]
    if root.tag == "nitf":
        return (_nitf(root),)
    items = [root] if root.tag == "newsItem" else root.iter("newsItem")
    return tuple(entry for item in items if (entry := _item(item, document.url)))


def _item(item: Element, base: str) -> Entry | None:
    """Read one newsItem; None for a picture, a graphic or another thing without words."""
    inner = item.find("contentSet/inlineXML")
    nitf = inner.find("nitf") if inner is not None else None
    title = _first(item, "contentMeta/headline", "itemMeta/title")
    inside = _nitf(nitf) if nitf is not None else None
    body = inside.body if inside else _content(item, inner)
    says = said(_status(item)) or _signal(item)
    if not body and says is not Change.KILL:
        return None
    return Entry(
        id=item.get("guid", ""),
        url=canonical(_link(item), base),
        title=title or (inside.title if inside else ""),
        body=body,
        published=moment(
            _first(item, "itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
        ),
        says=says,
        revision=number(item.get("version", "")),
    )


def _content(item: Element, inner: Element | None) -> str:
    """Take XHTML inside the item, or its plain text."""
    if inner is not None:
        page = inner.find("html/body")  # without its head, whose title is not prose
        return _prose(inner if page is None else page)
    return max((tidy(data.text or "") for data in item.findall("contentSet/inlineData")), key=len, default="")


def _status(item: Element) -> str:
    status = item.find("itemMeta/pubStatus")
    return "" if status is None else _code(status)


def _signal(item: Element) -> Change | None:
    """Read IPTC's signal to editors, where it says that this version corrects another."""
    signals = {_code(signal) for signal in item.findall("itemMeta/signal")}
    return Change.CORRECTION if "correction" in signals else None


def _code(element: Element) -> str:
    """Return a code without its scheme: "stat:canceled" and ".../stat/canceled" are one."""
    return (element.get("qcode") or element.get("uri") or "").replace("/", ":").rpartition(":")[2]


def _link(item: Element) -> str:
    """Find the page of the story: the link that says so, else an identifier that is an address."""
    links = [
        link.get("href", "")
        for link in item.findall("itemMeta/link")
        if "html" in link.get("contenttype", "html")
    ]
    return next(filter(None, links), item.get("guid", ""))


def _nitf(root: Element) -> Entry:
    date = root.find(".//docdata/date.issue")
    name = root.find(".//docdata/doc-id")
    return Entry(
        id=name.get("id-string", "") if name is not None else "",
        url=None,
        title=_first(root, "body/body.head/hedline/hl1", "head/title"),
        body="\n".join(_prose(part) for part in root.findall("body/body.content")),
        published=moment(date.get("norm")) if date is not None else None,
        says=said(_docdata(root)),
    )


def _docdata(root: Element) -> str:
    data = root.find("head/docdata")
    return "" if data is None else data.get("management-status", "")


def _first(root: Element, *paths: str) -> str:
    """Return the first of these elements that has words, on one line."""
    found = (element for path in paths for element in root.findall(path))
    return next((words for words in map(_line, found) if words), "")


def _line(element: Element) -> str:
    return tidy("".join(element.itertext())).replace("\n", " ")


def _prose(element: Element) -> str:
    return to_text(tostring(element, encoding="unicode", method="html"))
