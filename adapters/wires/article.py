"""The article of a web page, without its menus, notices and neighbours: by trafilatura."""

from __future__ import annotations

from adapters.wires.entry import Document, Unreadable
from adapters.wires.html import parse_page, tidy
from adapters.wires.mojibake import repair

#: What trafilatura writes before an item of a list.
_ITEM = "- "
#: The longest headline in characters; what is longer is a page that never closes its own.
_HEADLINE = 300


def article(document: Document) -> str:
    """Return the article's text without its headline, a line a paragraph. Raise Unreadable for none."""
    # Late: it takes a third of a second, which a process that reads feeds alone need not spend.
    from trafilatura import extract  # noqa: PLC0415

    page = parse_page(document)
    for headline in list(page.iter("h1")):
        if len(headline.text_content()) <= _HEADLINE:
            headline.drop_tree()
    found = extract(page, include_comments=False, include_tables=False) or ""
    text = tidy("\n".join(line.removeprefix(_ITEM) for line in repair(found).splitlines()))
    if not text:
        raise Unreadable("there is no article on the page")
    return text
