"""Telegram, through python-telegram-bot: commands come in by polling, answers and bulletins go out."""

import os

from adapters.telegram.bot import TelegramBot, whoami
from adapters.telegram.publisher import TelegramPublisher

__all__ = ["TelegramBot", "TelegramPublisher", "whoami"]

# PTB's waits as timedelta, its next major version's only form: otherwise each flood limit warns of the change.
os.environ.setdefault("PTB_TIMEDELTA", "1")
