"""What Slack asks of the rest of Mujaz; the composition root fills it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.message import Message
from bot.model import Chat, Request
from bot.ports.platforms import Buttons, Heard
from bot.preferences import Preferences
from bot.words import Words

Answer = Callable[[Request], Awaitable[Message]]
#: Agreements in a text that somebody shows us: (text, locale).
Read = Callable[[str, str], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Core:
    """Answers, words, and what only a platform's own surfaces ask for."""

    answer: Answer
    read: Read
    words: Mapping[str, Words]
    verbs: Mapping[str, str]  #: words for commands
    preferences: Preferences
    heard: Heard
    buttons: Buttons
    opened: Callable[[Chat], Awaitable[object]]  #: a chat that was closed to us is open
    moved: Callable[[Chat, str], Awaitable[object]]  #: a chat, and all it was sent, has this new id
