"""What is stored for the answers from the ledger, and how their lists read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.answers import Desk
from bot.message import Message, Style
from bot.model import Agreement, Story
from tests.bot.desks import offers
from tests.builders import NOON
from tests.storage.contract.given import holding

DAY = dt.timedelta(days=1)


async def save(
    desk: Desk, *found: Agreement, name: str = "1", at: dt.datetime = NOON, source: str = "وكالة مرجان"
) -> Story:
    given, moved = holding(*found, id_=name, fetched=at)
    given = replace(given, feed="marjan", source=source, published=at)
    await desk.stories.save(given, moved)
    return given


def items(message: Message) -> list[str]:
    return [line.plain for line in message.paragraphs if line.style is Style.TEXT]


def numbered(message: Message) -> int:
    return sum("/agreement " in command for command in offers(message))
