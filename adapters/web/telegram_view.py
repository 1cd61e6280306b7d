"""Telegram's HTML, shown by a browser: the tags Telegram knows pass, whatever else is words.

Tags: core.telegram.org/bots/api#html-style. Telegram would refuse a message with any other tag; here its text
shows, so that the fault is seen.
"""

from __future__ import annotations

from html.parser import HTMLParser

from markupsafe import Markup, escape

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"}
)
_QUOTE_END = "</blockquote>"
_SCHEMES = ("http://", "https://", "tg://", "mailto:")


def telegram_view(html: str) -> Markup:
    """Return one part of `to_telegram` as HTML that is safe to put in a page."""
    bubble = _Bubble()
    bubble.feed(html)
    bubble.close()
    return Markup("").join(bubble.out)


class _Bubble(HTMLParser):
    """Writes allowed tags anew, without their attributes, and escapes everything else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[Markup] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith(_SCHEMES):
            self.out.append(Markup('<a href="{}" rel="noreferrer noopener" target="_blank">').format(href))
        elif tag in _TAGS:
            self.out.append(Markup("<{}>").format(tag))
        else:
            self.handle_data(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _TAGS or tag == "a":
            self.out.append(Markup("</{}>").format(tag))

    def handle_data(self, data: str) -> None:
        if self.out and self.out[-1] == _QUOTE_END:
            data = data.removeprefix("\n")  # a quotation ends its line by itself
        self.out.append(escape(data))
