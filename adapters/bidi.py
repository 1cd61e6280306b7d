"""Direction of text: Arabic paragraphs read right to left, and Latin inside them left to right.

Clients guess a paragraph's direction from its first characters, and guess wrong for an emoji, a number or a
Latin name. The rules and the names of classes are those of the Unicode Bidirectional Algorithm (UAX #9).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from bot.arabic.letters import COMMA, LETTER_MARK
from bot.message import Message, Run

LRM, RLM, LRI, RLI, PDI = "\u200e", "\u200f", "\u2066", "\u2067", "\u2069"

_RTL_LOCALES = frozenset({"ar", "fa", "he", "ur"})
#: Marks, embeddings, overrides and isolates a wire may have left behind; ours are added afterwards.
_CONTROLS = re.compile(f"[{LETTER_MARK}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What ends a line or is a control character, and lone surrogates, which no platform accepts.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")

#: A text is matched as a string of signs: L and R strong letters, E and A European and Arabic digits,
#: M combining marks, O the rest that breaks a run, and neutral punctuation as itself.
_SIGNS = {"L": "L", "R": "R", "AL": "R", "EN": "E", "AN": "A", "NSM": "M"}
_NEUTRAL = frozenset(f" /@#$+-.:_&'%,{COMMA}")
_LATIN = re.compile(r"[/@#$+-]{0,2}[LE](?:[M /@#+.:_&'%,-]{0,3}[LE])*[M+#%]{0,3}")
_ARABIC = re.compile(rf"R(?:[M /.:,{COMMA}-]{{0,8}}[RA])*M{{0,8}}")


def is_rtl(message: Message) -> bool:
    """Whether the message's language is written right to left."""
    return message.locale.split("-")[0] in _RTL_LOCALES


def clean(text: str) -> str:
    """Drop direction controls and put a space for whatever breaks a line: one run, one line, no surprises."""
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", _CONTROLS.sub("", text)))


@lru_cache(maxsize=1024)  # filling a part renders the same paragraph many times
def directed(runs: tuple[Run, ...], *, rtl: bool) -> tuple[Run, ...]:
    """Clean a paragraph's runs and add the marks that make it read right in any client.

    With `rtl` (the message is Arabic) the paragraph reads right to left; otherwise where it begins in Arabic
    and is Arabic for the most part: what is said in English of an Arabic name is English. Words of the other
    direction are isolated. Code reads left to right always; its marks stand outside it, so that what a reader
    copies is the command alone. Every isolate that is opened is closed.
    """
    cleaned = tuple(replace(run, text=text) for run in runs if (text := clean(run.text)))
    signs = "".join("O" * len(run.text) if run.code else _signs(run.text) for run in cleaned)
    begins = next((sign for sign in signs if sign in "LR"), "L")
    rtl = rtl or (begins == "R" and signs.count("R") >= signs.count("L"))
    spans = _foreign(signs, rtl=rtl)
    opener = LRI if rtl else RLI
    misleads = signs[:1] not in ("", "R") if rtl else begins == "R"
    out, at = [Run(RLM if rtl else LRM)] if misleads else [], 0
    for run in cleaned:
        if run.code:
            out += [Run(LRI), run, Run(PDI)]
        else:
            out.append(replace(run, text=_isolated(run.text, at, spans, opener)))
        at += len(run.text)
    return tuple(out)


def _signs(text: str) -> str:
    return "".join(
        char if char in _NEUTRAL else _SIGNS.get(unicodedata.bidirectional(char), "O") for char in text
    )


def _foreign(signs: str, *, rtl: bool) -> dict[int, int]:
    """Start and end of each run of the other direction."""
    found = (_LATIN if rtl else _ARABIC).finditer(signs)
    return {match.start(): match.end() for match in found if not rtl or _reorders(match[0])}


def _reorders(signs: str) -> bool:
    """Whether a run of Latin and digits would lose its order among Arabic: a name, or a day as 2026-11-22."""
    return "L" in signs or signs.count("-") > 1


def _isolated(text: str, at: int, spans: dict[int, int], opener: str) -> str:
    """Write a run that begins at offset `at` of its paragraph, with the marks of the spans that touch it."""
    ends = set(spans.values())
    return "".join(
        (opener if place in spans else "") + char + (PDI if place + 1 in ends else "")
        for place, char in enumerate(text, at)
    )
