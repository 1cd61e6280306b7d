"""A Slack that answers from lists, in place of the network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import Core, OneWorkspace
from adapters.slack.core import Answer, Read
from bot.message import Message, Style, paragraph
from bot.model import Chat
from bot.preferences import Preferences
from bot.topics import Topic, Topics
from bot.words import Words
from bot.zones import Zone, Zones
from config.words import load_verbs, load_words
from tests.bot.desks import desk_of
from tests.bot.newsroom import Newsroom
from tests.builders import NOON
from tests.fakes.platforms import FakeButtons
from tests.fakes.subscriptions import FakeSubscriptions

TOPICS = (
    Topic(
        "ai", {"ar": "الذكاء الاصطناعي", "en": "Artificial intelligence", "fr": "Intelligence artificielle"}
    ),
    Topic("water", {"ar": "المياه", "en": "Water", "fr": "Eau"}),
)
ZONES = Zones(
    (
        Zone("Africa/Casablanca", {"ar": "الدار البيضاء", "en": "Casablanca", "fr": "Casablanca"}),
        Zone("Asia/Riyadh", {"ar": "الرياض", "en": "Riyadh", "fr": "Riyad"}),
        Zone("Europe/London"),
    )
)


class FakeHeard:
    """The port `Heard`."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    async def first(self, key: str, now: dt.datetime) -> bool:
        assert now.tzinfo
        known = key in self.keys
        self.keys.add(key)
        return not known


async def read_aloud(text: str, locale: str) -> Message:
    """A reader that finds in a text what it says."""
    return Message((paragraph(Style.BULLET, text.strip()),), (), locale)


def preferences(subscriptions: FakeSubscriptions | None = None) -> Preferences:
    """The form's use case over stores in memory."""
    desk = desk_of(Newsroom(subscriptions=subscriptions or FakeSubscriptions()))
    known = replace(desk, topics=Topics(TOPICS), zones=ZONES, zone="Asia/Riyadh", words=load_words())
    return Preferences(known, lambda: NOON)


def core(
    answer: Answer,
    words: Mapping[str, Words],
    *,
    subscriptions: FakeSubscriptions | None = None,
    read: Read = read_aloud,
    heard: FakeHeard | None = None,
) -> Core:
    """What Slack's adapter asks of the rest, in memory."""
    kept = subscriptions or FakeSubscriptions()

    async def opened(chat: Chat) -> None:
        await kept.resume(chat, NOON)

    async def moved(chat: Chat, new_id: str) -> None:
        await kept.rekey(chat, new_id, sent=True)

    return Core(
        answer=answer,
        read=read,
        words=words,
        verbs=load_verbs(),
        preferences=preferences(kept),
        heard=heard or FakeHeard(),
        buttons=FakeButtons(),
        opened=opened,
        moved=moved,
    )


def only(slack: AsyncWebClient) -> OneWorkspace:
    """The one workspace of a client."""
    return OneWorkspace(slack)


def refusal(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    """What the SDK raises for an answer that is no success."""
    response = AsyncSlackResponse(
        client=AsyncWebClient(), http_verb="POST", api_url="", req_args={}, data=data,
        headers=headers or {}, status_code=status,
    )  # fmt: skip
    return api_error(response)


def api_error(response: object) -> SlackApiError:
    return SlackApiError("no", response)  # type: ignore[no-untyped-call]  # the SDK's


class FakeSlack(AsyncWebClient):
    """Fails as `faults` says, in order (None: succeeds); keeps what was posted."""

    def __init__(self, *faults: Exception | None, profile: dict[str, Any] | None = None) -> None:
        super().__init__("xoxb-test")
        self.faults = list(faults)
        self.profile = profile
        self.posted: list[dict[str, Any]] = []
        self.looked_up: list[str] = []

    async def chat_postMessage(self, **post: Any) -> Any:  # noqa: N802 - the SDK's name
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.posted.append(post)
        return {"ok": True, "ts": f"{len(self.posted)}.0"}

    async def users_info(self, **asked: Any) -> Any:
        self.looked_up.append(asked["user"])
        if self.profile is None:
            raise refusal({"ok": False, "error": "missing_scope"})
        return {"ok": True, "user": self.profile}
