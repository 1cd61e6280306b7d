"""Telegram, through python-telegram-bot: commands come in by polling, answers and bulletins go out."""

import os

from adapters.telegram.bot import TelegramBot, whoami
from adapters.telegram.publisher import TelegramPublisher

__all__ = ["TelegramBot", "TelegramPublisher", "whoami"]

# PTB gives waits as timedelta, the only form of its next major version; else each flood limit warns of that.
os.environ.setdefault("PTB_TIMEDELTA", "1")
