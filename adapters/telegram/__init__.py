"""Telegram, through python-telegram-bot: commands come in by polling, answers and bulletins go out."""

from adapters.telegram.bot import TelegramBot
from adapters.telegram.publisher import TelegramPublisher

__all__ = ["TelegramBot", "TelegramPublisher"]
