"""The stores that a contract is held against, and short ways to make what they store."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from bot.message import Message, Style, paragraph
from bot.model import (
    Agreement,
    Chat,
    Evidence,
    Facet,
    Interest,
    Platform,
    Slot,
    Span,
    Story,
    Subscription,
    Wants,
)
from bot.ports.editions import Editions
from bot.ports.feeds import FeedStates
from bot.ports.outbox import Outbox
from bot.ports.platforms import Buttons
from bot.ports.stories import Stories
from bot.ports.subscriptions import Subscriptions
from tests.builders import NOON, PRIVATE

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TELEGRAM = (Platform.TELEGRAM,)
WANTS = Wants((dt.time(8),), "Africa/Casablanca", "ar", follow=(Interest(Facet.TOPIC, "ai"),))
HELLO = Message((paragraph(Style.TEXT, "اتفق الجانبان"),))


@dataclass(frozen=True)
class Stores:
    """One set of stores that belong together."""

    stories: Stories
    subscriptions: Subscriptions
    outbox: Outbox
    feeds: FeedStates
    buttons: Buttons
    editions: Editions


def story(text: str = "عنوان\nمتن", *, id_: str = "1", fetched: dt.datetime = NOON) -> Story:
    return Story(id_, "feed", "وكالة", f"https://wire.example/{id_}", text, NOON, fetched)


def holding(
    *agreements: Agreement, id_: str = "1", fetched: dt.datetime = NOON
) -> tuple[Story, list[Agreement]]:
    """A story whose lines are the agreements' sentences, and the agreements at their places in it."""
    text, moved = ("عنوان\n" if id_ == "1" else f"عنوان {id_}\n"), []
    for given in agreements:
        at = len(text)
        text += given.evidence.quote + "\n"
        spans = (given.subject.span, given.evidence.span)
        subject, evidence = (Evidence.of(text, Span(span.start + at, span.end + at)) for span in spans)
        moved.append(replace(given, subject=subject, evidence=evidence))
    return story(text, id_=id_, fetched=fetched), moved


def subscription(chat: Chat = PRIVATE, since: dt.datetime = NOON) -> Subscription:
    return Subscription(0, chat, WANTS, since, owner="7")


def slot(days: int = 1) -> Slot:
    return Slot(f"day {days}", NOON + days * DAY)
