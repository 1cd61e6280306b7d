"""What the bot asks of the rest of Mujaz; the composition root fills it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.answers.inline import Offer
from bot.message import Message
from bot.model import Request
from bot.ports.platforms import Buttons
from bot.ports.subscriptions import Subscriptions
from bot.words import Words

Answer = Callable[[Request], Awaitable[Message]]
#: Agreements to share for what was typed after the bot's name, from a page on: (request, page).
Share = Callable[[Request, int], Awaitable[Offer]]


@dataclass(frozen=True, slots=True)
class Core:
    """Answers, words and the two stores that only a platform's own events change."""

    answer: Answer
    share: Share
    words: Mapping[str, Words]
    subscriptions: Subscriptions
    buttons: Buttons
