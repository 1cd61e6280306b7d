"""Telegram, through python-telegram-bot: commands come in, answers and bulletins go out."""

import os

from adapters.telegram.bot import TelegramBot
from adapters.telegram.connection import Connection, whoami
from adapters.telegram.core import Core
from adapters.telegram.publisher import TelegramPublisher

__all__ = ["Connection", "Core", "TelegramBot", "TelegramPublisher", "whoami"]

# PTB gives waits as timedelta, the only form of its next major version; else each flood limit warns of that.
os.environ.setdefault("PTB_TIMEDELTA", "1")
