"""What a reader asks and must be told, whatever the platform: one script, played on each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from adapters.bidi import clean


class Reader(Protocol):
    """Somebody who writes to the bot and reads what it answers."""

    async def ask(self, text: str) -> str:
        """Type a command; return the answer as it reads."""


@dataclass(frozen=True)
class Step:
    """What is typed, and what must be in the answer."""

    typed: str
    told: tuple[str, ...]


#: The samples of config/samples are on the wire, and the reader's zone is Africa/Casablanca.
SCRIPT = (
    Step("/help", ("/digest", "/topics", "/subscribe")),
    Step("/digest", ("المغرب والسنغال", "وكالة")),
    Step("الموجز", ("المغرب والسنغال",)),
    Step("/topics", ("الذكاء الاصطناعي",)),
    Step("/topics ai", ("الذكاء الاصطناعي —",)),
    Step("/topics 人工", ("人工",)),
    Step("مواضيع الصحة", ("الصحة",)),
    Step("/topisc ai", ("/topics",)),
    Step("/topics energi", ("الطاقة",)),
    Step("/with قطر", ("قطر",)),
    Step("/search المياه", ("الميا",)),
    Step("/sources", ("وكالة",)),
    Step("/upcoming", ()),
    Step("/corrections", ()),
    Step("/agreement 1", ()),
    Step("/agreement 99999", ()),
    Step("/why", ()),
    Step("/subscribe 07:30", ("07:30", "الدار البيضاء")),
    Step("/subscribe 25:00", ("25:00",)),
    Step("/follow ai", ("الذكاء الاصطناعي",)),
    Step("/mute trade", ("التجارة",)),
    Step("/quiet 22:00-06:00", ("22:00", "06:00")),
    Step("/pause 3", ()),
    Step("/resume", ()),
    Step("/digits arabic", ()),
    Step("/subscribe 08:15", ("٠٨:١٥",)),
    Step("/lang en", ()),
    Step("/topics", ("Artificial intelligence",)),
    Step("/lang fr", ()),
    Step("/topics", ("Intelligence artificielle",)),
    Step("/lang ar", ()),
    Step("/unsubscribe", ()),
    Step("/unsubscribe", ("/subscribe",)),
)


def words(text: str) -> str:
    """What a text says on any platform: without marks, markup, and Slack's way to our commands."""
    plain = re.sub(r"<[^<>]*>", "", text) if "</" in text else text
    return " ".join(clean(unescape(plain)).replace("\u2060", "").replace("/mujaz ", "/").split())
