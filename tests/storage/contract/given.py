"""Short ways to make what the contracts store, and the stores they store it in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from bot import ports
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
from storage.buttons import Buttons
from storage.database import Database
from storage.editions import Editions
from storage.feeds import FeedStates
from storage.outbox import Outbox
from storage.stories import Stories
from storage.subscriptions import Subscriptions
from tests.builders import NOON, PRIVATE

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TELEGRAM = (Platform.TELEGRAM,)
WANTS = Wants((dt.time(8),), "Africa/Casablanca", "ar", follow=(Interest(Facet.TOPIC, "ai"),))
HELLO = Message((paragraph(Style.TEXT, "اتفق الجانبان"),))


@dataclass(frozen=True)
class Stores:
    """One set of stores that belong together."""

    stories: ports.Stories
    subscriptions: ports.Subscriptions
    outbox: ports.Outbox
    feeds: ports.FeedStates
    buttons: ports.Buttons
    editions: ports.Editions


def stores_of(database: Database) -> Stores:
    """The stores over one database."""
    return Stores(
        Stories(database),
        Subscriptions(database),
        Outbox(database),
        FeedStates(database),
        Buttons(database),
        Editions(database),
    )


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
