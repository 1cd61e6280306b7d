"""What only Slack has: a form of settings, answers to share, messages to read, channels to join."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from adapters.bidi import clean
from adapters.slack import SlackBot, open_client
from bot.model import Subscription
from config.words import load_words
from tests.adapters.slack.test_settings_form import chosen, filled
from tests.builders import NOON, request
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import NEWS, Answers, core_of, over_http, over_socket, response_url, served, signed
from tests.e2e.slack_faults import Faults, faults
from tests.e2e.slack_judges import judge_view
from tests.e2e.slack_peer import BOT_TOKEN, CHANNEL, SECRET, TEAM, USER, workspace
from tests.e2e.waiting import until

pytestmark = pytest.mark.peers

BOTH = pytest.mark.parametrize("mode", [over_socket, over_http])
WORDS = load_words()["ar"]


def buttons(post: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A post's buttons by their commands."""
    rows = [block["elements"] for block in post["blocks"] if block["type"] == "actions"]
    return {button["value"]: button for row in rows for button in row}


@BOTH
async def test_the_form_tells_what_is_wrong_and_keeps_what_is_right(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer:
        await peer.command("/mujaz", "settings")
        view = await peer.modal()
        wrong = await peer.submit(filled(view, times={"value": "غداً"}, quiet={"value": "ليلاً"}))
        assert wrong["t"] == "view_errors"
        assert set(wrong["errors"]) == {"times", "quiet"}
        assert await answers.subscriptions.active() == ()
        right = filled(view, times={"value": "07:30 18:00"}, quiet={"value": "22:00-07:00"})
        assert (await peer.submit(right))["t"] == "view"
        (subscription,) = await until(answers.subscriptions.active, bool)
    assert subscription.chat == NEWS
    assert subscription.owner == USER
    assert subscription.wants.times == (dt.time(7, 30), dt.time(18))
    assert subscription.wants.zone == "Africa/Casablanca", "of the asker's profile"


@BOTH
async def test_an_answer_is_shared_by_its_button(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer:
        await peer.command("/topics", "ai")
        mine = await peer.post()
        assert mine["subtype"] == "ephemeral"
        await peer.press(mine, buttons(mine)["/share /topics ai"])
        shared = await peer.post(2)
    assert "subtype" not in shared
    assert "amal" in shared["text"]
    assert "/share" not in str(shared["blocks"])
    assert [request.text for request in answers.asked] == ["/topics ai", "/topics ai"]


async def test_what_is_about_the_chat_itself_is_not_offered_to_share() -> None:
    async with over_socket(Answers()) as peer:
        for number, text in enumerate(("subscribe 08:00", "help", "topisc"), start=1):
            await peer.command("/mujaz", text)
            assert "/share" not in str((await peer.post(number))["blocks"])


class Door:
    """The bot's HTTP door, for what the workspace does not send itself; and the Slack behind a proxy."""

    def __init__(self, session: ClientSession, url: str, proxy: Faults, answers: Answers) -> None:
        self._session = session
        self._url = url
        self.proxy = proxy
        self.answers = answers

    async def tell(self, **payload: Any) -> Any:
        """Send a payload as Slack does; return what the acknowledgement holds."""
        who = {"user": {"id": USER}, "team": {"id": TEAM}, "channel": {"id": CHANNEL}}
        body = urlencode({"payload": json.dumps({**who, **payload})})
        headers = signed(body, at=time.time())
        async with self._session.post(self._url, data=body, headers=headers) as answer:
            assert answer.status == 200
            text = await answer.text()
        return json.loads(text) if text else None

    async def command(self, text: str, url: str) -> None:
        form = {"command": "/mujaz", "text": text, "user_id": USER, "channel_id": CHANNEL, "team_id": TEAM}
        body = urlencode({**form, "trigger_id": "1.2", "response_url": url})
        async with self._session.post(self._url, data=body, headers=signed(body, at=time.time())) as answer:
            assert answer.status == 200


@asynccontextmanager
async def door() -> AsyncIterator[Door]:
    answers, port = Answers(), free_port()
    async with (
        workspace() as peer,
        faults(peer.api) as proxy,
        open_client(BOT_TOKEN, proxy.url) as client,
        ClientSession() as session,
    ):
        bot = SlackBot(client, core_of(answers), signing_secret=SECRET)
        async with served(bot, port):
            yield Door(session, f"http://127.0.0.1:{port}/slack/events", proxy, answers)


async def came(posts: list[dict[str, Any]], count: int = 1) -> dict[str, Any]:
    """Wait for the so many-th answer."""
    await until(lambda: asyncio.sleep(0, posts), lambda seen: len(seen) >= count)
    return posts[count - 1]


async def test_a_message_is_read_for_who_asks_and_shared_where_they_want() -> None:
    story = "اتفق البلدان على &lt;بناء&gt; جسر.\nووقعا <https://example.test/a|مذكرة>."
    async with door() as bot, response_url() as (url, posts):
        about = {"type": "message_action", "callback_id": "read_agreements", "response_url": url}
        message = {"type": "message", "user": "U2", "ts": "1.2", "text": story}
        await bot.tell(**about, trigger_id="1", message=message)
        read = await came(posts)
        assert read["response_type"] == "ephemeral"
        assert "اتفق البلدان على <بناء> جسر" in str(read["blocks"])
        assert "مذكرة" in str(read["blocks"])
        (share,) = buttons(read).values()
        pressed = {"type": "block_actions", "response_url": url, "container": {"is_ephemeral": True}}
        await bot.tell(**pressed, actions=[{**share, "block_id": "b"}])
        assert (await came(posts, 2))["response_type"] == "in_channel"
        await bot.tell(**pressed, actions=[{**share, "block_id": "b", "value": "/share kept:gone"}])
        expired = await came(posts, 3)
    assert expired["response_type"] == "ephemeral"
    assert WORDS("slack.share_expired") in expired["text"]


async def test_a_page_takes_the_place_of_the_page_before_for_its_only_reader() -> None:
    async with door() as bot, response_url() as (url, posts):
        turn = {"type": "button", "action_id": "ask.0.0.turn", "block_id": "b", "value": "/digest 2"}
        for number, alone in enumerate((True, False), start=1):
            told = {"type": "block_actions", "response_url": url, "container": {"is_ephemeral": alone}}
            await bot.tell(**told, actions=[turn])
            assert (await came(posts, number))["replace_original"] is alone


async def test_zones_are_offered_while_one_types() -> None:
    async with door() as bot:
        asked = {"type": "block_suggestion", "action_id": "settings.zone", "block_id": "zone"}
        offered = await bot.tell(**asked, value="الدار")
    assert [option["value"] for option in offered["options"]] == ["Africa/Casablanca"]
    assert "الدار البيضاء" in str(offered)


async def test_settings_saved_from_home_are_shown_there_at_once() -> None:
    async with door() as bot:
        pressed = {"type": "block_actions", "trigger_id": "1.2", "container": {"type": "view"}}
        change = {"type": "button", "action_id": "ask.0.0", "block_id": "b", "value": "/settings"}
        home = {"type": "home", "private_metadata": "D0AMAL"}
        await bot.tell(**pressed, view=home, actions=[change])
        await until(lambda: asyncio.sleep(0, bot.proxy.calls), lambda calls: "views.open" in calls)
        view = _form_of(bot)
        state = {"values": filled(view, rhythm=chosen("now"))}
        sent = await bot.tell(type="view_submission", view={**view, "state": state})
        assert sent["response_action"] == "update"
        judge_view(sent["view"])
        await until(lambda: asyncio.sleep(0, bot.proxy.calls), lambda calls: "views.publish" in calls)
        (subscription,) = await bot.answers.subscriptions.active()
    assert (subscription.chat.id, subscription.wants.times) == ("D0AMAL", ())


def _form_of(bot: Door) -> dict[str, Any]:
    (sent,) = (json.loads(body) for method, body in bot.proxy.bodies if method == "views.open")
    view = sent["view"]
    return dict(json.loads(view) if isinstance(view, str) else view)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("", "slack.joined"),
        ("method_not_supported_for_channel_type", "slack.join_private"),
        ("is_archived", "slack.join_archived"),
    ],
)
async def test_it_joins_when_asked_and_is_sent_what_it_missed(error: str, said: str) -> None:
    async with door() as bot, response_url() as (url, posts):
        stored = bot.answers.subscriptions
        wants = (await core_of(bot.answers).preferences.of(request("", chat=NEWS))).wants
        await stored.subscribe(Subscription(0, NEWS, wants, NOON))
        await stored.suspend(NEWS, "not_in_channel", NOON, None)
        answer = {"ok": not error, "error": error, "channel": {"id": CHANNEL}}
        bot.proxy.next["conversations.join"] = [(200, answer, {})]
        await bot.command("join", url)
        assert WORDS(said) in clean((await came(posts))["text"])
        assert len(await stored.active()) == (0 if error else 1)
