"""The app's manifest and the code name the same commands, events and permissions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import SlackBot
from adapters.slack.texts import SLASH
from bot.message import Message
from bot.model import Request
from tests.adapters.slack.fakes import core

MANIFEST = Path(__file__).parents[3] / "config/slack-manifest.yml"
#: What Slack asks for each method and event we use.
SCOPES = {
    "slash commands": "commands",
    "chat.postMessage": "chat:write",
    "chat.postMessage where we are no member": "chat:write.public",
    "users.info": "users:read",
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
}


def manifest() -> Any:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_every_slash_command_is_in_both() -> None:
    assert sorted(command["command"] for command in manifest()["features"]["slash_commands"]) == sorted(SLASH)


async def never(request: Request) -> Message:
    raise AssertionError(request)


def test_every_event_is_in_both() -> None:
    bot = SlackBot(AsyncWebClient("xoxb-test"), core(never, {}))
    assert sorted(manifest()["settings"]["event_subscriptions"]["bot_events"]) == sorted(bot.events)


def test_the_permissions_are_those_needed_and_no_others() -> None:
    assert sorted(manifest()["oauth_config"]["scopes"]["bot"]) == sorted(set(SCOPES.values()))


def test_it_installs_in_socket_mode_without_a_public_address() -> None:
    settings = manifest()["settings"]
    assert settings["socket_mode_enabled"]
    assert "request_url" not in str(settings)


def test_names_keep_to_slacks_lengths() -> None:
    # https://docs.slack.dev/reference/app-manifest
    display = manifest()["display_information"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000
    for command in manifest()["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command.get("usage_hint", "")) <= 1000
