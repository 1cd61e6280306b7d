"""What every rendering shares: which paragraphs show at all, what may be a link, and how parts are filled."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from adapters.bidi import clean
from bot.message import Message, Paragraph, Run, Style

BULLET = "• "
URL_LENGTH = 2048  #: a longer address is shown as plain words: it would crowd out the text
LONGEST = 8192  #: more characters than any platform's part: a longer paragraph need not be tried
_ZERO_WIDTH_JOINER = "\u200d"

Fits = Callable[[tuple[Paragraph, ...]], bool]


def visible(message: Message) -> tuple[Paragraph, ...]:
    """The message's paragraphs that have something to see."""
    return tuple(paragraph for paragraph in message.paragraphs if _shows(paragraph))


def marked(paragraph: Paragraph) -> tuple[Run, ...]:
    """The paragraph's runs, behind a bullet sign where it is a bullet."""
    return (Run(BULLET), *paragraph.runs) if paragraph.style is Style.BULLET else paragraph.runs


def address(run: Run) -> str | None:
    """The run's link if a platform would take it: one bad address must not lose the whole message."""
    url = run.url
    if not url or run.code or len(url) > URL_LENGTH or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def pack(paragraphs: Iterable[Paragraph], fits: Fits) -> tuple[tuple[Paragraph, ...], ...]:
    """Fill parts with whole paragraphs, in order, each part as full as `fits` allows.

    A heading goes with what it heads. A paragraph that does not fit alone is cut between words.
    """
    parts: list[tuple[Paragraph, ...]] = []
    part: tuple[Paragraph, ...] = ()
    for piece in (piece for paragraph in paragraphs for piece in cut(paragraph, fits)):
        if part and not fits((*part, piece)):
            done, heads = _trailing_headings(part)
            carried = bool(done) and fits((*heads, piece))
            parts.append(done if carried else part)
            part = heads if carried else ()
        part = (*part, piece)
    return (*parts, part) if part else tuple(parts)


def cut(paragraph: Paragraph, fits: Fits) -> Iterable[Paragraph]:
    """Yield the paragraph, in pieces that each fit. What follows a bullet's first piece is plain text."""
    while len(paragraph.plain) > LONGEST or not fits((paragraph,)):
        at = _cut_at(paragraph, fits)
        piece = _slice(paragraph, 0, at)
        if _shows(piece):
            yield piece
        style = Style.TEXT if paragraph.style is Style.BULLET else paragraph.style
        paragraph = replace(_slice(paragraph, at, len(paragraph.plain)), style=style)
    if _shows(paragraph):
        yield paragraph


def _shows(paragraph: Paragraph) -> bool:
    return any(char.isprintable() and not char.isspace() for char in clean(paragraph.plain))


def _trailing_headings(part: tuple[Paragraph, ...]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Divide a part before the headings it ends with."""
    end = len(part)
    while end and part[end - 1].style is Style.HEADING:
        end -= 1
    return part[:end], part[end:]


def _cut_at(paragraph: Paragraph, fits: Fits) -> int:
    """Where the longest head that fits ends: after a space if there is one, never inside a composed sign."""
    text = paragraph.plain
    low, high = 1, min(len(text), LONGEST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits((_slice(paragraph, 0, middle),)) else (low, middle)
    after_space = text.rfind(" ", 1, low) + 1
    if after_space:
        return after_space
    return next((at for at in range(low, max(low - 20, 0), -1) if not _joined(text, at)), low)


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` make one sign: a vowelled letter, an emoji family."""
    return unicodedata.category(text[at])[0] in "MC" or text[at - 1] == _ZERO_WIDTH_JOINER


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters start..end of a paragraph, with their looks."""
    runs: list[Run] = []
    at = 0
    for run in paragraph.runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        runs += [replace(run, text=text)] if text else []
        at += len(run.text)
    return replace(paragraph, runs=tuple(runs))
