"""People talk to the bot, in Socket Mode and over HTTP: real sockets, a Slack workspace that others wrote."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from adapters.slack import OneWorkspace, SlackBot, SlackPublisher, open_client
from bot.errors import ConfigError
from bot.message import Message, Style, paragraph
from bot.model import Request
from config.words import load_words
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import DIGEST, NEWS, Answers, core_of, over_http, over_socket
from tests.e2e.slack_faults import faults
from tests.e2e.slack_peer import APP_TOKEN, BOT, BOT_TOKEN, USER, workspace
from tests.e2e.waiting import until

pytestmark = pytest.mark.peers

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
    assert answers.asked[0] == Request(
        NEWS, "U0AMAL", "/topics ai", "ar", "Africa/Casablanca", may_stop=False
    )


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
        await SlackPublisher(OneWorkspace(client)).send(NEWS, DIGEST)
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
    assert [(request.text, request.chat.id) for request in answers.asked] == [
        ("/digest", direct),
        ("/settings", direct),
    ]


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
        bot = SlackBot(client, core_of(answers))
        async with bot.connected(APP_TOKEN):
            await peer.connected()
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
            async with SlackBot(client, core_of(Answers())).connected("xapp-wrong"):
                pass


async def test_a_slack_that_is_away_at_the_start_does_not_hold_us_up() -> None:
    async with (
        open_client(BOT_TOKEN, f"http://127.0.0.1:{free_port()}/api/") as client,
        SlackBot(client, core_of(Answers())).connected(APP_TOKEN),
    ):
        await asyncio.sleep(0.1)


async def test_a_very_long_answer_keeps_to_the_five_uses_of_its_address() -> None:
    line = "تعزيز التعاون بين البلدين " * 20
    answers = Answers(Message(tuple(paragraph(Style.BULLET, f"{n} {line}") for n in range(200))))
    async with over_socket(answers) as peer:
        await peer.command("/digest")
        await peer.post(5)
        posts = await peer.posts()
    assert {post["subtype"] for post in posts} == {"ephemeral"}
    assert len(posts) == 5
