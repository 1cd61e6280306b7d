"""Who asks, in which language, and what they hear when something fails."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from slack_bolt.async_app import AsyncBoltContext

from adapters.slack.desk import Desk
from bot.errors import Refused, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words
from tests.adapters.slack.fakes import FakeSlack, core

ANSWER = Message((paragraph(Style.TEXT, "جواب"),))
WORDS = {
    "ar": Words("ar", {"error.internal": "خلل عندنا"}, lambda _: "other"),
    "en": Words("en", {"error.internal": "our fault"}, lambda _: "other"),
}
ENGLISH = {"locale": "en-GB", "tz": "Europe/London"}


class Asked:
    """One question put to a desk."""

    def __init__(self, slack: FakeSlack, *faults: Exception | None) -> None:
        self.slack = slack
        self.faults = list(faults)
        self.requests: list[Request] = []
        self.heard: list[str] = []
        self.desk = Desk(core(self._answer, WORDS))

    async def put(self, text: str, *, fault: Exception | None = None, user: str = "U1") -> None:
        self._fault = fault
        context = AsyncBoltContext(
            {"team_id": "T1", "channel_id": "C1", "user_id": user, "client": self.slack}
        )
        await self.desk.serve(context, text, self._reply)

    async def _answer(self, request: Request) -> Message:
        self.requests.append(request)
        if self._fault:
            raise self._fault
        return ANSWER

    async def _reply(self, message: Message) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.heard.append(message.plain)


async def test_the_asker_has_the_zone_and_the_language_of_their_profile() -> None:
    asked = Asked(FakeSlack(profile=ENGLISH))
    await asked.put("/topics ai")
    assert asked.requests == [
        Request(
            Chat(Platform.SLACK, "C1", workspace="T1"),
            "U1",
            "/topics ai",
            "en",
            "Europe/London",
            may_stop=False,
        )
    ]
    assert asked.heard == ["جواب"]


@pytest.mark.parametrize("role", ["is_admin", "is_owner"])
async def test_a_workspaces_administrator_may_stop_what_others_asked_for(role: str) -> None:
    asked = Asked(FakeSlack(profile={**ENGLISH, role: True}))
    await asked.put("/unsubscribe")
    assert asked.requests[0].may_stop


async def test_who_writes_arabic_reads_arabic() -> None:
    asked = Asked(FakeSlack(profile=ENGLISH))
    await asked.put("/topics الطاقة")
    assert asked.requests[0].locale == "ar"


@pytest.mark.parametrize("profile", [None, {}, {"locale": "de-DE", "tz": None}, {"locale": "en-US"}])
async def test_arabic_and_no_zone_where_slack_does_not_tell(profile: Any) -> None:
    asked = Asked(FakeSlack(profile=profile))
    await asked.put("/topics ai")
    assert (asked.requests[0].locale, asked.requests[0].zone) == ("ar", "")


async def test_a_profile_is_looked_up_once() -> None:
    asked = Asked(FakeSlack(profile=ENGLISH))
    for user in ("U1", "U1", "U2"):
        await asked.put("/digest", user=user)
    assert asked.slack.looked_up == ["U1", "U2"]


async def test_a_fault_is_one_sentence_to_the_asker_and_its_cause_in_the_log_without_secrets() -> None:
    asked = Asked(FakeSlack(profile=ENGLISH))
    with structlog.testing.capture_logs() as logs:
        await asked.put("/digest", fault=RuntimeError("bad xoxb-1-2-Az at https://hooks.test/T/1"))
    assert asked.heard == ["our fault"]
    (entry,) = logs
    assert "RuntimeError: bad [secret] at [secret]" in entry["error"]
    assert "test_desk.py" in entry["error"]


async def test_an_answer_that_slack_refuses_is_a_fault_of_ours() -> None:
    asked = Asked(FakeSlack(profile=ENGLISH), Refused("invalid_blocks"))
    await asked.put("/digest")
    assert asked.heard == ["our fault"]


@pytest.mark.parametrize("faults", [(Uncertain("reset"),), (Refused("a"), Refused("b"))])
async def test_what_cannot_be_said_is_logged_and_left(faults: tuple[Exception, ...]) -> None:
    asked = Asked(FakeSlack(), *faults)
    with structlog.testing.capture_logs() as logs:
        await asked.put("/digest")
    assert asked.heard == []
    assert logs[-1]["event"] == "slack.reply_failed"
