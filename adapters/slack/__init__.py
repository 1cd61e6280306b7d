"""Mujaz in Slack: `open_client` makes the connection, `SlackBot` answers, `SlackPublisher` delivers.

async with open_client(bot_token) as client:
    bot = SlackBot(client, core, signing_secret=secret)
    async with bot.connected(app_token):       # Socket Mode, or:
        ...
    bot.routes(events=True)                    # HTTP
    bot.publisher                              # bulletins
"""

from adapters.slack.bot import SlackBot
from adapters.slack.client import open_client
from adapters.slack.closing import closed
from adapters.slack.core import Core
from adapters.slack.install import OAuth
from adapters.slack.publisher import SlackPublisher
from adapters.slack.whoami import team_of, workspace
from adapters.slack.workspaces import OneWorkspace

__all__ = [
    "Core",
    "OAuth",
    "OneWorkspace",
    "SlackBot",
    "SlackPublisher",
    "closed",
    "open_client",
    "team_of",
    "workspace",
]
