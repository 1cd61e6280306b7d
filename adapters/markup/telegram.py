"""A Message as Telegram HTML, in parts that Telegram accepts.

Limits: 4096 UTF-16 units of text after parsing and 100 entities (core.telegram.org/bots/api#sendmessage and
PTB's MessageLimit), 32,768 bytes before parsing (telegram-bot-api refuses more as "Text is too long").
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from adapters.bidi import directed, is_rtl
from adapters.markup.layout import address, marked, pack, visible
from bot.message import Message, Paragraph, Run, Style

UNITS, BYTES, ENTITIES = 4096, 32_768, 100


@dataclass(frozen=True, slots=True)
class TelegramPart:
    """One message to send: as HTML, and the same words without markup, should Telegram refuse the HTML."""

    html: str
    text: str
    entities: int


@lru_cache(maxsize=64)  # thousands of chats are sent the same digest
def to_telegram(message: Message) -> tuple[TelegramPart, ...]:
    """Return the message as parts to send in order; none when there is nothing to see.

    Words are escaped run by run, and parts end between paragraphs, so no markup is ever cut.
    """
    rtl = is_rtl(message)

    def fits(paragraphs: tuple[Paragraph, ...]) -> bool:
        return _within_limits(_part(paragraphs, rtl=rtl))

    return tuple(_part(paragraphs, rtl=rtl) for paragraphs in pack(visible(message), fits))


def _within_limits(part: TelegramPart) -> bool:
    return (
        len(part.text.encode("utf-16-le")) // 2 <= UNITS
        and len(part.html.encode()) <= BYTES
        and part.entities <= ENTITIES
    )


def _part(paragraphs: tuple[Paragraph, ...], *, rtl: bool) -> TelegramPart:
    html, text, entities = "", "", 0
    for paragraph in paragraphs:
        line = _line(paragraph, rtl=rtl)
        gap = "" if not text else "\n\n" if paragraph.style is Style.HEADING else "\n"
        html, text, entities = html + gap + line.html, text + gap + line.text, entities + line.entities
    return TelegramPart(html, text, entities)


def _line(paragraph: Paragraph, *, rtl: bool) -> TelegramPart:
    runs = directed(marked(paragraph), rtl=rtl)
    entities = sum(run.bold + run.code + bool(address(run)) for run in runs)
    arabic = rtl or any(unicodedata.bidirectional(char) == "AL" for char in paragraph.plain)
    before, after = _wrapping(paragraph.style, arabic=arabic)
    html = before + "".join(_run(run) for run in runs) + after
    return TelegramPart(html, "".join(run.text for run in runs), entities + bool(before))


def _wrapping(style: Style, *, arabic: bool) -> tuple[str, str]:
    """Tags around a whole paragraph. Arabic script has no italics, so small print with any stays upright."""
    if style is Style.HEADING:
        return "<b>", "</b>"
    if style is Style.QUOTE:
        return "<blockquote expandable>", "</blockquote>"
    if style is Style.NOTE and not arabic:
        return "<i>", "</i>"
    return "", ""


def _run(run: Run) -> str:
    html = escape(run.text, quote=False)
    if run.code:  # Telegram allows no other look inside code
        return f"<code>{html}</code>"
    if url := address(run):
        html = f'<a href="{escape(url)}">{html}</a>'
    return f"<b>{html}</b>" if run.bold else html
