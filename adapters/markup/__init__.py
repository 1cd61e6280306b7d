"""One Message, several renderings: Telegram HTML, Slack Block Kit, and plain text for a terminal."""

from adapters.markup.plain import to_text
from adapters.markup.slack import ACTION, TURN, SlackPayload, to_slack
from adapters.markup.telegram import TelegramPart, to_telegram

__all__ = ["ACTION", "TURN", "SlackPayload", "TelegramPart", "to_slack", "to_telegram", "to_text"]
