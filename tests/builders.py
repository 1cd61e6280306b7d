"""Short ways to make the values that tests need."""

from __future__ import annotations

import datetime as dt

from bot.model import Agreement, Chat, Evidence, Finding, Kind, Party, Platform, Request, Span, StoryRef

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
CHINA = Party("الصين", "china", "state")
USA = Party("الولايات المتحدة", "united-states", "state")
PRIVATE = Chat(Platform.TELEGRAM, "42")


def agreement(
    phrase: str = "استقبال الطلبة من كلا البلدين",
    *,
    parties: tuple[Party, ...] = (CHINA, USA),
    kind: Kind = Kind.AGREED,
    topics: tuple[str, ...] = ("education",),
    place: str | None = None,
    amounts: tuple[str, ...] = (),
) -> Agreement:
    """One agreement whose sentence is its phrase after a verb."""
    text = f"اتفق الجانبان على {phrase}."
    start = text.index(phrase)
    return Agreement(
        kind=kind,
        parties=parties,
        subject=Evidence.of(text, Span(start, start + len(phrase))),
        evidence=Evidence.of(text, Span(0, len(text))),
        phrase=phrase,
        bullet=f"{' و'.join(party.name for party in parties)}: {phrase}",
        topics=topics,
        date=None,
        on=None,
        place=place,
        amounts=amounts,
        rule="test",
        score=1.0,
    )


def finding(
    number: int,
    given: Agreement,
    *,
    source: str = "وكالة",
    url: str | None = None,
    published: dt.datetime = NOON,
) -> Finding:
    """A stored agreement."""
    return Finding(number, given, StoryRef(number, source, url, "عنوان", published))


def request(text: str, *, chat: Chat = PRIVATE, locale: str = "ar", zone: str = "") -> Request:
    """One command of one user."""
    return Request(chat, "7", text, locale, zone)
