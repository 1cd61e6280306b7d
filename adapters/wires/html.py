"""HTML as feeds carry it, to plain text: a line a paragraph, nothing of the markup left."""

from __future__ import annotations

import re
import unicodedata

import lxml.html
from lxml import etree

from adapters.wires.decode import Undecodable, decode
from adapters.wires.entry import Document, Unreadable
from adapters.wires.mojibake import repair
from bot.arabic.letters import LETTER_FORMS

#: Elements that start and end a line of their own.
BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
        ),
        *("ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
#: Elements whose content is not prose.
SILENT = frozenset(
    {
        *("script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "select"),
        *("button", "head"),
    }
)

_MARKUP = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")
#: Arabic letters in presentation forms. The signs that stand for a whole phrase or a currency stay.
_FORMS = re.compile(f"[{LETTER_FORMS}]+")
#: Control characters that no text needs; tab, newline and carriage return are spaces.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufeff]")


def to_text(html: str) -> str:
    """Return the words of an HTML fragment, or of a text that only looks like one."""
    # Twice: some bytes of mojibake pass for spaces, which markup may lose; and markup may hide mojibake.
    html = repair(html)
    return tidy(repair(_words(html)) if _MARKUP.search(html) else html)


def parse_page(document: Document) -> lxml.html.HtmlElement:
    """Return the tree of a web page, its characters read as Arabic pages need. Raise Unreadable."""
    try:
        page = decode(document.content, document.content_type).encode("utf-8", "replace")
        return lxml.html.document_fromstring(page, lxml.html.HTMLParser(encoding="utf-8"))
    except (Undecodable, etree.ParserError, ValueError):
        raise Unreadable("it is no web page") from None


def tidy(text: str) -> str:
    """Single spaces, a line a paragraph, common letters instead of presentation forms."""
    text = _CONTROLS.sub("", text)
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _words(html: str) -> str:
    """Walk the tree without recursion: hostile nesting must not exhaust the stack."""
    root = _parse(html)
    if root is None:
        return ""
    pieces: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in SILENT
            pieces += _opening(tag, node.text, silent)
        else:
            silent -= tag in SILENT
            pieces += _closing(tag, node.tail if node is not root else None, silent)
    return "".join(pieces)


def _parse(html: str) -> lxml.html.HtmlElement | None:
    # In prose a line break of the source is a space; NUL would end the text for libxml2.
    source = " ".join(html.replace("\0", "").split())
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(f"<div>{source}</div>".encode("utf-8", "replace"), parser)
    except etree.ParserError:  # nothing but comments
        return None


def _opening(tag: str, text: str | None, silent: int) -> list[str]:
    mark = "\n" if tag in BLOCKS else ""
    return [mark, text or ""] if not silent else [mark]


def _closing(tag: str, tail: str | None, silent: int) -> list[str]:
    mark = "\n" if tag in BLOCKS else ""
    return [mark, tail or ""] if not silent else [mark]
