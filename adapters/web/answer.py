"""One answer as the preview page shows it: the very payloads that the platforms would get."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO

from markupsafe import Markup
from rich.console import Console

from adapters.bidi import is_rtl
from adapters.console import ConsoleMessage
from adapters.markup import SlackPayload, to_slack, to_telegram
from adapters.web.telegram_view import telegram_view
from bot.message import Button, Message

COLUMNS = 80  #: a terminal as it opens


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, and the answer three times over."""

    asked: str
    telegram: tuple[Markup, ...]
    keyboard: tuple[tuple[Button, ...], ...]
    slack: tuple[SlackPayload, ...]
    terminal: str


def answer(asked: str, message: Message) -> Answer:
    """Render a message for the page."""
    return Answer(
        asked=asked,
        telegram=tuple(telegram_view(part.html) for part in to_telegram(message)),
        keyboard=_keyboard(message),
        slack=to_slack(message),
        terminal=_terminal(message),
    )


def _keyboard(message: Message) -> tuple[tuple[Button, ...], ...]:
    """Telegram lays rows out from the left in every language, so an Arabic row goes out reversed."""
    return tuple(row[::-1] if is_rtl(message) else row for row in message.buttons)


def _terminal(message: Message) -> str:
    out = StringIO()
    Console(file=out, width=COLUMNS, color_system=None).print(ConsoleMessage(message))
    return out.getvalue().rstrip("\n")
