"""The app's manifest and the code name the same commands, events and permissions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import OAuth, SlackBot
from adapters.slack.install import SCOPES
from adapters.slack.talk import READ
from adapters.slack.texts import SLASH
from bot.message import Message
from bot.model import Request
from config.words import load_words
from tests.adapters.slack.fakes import core

MANIFEST = Path(__file__).parents[3] / "config/slack-manifest.yml"
#: What Slack asks for each method and event we use.
NEEDED = {
    "slash commands": "commands",
    "chat.postMessage": "chat:write",
    "chat.delete": "chat:write",
    "chat.update": "chat:write",
    "chat.postMessage where we are no member": "chat:write.public",
    "conversations.join": "channels:join",
    "users.info": "users:read",
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "group_unarchive": "groups:read",
    "channel_id_changed": "groups:read",
}


#: Methods that every token may call.
FREE = {"auth.test", "views.open", "views.publish", "apps.connections.open"}
CODE = Path(__file__).parents[3] / "adapters/slack"


def manifest() -> Any:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_every_slash_command_is_in_both() -> None:
    assert sorted(command["command"] for command in manifest()["features"]["slash_commands"]) == sorted(SLASH)


async def nothing(_: str) -> None:
    """Tell nobody."""


async def never(request: Request) -> Message:
    raise AssertionError(request)


def test_every_event_is_in_both() -> None:
    base, words = AsyncWebClient(), load_words()
    oauth = OAuth(
        base,
        client_id="1.2",
        client_secret="secret",
        installations=FileInstallationStore(),
        states=FileOAuthStateStore(expiration_seconds=1),
        came=nothing,
        left=nothing,
    )
    bot = SlackBot(base, core(never, words), oauth=oauth)
    assert sorted(manifest()["settings"]["event_subscriptions"]["bot_events"]) == sorted(bot.events)


def test_the_permissions_are_those_needed_and_no_others() -> None:
    asked = sorted(manifest()["oauth_config"]["scopes"]["bot"])
    assert asked == sorted(set(NEEDED.values()))
    assert asked == sorted(SCOPES), "what OAuth asks for"


def test_the_web_api_methods_we_call_are_those_we_ask_permission_for() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in CODE.glob("*.py"))
    names = set(re.findall(r"\.([a-z]+_[a-zA-Z_]+)\(", source))
    called = {name.replace("_", ".") for name in names if hasattr(AsyncWebClient, name)}
    assert called == {need.partition(" ")[0] for need in NEEDED if "." in need} - {"message.im"} | FREE


def test_every_shortcut_is_in_both() -> None:
    (shortcut,) = manifest()["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", READ)


def test_it_installs_in_socket_mode_without_a_public_address() -> None:
    settings = manifest()["settings"]
    assert settings["socket_mode_enabled"]
    assert "request_url" not in str(settings)


def test_names_keep_to_slacks_lengths() -> None:
    # https://docs.slack.dev/reference/app-manifest
    display = manifest()["display_information"]
    assert len(display["name"]) <= 35
    for shortcut in manifest()["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000
    for command in manifest()["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command.get("usage_hint", "")) <= 1000
