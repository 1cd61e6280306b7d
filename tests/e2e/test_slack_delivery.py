"""Bulletins into a Slack workspace that others wrote, through a proxy that fails as Slack does."""

from __future__ import annotations

import pytest

from adapters.slack import OneWorkspace, SlackPublisher, open_client
from bot.errors import Gone, NotSent, Refused, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import DIGEST, NEWS
from tests.e2e.slack_faults import faults
from tests.e2e.slack_peer import BOT_TOKEN, TEAM, workspace

pytestmark = pytest.mark.peers


async def test_a_digest_arrives_with_its_continuation_in_the_thread() -> None:
    long = Message(
        tuple(
            paragraph(Style.BULLET, f"تعزيز التعاون في المجال {n} " + "بين البلدين " * 20) for n in range(90)
        )
    )
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client:
        ids = await SlackPublisher(OneWorkspace(client)).send(NEWS, long)
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
        publisher = SlackPublisher(OneWorkspace(client))
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
            await SlackPublisher(OneWorkspace(client)).send(NEWS, DIGEST)
        assert proxy.calls == ["chat.postMessage"]
        assert len(await peer.posts()) == 1


async def test_a_workspace_that_is_away_has_been_sent_nothing() -> None:
    async with open_client(BOT_TOKEN, f"http://127.0.0.1:{free_port()}/api/") as client:
        with pytest.raises(NotSent):
            await SlackPublisher(OneWorkspace(client)).send(NEWS, DIGEST)
