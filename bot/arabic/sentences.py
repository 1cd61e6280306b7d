"""Where a story's headline, dateline and sentences begin and end, in offsets of its folded text.

Wire copy is cut at line ends and at full stops, question and exclamation marks and dots of omission that are
followed by a space or a letter. Not at commas (a sentence of wire copy runs over many), not inside
numbers, and not after the one-letter abbreviations of titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.arabic.letters import BLOCK_FIRST, COMMA, QUESTION

Range = tuple[int, int]  #: folded offsets, end exclusive

_STOPS = f".!?{QUESTION}…"
#: What may end a sentence, with the closing marks that belong to it; `_ends` says whether it does.
#: A pattern that begins with one set of signs is many times faster to look for than one that begins with two.
_STOP = re.compile(rf"[{_STOPS}\n](?:(?<=\n)\n*|(?<!\n)[{_STOPS}]*[\"'»”’)\]]*)")
LONGEST = 1500  #: characters of a sentence; the longest seen in wires has a thousand or so
_MARK = re.compile('[\n"«»“”]')
_PAIR = {'"': '"', "«": "»", "“": "”"}
#: "Beijing, 3 May (Agency) -" and "Riyadh:" at the head of a body; the place is group 1.
_DATELINE = re.compile(
    rf"\s*([^\W\d_][^\n.:{COMMA}()\-–—/]{{1,30}})"
    rf"(?:\s*(?:{COMMA}|/|-|–)\s*[^\n.:()\-–—]{{1,40}})?"
    r"(?:\s*\([^)\n]{1,40}\)\s*(?:[-–—]{1,2}|:)?|\s*[-–—]{2}|\s+[-–—]|\s*:)\s*"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a story. A story of one line has no headline: its line is its body."""

    headline: Range
    place: Range  #: the dateline's place; empty where there is none
    sentences: tuple[Range, ...]  #: of the body, blank ones left out, trimmed
    quotes: tuple[Range, ...]  #: quoted speech, with its marks


def layout(text: str) -> Layout:
    """Take a folded text apart; linear in its length."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    headline = (start, line_end)
    if line_end < 0 or not text[line_end:].strip():
        headline = (start, start)
    body = headline[1]
    place, after = _dateline(text, body)
    return Layout(headline, place, _sentences(text, after), _quotes(text, body))


def _dateline(text: str, body: int) -> tuple[Range, int]:
    """Find the place before the first sentence and where the copy itself begins."""
    found = _DATELINE.match(text, body, body + 160)
    if found is None or len(found.group(1).split()) > 4:  # noqa: PLR2004 - no place has five words
        return (body, body), body
    return (found.start(1), found.start(1) + len(found.group(1).rstrip())), found.end()


def _sentences(text: str, start: int) -> tuple[Range, ...]:
    """Cut text from `start` on at sentence ends."""
    found: list[Range] = []
    at = start
    for stop in _STOP.finditer(text, start):
        if _ends(text, *stop.span()):
            _add(found, text, at, stop.end())
            at = stop.end()
    _add(found, text, at, len(text))
    return tuple(found)


def _ends(text: str, start: int, end: int) -> bool:
    """Whether start..end closes a sentence: not in a number or a Latin name, or after a lone letter."""
    if text[start] == "\n" or end == len(text):
        return True
    alone = (
        text[start] == "."
        and text[start - 1 : start].isalpha()
        and not text[max(0, start - 2) : start - 1].isalpha()
    )
    if alone and start > 1:
        return False
    return text[end].isspace() or (text[end] > BLOCK_FIRST and text[start - 1 : start] > BLOCK_FIRST)


def _add(found: list[Range], text: str, start: int, end: int) -> None:
    """Add a sentence without the spaces around it, if a letter is left."""
    while end - start > LONGEST:  # copy without full stops: cut between two words
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        _add(found, text, start, cut)
        start = cut
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if any(map(str.isalpha, piece)):
        found.append((left, right))


def _quotes(text: str, start: int) -> tuple[Range, ...]:
    """Find quoted speech from `start` on."""
    found: list[Range] = []
    closing, opened = "", 0
    for mark in _MARK.finditer(text, start):
        sign = mark.group()
        if closing and sign == closing:
            found.append((opened, mark.end()))
            closing = ""
        elif sign == "\n":
            closing = ""
        elif not closing:
            closing, opened = _PAIR.get(sign, ""), mark.start()
    return tuple(found)
