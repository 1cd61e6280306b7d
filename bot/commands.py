"""One grammar of commands for every platform: what was typed becomes a command and its arguments.

    text ─▶ "/topics ai", "/topics@mujaz_bot ai", "مواضيع الذكاء الاصطناعي" ─▶ Command("/topics", "ai")

Slash commands are the ASCII ones that Telegram allows; words of config/locale stand for them without a slash.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.arabic.text import key
from bot.errors import AskAgain

#: Those that change what a chat gets: in a group they are its administrators' business.
MANAGING = (
    "/subscribe", "/unsubscribe", "/follow", "/unfollow", "/mute", "/unmute", "/quiet", "/pause", "/resume",
    "/lang", "/digits", "/length", "/empty", "/kinds", "/forget",
)  # fmt: skip
#: Those of them that stop it, for all in the chat: where everybody may change it, only who asked for it and
#: administrators do that. To let it go on is open to everybody, as subscribing is.
STOPPING = ("/unsubscribe", "/pause", "/forget")
COMMANDS = (
    "/start", "/help", "/digest", "/topics", "/with", "/search", "/agreement", "/source", "/upcoming",
    "/sources", "/card", "/settings", "/why", "/edition", "/corrections", *MANAGING,
)  # fmt: skip

_SLASH = re.compile(r"(/\w+)(?:@\w+)?\s*(.*)", re.DOTALL)
_PAGE = re.compile(r"(?:(.*?)\s+)?(\d{1,3})", re.DOTALL)
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")


@dataclass(frozen=True, slots=True)
class Command:
    """A command we know, and what was typed after it."""

    name: str
    rest: str = ""


def parse(text: str, verbs: Mapping[str, str]) -> Command:
    """Read one line. `verbs` maps folded words to commands. Raise AskAgain, with a near one if any."""
    text = text.strip()
    if slash := _SLASH.fullmatch(text):
        name = slash[1].lower()
        if name in COMMANDS:
            return Command(name, slash[2].strip())
        raise _unknown(name, slash[2], {command: command for command in COMMANDS})
    return _spoken(text, verbs)


def _spoken(text: str, verbs: Mapping[str, str]) -> Command:
    """Read a line that starts with words for a command; the longest such words win."""
    words = text.split()
    for length in range(min(len(words), 3), 0, -1):
        if name := verbs.get(key(" ".join(words[:length]))):
            return Command(name, " ".join(words[length:]))
    raise _unknown(words[0] if words else "", " ".join(words[1:]), verbs)


def _unknown(given: str, rest: str, known: Mapping[str, str]) -> AskAgain:
    """`known` maps what may be typed to its command; the nearest one is offered with what followed."""
    if near := difflib.get_close_matches(key(given), known, n=1):
        meant = f"{known[near[0]]} {rest}".strip()
        return AskAgain("error.command_like", meant=meant, given=given, like=near[0])
    return AskAgain("error.command", given=given)


def paged(rest: str) -> tuple[str, int]:
    """Split a page number off the end: "ai 2" is ("ai", 2); the first page where there is none."""
    if match := _PAGE.fullmatch(rest):
        return match[1] or "", max(1, int(match[2]))
    return rest, 1


def clock(given: str) -> dt.time | None:
    """Read a time of day in western or eastern digits: 8, 08:00, ٨:٣٠; None for anything else."""
    match = _HOUR.fullmatch(given)
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:  # noqa: PLR2004 - a clock's own numbers
        return dt.time(int(match[1]), int(match[2] or 0))
    return None


def hour(given: str) -> dt.time:
    """Read a time of day. Raise AskAgain."""
    at = clock(given)
    if at is None:
        raise AskAgain("subscribe.time", given=given)
    return at
