"""Slack end to end: a workspace that others wrote, in Socket Mode and over HTTP, by real sockets."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from aiohttp import ClientSession
from starlette.applications import Starlette
from starlette.routing import Route

from adapters.slack import SlackBot, SlackPublisher, open_client
from bot.errors import ConfigError, Gone, NotSent, Refused, Throttled, Uncertain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Chat, Platform, Request
from config.words import load_words
from tests.e2e.slack_faults import faults
from tests.e2e.slack_peer import (
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    CHANNEL,
    READER,
    SECRET,
    TEAM,
    USER,
    SlackPeer,
    free_port,
    until,
    workspace,
)

pytestmark = pytest.mark.peers

NEWS = Chat(Platform.SLACK, CHANNEL, workspace=TEAM)
DIGEST = Message(
    (
        paragraph(Style.HEADING, "موجز الاتفاقات"),
        paragraph(Style.HEADING, "🤝 الصين والولايات المتحدة — بكين"),
        paragraph(Style.BULLET, "الحفاظ على تبادلات رفيعة المستوى <!channel> & G20"),
        paragraph(Style.BULLET, "استقبال الطلبة من كلا البلدين"),
        paragraph(Style.QUOTE, "«اتفق الجانبان على استقبال الطلبة»"),
        Paragraph(Style.NOTE, (Run("المصدر: "), Run("الوكالة", url="https://example.test/a?b=1&c=2"))),
        Paragraph(Style.NOTE, (Run("للاشتراك: "), Run("/subscribe 08:00", code=True))),
    ),
    ((Button("الذكاء الاصطناعي", "/topics ai"), Button("نص الخبر", "/source 2")),),
)


@dataclass
class Answers:
    """Answers everything with the digest, and remembers who asked what."""

    asked: list[Request] = field(default_factory=list)
    delay: float = 0

    async def __call__(self, request: Request) -> Message:
        self.asked.append(request)
        await asyncio.sleep(self.delay)
        if "boom" in request.text:
            raise RuntimeError(f"no such thing {BOT_TOKEN}")
        return DIGEST


@asynccontextmanager
async def over_socket(answers: Answers) -> AsyncIterator[SlackPeer]:
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client:
        bot = SlackBot(client, answer=answers, words=load_words())
        async with bot.connected(APP_TOKEN):
            await until(peer.log, lambda log: any("hello" in str(entry) for entry in log))
            yield peer


@asynccontextmanager
async def over_http(answers: Answers) -> AsyncIterator[SlackPeer]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with workspace(url) as peer, open_client(BOT_TOKEN, peer.api) as client:
        bot = SlackBot(client, answer=answers, words=load_words(), signing_secret=SECRET)
        async with served(bot, port):
            yield peer


@asynccontextmanager
async def served(bot: SlackBot, port: int) -> AsyncIterator[None]:
    app = Starlette(routes=[Route("/slack/events", bot.handle, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


BOTH = pytest.mark.parametrize("mode", [over_socket, over_http])


@BOTH
async def test_slash_commands_are_answered_to_the_asker_alone(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer:
        for number, (command, text) in enumerate(
            [("/topics", "ai"), ("/digest", ""), ("/mujaz", "topics ai"), ("/mujaz", "")], start=1
        ):
            await peer.command(command, text)
            assert (await peer.post(number))["subtype"] == "ephemeral"
    assert [request.text for request in answers.asked] == ["/topics ai", "/digest", "/topics ai", "/help"]
    assert answers.asked[0] == Request(NEWS, "U0AMAL", "/topics ai", "ar", "Africa/Casablanca")


@BOTH
async def test_slack_has_its_acknowledgement_while_the_answer_is_still_being_made(mode: Any) -> None:
    answers = Answers(delay=3.5)
    async with mode(answers) as peer:
        started = time.monotonic()
        await peer.command("/topics", "ai")
        acknowledged = time.monotonic() - started
        await until(peer.posts, bool, seconds=6)
    assert acknowledged < 1


@BOTH
async def test_a_button_is_the_same_as_its_command(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer, open_client(BOT_TOKEN, peer.api) as client:
        await SlackPublisher(client).send(NEWS, DIGEST)
        post = await peer.post()
        button = post["blocks"][-1]["elements"][0]
        await peer.press(post, button)
        assert (await peer.post(2))["subtype"] == "ephemeral"
    assert [request.text for request in answers.asked] == ["/topics ai"]


@BOTH
async def test_the_home_tab_shows_the_digest(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer:
        await peer.open_home()
        home = await peer.home()
        direct = await peer.direct()
    assert home["user_id"] == USER
    assert "موجز الاتفاقات" in str(home["view"])
    assert home["view"]["private_metadata"] == direct
    assert [(request.text, request.chat.id) for request in answers.asked] == [("/digest", direct)]


async def test_a_button_in_the_home_tab_is_answered_there_for_the_direct_message() -> None:
    answers, port = Answers(), free_port()
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        bot = SlackBot(client, answer=answers, words=load_words(), signing_secret=SECRET)
        pressed = {
            "type": "block_actions",
            "user": {"id": USER},
            "team": {"id": TEAM},
            "container": {"type": "view", "view_id": "V1"},
            "view": {"type": "home", "private_metadata": "D0AMAL"},
            "actions": [{"type": "button", "action_id": "ask.0.0", "value": "/subscribe 08:00"}],
        }
        body = urlencode({"payload": json.dumps(pressed)})
        async with served(bot, port):
            url = f"http://127.0.0.1:{port}/slack/events"
            async with session.post(url, data=body, headers=signed(body, at=time.time())) as got:
                assert got.status == 200
            home = await peer.home()
    assert home["user_id"] == USER
    (request,) = answers.asked
    assert (request.text, request.chat.id, request.zone) == (
        "/subscribe 08:00",
        "D0AMAL",
        "Africa/Casablanca",
    )


@BOTH
async def test_mentions_are_answered_in_a_thread_and_direct_messages_in_place(mode: Any) -> None:
    answers = Answers()
    async with mode(answers) as peer:
        said = await peer.say(f"<@{BOT}> المواضيع الذكاء الاصطناعي")
        assert (await peer.post())["thread_ts"] == said["ts"]
        await peer.say("الموجز", channel=BOT)
        assert "thread_ts" not in await peer.post(channel=await peer.direct())
    assert [request.text for request in answers.asked] == ["المواضيع الذكاء الاصطناعي", "الموجز"]


@BOTH
async def test_a_fault_of_ours_is_one_clear_sentence(mode: Any) -> None:
    async with mode(Answers()) as peer:
        await peer.command("/mujaz", "boom")
        post = await peer.post()
    assert load_words()["ar"]("error.internal") in post["text"]
    assert BOT_TOKEN not in str(post)


async def test_an_answer_being_made_at_shutdown_is_still_given() -> None:
    answers = Answers(delay=0.5)
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client:
        bot = SlackBot(client, answer=answers, words=load_words())
        async with bot.connected(APP_TOKEN):
            await until(peer.log, lambda log: any("hello" in str(entry) for entry in log))
            await peer.command("/digest")
            await until(lambda: asyncio.sleep(0, answers.asked), bool)
        assert len(await peer.posts()) == 1


async def test_an_app_token_that_slack_refuses_is_told_at_once() -> None:
    async with (
        workspace() as peer,
        faults(peer.api) as proxy,
        open_client(BOT_TOKEN, proxy.url) as client,
    ):
        proxy.refuse("apps.connections.open", "invalid_auth")
        with pytest.raises(ConfigError, match="invalid_auth"):
            async with SlackBot(client, answer=Answers(), words=load_words()).connected("xapp-wrong"):
                pass


async def test_a_slack_that_is_away_at_the_start_does_not_hold_us_up() -> None:
    async with (
        open_client(BOT_TOKEN, f"http://127.0.0.1:{free_port()}/api/") as client,
        SlackBot(client, answer=Answers(), words=load_words()).connected(APP_TOKEN),
    ):
        await asyncio.sleep(0.1)


async def test_a_digest_arrives_with_its_continuation_in_the_thread() -> None:
    long = Message(
        tuple(
            paragraph(Style.BULLET, f"تعزيز التعاون في المجال {n} " + "بين البلدين " * 20) for n in range(90)
        )
    )
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client:
        ids = await SlackPublisher(client).send(NEWS, long)
        posts = await peer.posts()
    assert len(ids) > 1
    assert [post["ts"] for post in posts] == list(ids)
    assert {post.get("thread_ts") for post in posts[1:]} == {ids[0]}


async def test_what_slack_refuses_is_told_apart() -> None:
    async with (
        workspace() as peer,
        faults(peer.api) as proxy,
        open_client(BOT_TOKEN, proxy.url) as client,
    ):
        publisher = SlackPublisher(client)
        proxy.throttle("chat.postMessage", 7)
        with pytest.raises(Throttled) as throttled:
            await publisher.send(NEWS, DIGEST)
        assert throttled.value.retry_after.total_seconds() == 7
        for error, group in {"is_archived": Gone, "msg_too_long": Refused, "fatal_error": Uncertain}.items():
            proxy.refuse("chat.postMessage", error)
            with pytest.raises(group, match=error):
                await publisher.send(NEWS, DIGEST)
        proxy.refuse("chat.postMessage", "", status=502)
        with pytest.raises(Uncertain):
            await publisher.send(NEWS, DIGEST)
        with pytest.raises(Gone):
            await publisher.send(Chat(Platform.SLACK, "C0NOWHERE", workspace=TEAM), DIGEST)
        assert await peer.posts() == []


async def test_a_line_cut_after_sending_is_never_sent_again() -> None:
    async with (
        workspace() as peer,
        faults(peer.api) as proxy,
        open_client(BOT_TOKEN, proxy.url) as client,
    ):
        proxy.cut("chat.postMessage")
        with pytest.raises(Uncertain):
            await SlackPublisher(client).send(NEWS, DIGEST)
        assert proxy.calls == ["chat.postMessage"]
        assert len(await peer.posts()) == 1


async def test_a_workspace_that_is_away_has_been_sent_nothing() -> None:
    async with open_client(BOT_TOKEN, f"http://127.0.0.1:{free_port()}/api/") as client:
        with pytest.raises(NotSent):
            await SlackPublisher(client).send(NEWS, DIGEST)


def signed(body: str, *, at: float, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


async def test_only_slack_itself_is_let_in_over_http() -> None:
    answers, port = Answers(), free_port()
    body = f"command=%2Ftopics&text=ai&user_id={READER}&channel_id={CHANNEL}&team_id={TEAM}&response_url="
    now = time.time()
    unsigned = {"Content-Type": "application/x-www-form-urlencoded"}
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        bot = SlackBot(client, answer=answers, words=load_words(), signing_secret=SECRET)
        url = f"http://127.0.0.1:{port}/slack/events"
        body += f"{peer.url}/_hooks/response/none"

        async def status(headers: dict[str, str]) -> int:
            async with session.post(url, data=body, headers=headers) as answer:
                return answer.status

        async with served(bot, port):
            refused = {
                "missing": unsigned,
                "wrong": signed(body, at=now, secret="another"),
                "old": signed(body, at=now - 360),
                "future": signed(body, at=now + 360),
                "of another body": signed(body + "x", at=now),
            }
            assert {why: await status(headers) for why, headers in refused.items()} == dict.fromkeys(
                refused, 401
            )
            assert answers.asked == []
            genuine = signed(body, at=now)
            assert await status(genuine) == 200
            assert await status(genuine) == 401, "a replay"
            await until(lambda: asyncio.sleep(0, answers.asked), bool)
    assert len(answers.asked) == 1


async def test_an_event_told_again_is_answered_once() -> None:
    answers, port = Answers(), free_port()
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        bot = SlackBot(client, answer=answers, words=load_words(), signing_secret=SECRET)
        event = {"type": "app_mention", "user": READER, "text": "موجز", "ts": "1.2", "channel": CHANNEL}
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "team_id": TEAM, "event": event})
        now = time.time()
        async with served(bot, port):
            for retry in range(3):
                headers = {**signed(body, at=now - retry), "Content-Type": "application/json"}
                async with session.post(
                    f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers
                ) as got:
                    assert got.status == 200
            await peer.post()
    assert len(answers.asked) == 1
