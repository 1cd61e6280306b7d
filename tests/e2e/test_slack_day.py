"""A day in a Slack workspace, from installing to a stop in the middle of a send, in both modes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot import workspaces
from bot.model import Status
from config.words import load_words
from tests.adapters.slack.test_settings_form import filled
from tests.e2e.hosted import hosted
from tests.e2e.slack_day import MODES, Day, slack_day
from tests.e2e.slack_many import back, leave_for_slack
from tests.e2e.slack_peer import CHANNEL, READER, TEAM, USER
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.peers,
    # slack_sdk 3.47 with aiohttp 3.14, whenever it asks for a token.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

WORDS = load_words()["ar"]
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
MENTION: dict[str, Any] = {"user": USER, "text": "المواضيع", "ts": "1.2", "channel": CHANNEL}
STORY = """قطر وفيتنام توقعان اتفاقية
الدوحة في 22 نوفمبر / وكالة / اتفقت قطر وفيتنام في الدوحة اليوم على تسيير رحلة شحن جوي أسبوعية بين البلدين.
واتفق الجانبان على إنشاء مجلس أعمال مشترك يضم 20 شركة من كل بلد.
"""
CORRECTED = STORY.replace("قطر وفيتنام توقعان", "تصحيح: قطر وفيتنام توقعان", 1).replace("20 شركة", "30 شركة")


def another(country: str, companies: int) -> str:
    """A story of the same kind, of other people."""
    return STORY.replace("فيتنام", country).replace("20 شركة", f"{companies} شركة")


def buttons(post: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A post's buttons by their commands."""
    rows = [block["elements"] for block in post["blocks"] if block["type"] == "actions"]
    return {button["value"]: button for row in rows for button in row}


@pytest.mark.parametrize("mode", MODES)
async def test_a_day(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_day(tmp_path, mode, monkeypatch) as today:
        async with today.awake():
            await today.reads(STORY)
            await _installs(today)
            await _morning(today)
            await _buttons(today)
            await _told_again(today)
            sent = await _digest_at_its_hour(today)
            await _correction(today, sent)
            await _line_is_cut(today)
            await _channel_is_archived(today)
            await _token_is_revoked(today)
            await _is_owed_in_two_places(today)
        await _is_stopped_in_the_middle_of_a_send(today, tmp_path)


async def _installs(today: Day) -> None:
    """Until somebody installs us we know nobody; then at once."""
    await today.peer.command("/mujaz", "help")
    assert WORDS("slack.not_installed") in (await today.peer.post())["text"]
    assert await back(today.session, *await leave_for_slack(today.session, today.url)) == 200


async def _morning(today: Day) -> None:
    """Somebody looks around, and has the digest sent to the channel."""
    peer = today.peer
    await peer.open_home()
    home = str((await peer.home())["view"])
    assert "رحلة شحن" in home
    assert WORDS("button.settings") in home
    for number, (command, text, said) in enumerate(
        [
            ("/digest", "", "رحلة شحن"),
            ("/topics", "", WORDS("topics.title")),
            ("/mujaz", "الموجز", "رحلة شحن"),
            ("/mujaz", "topcs", "/topics"),
        ],
        start=2,
    ):
        await peer.command(command, text)
        post = await peer.post(number)
        assert said in str(post), command
        assert post["subtype"] == "ephemeral"
    await peer.command("/mujaz", "settings")
    at = f"{today.clock[0] + HOUR:%H:%M}"
    utc = {"selected_option": {"value": "UTC"}}
    await peer.submit(filled(await peer.modal(), times={"value": at}, zone=utc))
    (subscription,) = await today.mujaz.subscriptions.active()
    assert (subscription.chat.id, subscription.owner, subscription.wants.zone) == (CHANNEL, USER, "UTC")


async def _buttons(today: Day) -> None:
    """An agreement is opened, and the digest shared; who did not ask for it does not end it."""
    peer, before = today.peer, len(await today.peer.posts())
    digest = await peer.post(2)
    opens = next(command for command in buttons(digest) if command.startswith("/agreement"))
    await peer.press(digest, buttons(digest)[opens])
    assert "اتفقت قطر وفيتنام" in str((await peer.post(before + 1))["blocks"])
    await peer.press(digest, buttons(digest)["/share /digest"])
    assert "subtype" not in await peer.post(before + 2)
    await peer.command("/mujaz", "unsubscribe", user=READER)
    assert WORDS("error.not_yours") in (await peer.post(before + 3))["text"]
    assert len(await today.mujaz.subscriptions.active()) == 1


async def _told_again(today: Day) -> None:
    """Slack did not hear us take a mention, and tells of it twice more."""
    before = len(await today.peer.posts())
    for retry in range(3):
        await today.tells("app_mention", "Ev1", retry=retry, **MENTION)
    await today.tells("app_mention", "Ev2", **MENTION)
    await today.peer.post(before + 2)
    await today.peer.command("/mujaz", "help")
    assert (await today.peer.post(before + 3))["subtype"] == "ephemeral"
    assert len(await today.peer.posts()) == before + 3


async def _digest_at_its_hour(today: Day) -> str:
    """The digest waits out a 429, and is sent once."""
    before = len(await today.lasting())
    assert await today.passes(HOUR / 4) == []
    today.slack.throttle("chat.postMessage", 30)
    assert await today.passes(HOUR) == [Status.PENDING]
    assert await today.passes(dt.timedelta(seconds=31)) == [Status.SENT]
    (digest,) = (await today.lasting())[before:]
    assert "20 شركة" in str(digest["blocks"])
    return str(digest["ts"])


async def _correction(today: Day, sent: str) -> None:
    """What was sent is mended in place, and a word said of it in its thread."""
    await today.reads(CORRECTED)
    ended = await today.passes(HOUR)
    assert ended
    assert set(ended) == {Status.SENT}
    digest, notice = [post for post in await today.lasting() if sent in (post["ts"], post.get("thread_ts"))]
    assert digest["ts"] == sent
    assert "30 شركة" in str(digest["blocks"])
    assert notice["thread_ts"] == sent


async def _line_is_cut(today: Day) -> None:
    """What may have arrived is not sent again."""
    await today.reads(another("ماليزيا", 40), "second")
    today.slack.cut("chat.postMessage")
    assert await today.passes(HOUR * 24) == [Status.UNKNOWN]
    assert await today.passes(HOUR) == []


async def _channel_is_archived(today: Day) -> None:
    """Its owner is told once; what it missed comes when it is open again."""
    await today.reads(another("تركيا", 50), "third")
    today.slack.refuse("chat.postMessage", "is_archived")
    assert await today.passes(HOUR * 24) == [Status.PENDING, Status.SENT], (
        "the digest, and a word to its owner"
    )
    today.slack.refuse("chat.postMessage", "is_archived")
    assert await today.passes(HOUR * 2) == [Status.PENDING]
    assert await today.mujaz.subscriptions.active() == ()
    (told,) = await today.peer.posts(await today.peer.direct())
    assert WORDS("closed.is_archived") in told["text"]
    await today.tells("channel_unarchive", "Ev3", channel=CHANNEL, user=USER)
    await until(today.mujaz.subscriptions.active, bool)
    assert await today.passes(MINUTE) == [Status.SENT]
    assert "50 شركة" in str((await today.lasting())[-1]["blocks"])


async def _token_is_revoked(today: Day) -> None:
    """Nobody can be told; the workspace installs us again, and is sent what it missed."""
    direct = await today.peer.direct()
    told = len(await today.peer.posts(direct))
    await today.reads(another("الهند", 60), "fourth")
    today.slack.many.revoke(TEAM)
    assert await today.passes(HOUR * 23) == [Status.PENDING]
    await today.tells("tokens_revoked", "Ev4", tokens={"bot": ["B1"]})
    await today.tells("app_uninstalled", "Ev5")
    await until(today.installed, lambda installed: not installed)
    assert await today.passes(HOUR * 2) == [Status.PENDING]
    (entry,) = await today.mujaz.outbox.entries((Status.PENDING,), 9)
    assert entry.error == "not_installed"
    closed = await today.mujaz.subscriptions.of(entry.chat)
    assert closed
    assert closed.closed
    assert closed.closed.why == workspaces.REMOVED
    assert await back(today.session, *await leave_for_slack(today.session, today.url)) == 200
    assert await today.passes(MINUTE) == [Status.SENT]
    assert "60 شركة" in str((await today.lasting())[-1]["blocks"])
    assert len(await today.peer.posts(direct)) == told


async def _is_owed_in_two_places(today: Day) -> None:
    """The channel and somebody in private are owed two digests each; a message was read."""
    direct = await today.peer.direct()
    before = len(await today.peer.posts(direct))
    await today.peer.say(f"/subscribe {today.clock[0] + HOUR:%H:%M} UTC", channel=direct)
    await today.peer.post(before + 1, direct)
    for country, companies in (("كينيا", 70), ("غانا", 80)):
        await today.reads(another(country, companies), country)
        await today.plans(HOUR * 24)
    story = {"type": "message", "user": READER, "ts": "1.2", "text": another("مالي", 90)}
    await today.acts("message_action", callback_id="read_agreements", trigger_id="1", message=story)
    assert "90 شركة" in str(await today.answered(1))
    today.clock[0] = dt.datetime.now(dt.UTC)
    await today.plans(dt.timedelta())


async def _is_stopped_in_the_middle_of_a_send(today: Day, folder: Path) -> None:
    """Slack takes its time over a digest, and the bot is stopped while it waits; another goes on."""
    before = len(today.slack.calls)
    today.slack.hold("chat.postMessage", 1.5)

    async def sends() -> bool:
        return "chat.postMessage" in today.slack.calls[before:]

    async with hosted(today.environment, folder):
        await until(sends, bool)
    counts = Counter(today.slack.calls[before:])
    assert counts["chat.postMessage"] < 4
    async with hosted(today.environment, folder):
        await today.reachable()
        await _told_again_after_a_restart(today)
        await until(lambda: _arrived(today), lambda arrived: arrived.total() >= 4)
    assert await _arrived(today) == Counter(
        {(where, said): 1 for where in (CHANNEL, await today.peer.direct()) for said in ("70", "80")}
    )


async def _arrived(today: Day) -> Counter[tuple[str, str]]:
    """Which of the last digests arrived where."""
    where = (CHANNEL, await today.peer.direct())
    posts = [(chat, str(post)) for chat in where for post in await today.peer.posts(chat)]
    return Counter((chat, said) for chat, post in posts for said in ("70", "80") if f"{said} شركة" in post)


async def _told_again_after_a_restart(today: Day) -> None:
    """What was heard before the restart is not heard anew, and what was read can still be shared."""
    before = len(await today.peer.posts())
    await today.tells("app_mention", "Ev1", retry=3, **MENTION)
    (share,) = buttons(await today.answered(1)).values()
    await today.acts("block_actions", container={"is_ephemeral": True}, actions=[{**share, "block_id": "b"}])
    shared = await today.answered(2)
    assert shared["response_type"] == "in_channel"
    assert "90 شركة" in str(shared["blocks"])
    threads = [post for post in (await today.peer.posts())[before:] if post.get("thread_ts") == "1.2"]
    assert threads == []
