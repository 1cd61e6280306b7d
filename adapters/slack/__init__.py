"""Mujaz in Slack: `open_client` makes the connection, `SlackBot` answers, `SlackPublisher` delivers.

async with open_client(bot_token) as client:
    publisher = SlackPublisher(client)
    bot = SlackBot(client, answer=answer, words=words, signing_secret=secret)
    async with bot.connected(app_token):       # Socket Mode, or:
        ...
    Route("/slack/events", bot.handle, methods=["POST"])  # HTTP
"""

from adapters.slack.bot import SlackBot
from adapters.slack.client import open_client
from adapters.slack.publisher import SlackPublisher
from adapters.slack.whoami import workspace

__all__ = ["SlackBot", "SlackPublisher", "open_client", "workspace"]
