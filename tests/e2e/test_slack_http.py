"""The HTTP door that Slack calls at: who is let in, and what is heard once."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from adapters.slack import SlackBot, open_client
from storage.database import Database
from storage.heard import Heard
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import Answers, core_of, served, signed
from tests.e2e.slack_peer import BOT_TOKEN, CHANNEL, READER, SECRET, TEAM, USER, workspace
from tests.e2e.waiting import until

pytestmark = pytest.mark.peers


async def test_a_button_in_the_home_tab_is_answered_there_for_the_direct_message() -> None:
    answers, port = Answers(), free_port()
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        bot = SlackBot(client, core_of(answers), signing_secret=SECRET)
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
    request, _ = answers.asked
    assert (request.text, request.chat.id, request.zone) == (
        "/subscribe 08:00",
        "D0AMAL",
        "Africa/Casablanca",
    )


async def test_only_slack_itself_is_let_in_over_http() -> None:
    answers, port = Answers(), free_port()
    body = f"command=%2Ftopics&text=ai&user_id={READER}&channel_id={CHANNEL}&team_id={TEAM}&response_url="
    now = time.time()
    unsigned = {"Content-Type": "application/x-www-form-urlencoded"}
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        bot = SlackBot(client, core_of(answers), signing_secret=SECRET)
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


async def test_an_event_told_again_is_answered_once_even_after_a_restart(tmp_path: Path) -> None:
    answers, port = Answers(), free_port()
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    await database.migrate()
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client, ClientSession() as session:
        event = {"type": "app_mention", "user": READER, "text": "موجز", "ts": "1.2", "channel": CHANNEL}
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "team_id": TEAM, "event": event})
        now = time.time()
        for retry in range(3):
            bot = SlackBot(client, replace(core_of(answers), heard=Heard(database)), signing_secret=SECRET)
            async with served(bot, port):
                headers = {**signed(body, at=now - retry), "Content-Type": "application/json"}
                async with session.post(
                    f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers
                ) as got:
                    assert got.status == 200
                await peer.post()
    await database.close()
    assert len(answers.asked) == 1
