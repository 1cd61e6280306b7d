"""Starts local-slack, another team's Slack workspace in one binary, and shows what it was sent."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.e2e.serving import free_port
from tests.e2e.slack_judges import PEERS, judge_post, judge_view
from tests.e2e.waiting import until

BINARY = PEERS / "node_modules/local-slack-linux-x64/bin/local-slack"
TEAM, BOT, USER, READER = "T01MUJAZ", "U0MUJAZ", "U0AMAL", "U0READER"
CHANNEL, BOT_TOKEN, APP_TOKEN, SECRET = "C0NEWS", "xoxb-mujaz", "xapp-mujaz", "signing-secret"
Json = dict[str, Any]


class SlackPeer:
    """A workspace with two people and two channels; the methods are what people do in it."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._judged: set[str] = set()
        self.url = url
        self.api = f"{url}/api/"

    async def connected(self) -> None:
        """Wait until the bot listens in Socket Mode."""
        await until(self.log, lambda log: any("hello" in str(entry) for entry in log))

    async def command(self, command: str, text: str = "", *, user: str = USER) -> None:
        await self._do("command", channel=CHANNEL, user=user, command=command, text=text)

    async def say(self, text: str, *, channel: str = CHANNEL) -> Json:
        return dict((await self._do("message", channel=channel, user=USER, text=text))["message"])

    async def press(self, message: Json, button: Json) -> None:
        await self._do(
            "interact", channel=message["channel"], messageTs=message["ts"], user=USER, action=button
        )

    async def posts(self, channel: str = CHANNEL) -> list[Json]:
        """What the bot wrote in a channel; each has passed the judges."""
        async with self._session.get(f"{self.url}/_control/messages/{channel}") as answer:
            written = [post for post in (await answer.json())["messages"] if post["user"] == BOT]
        for post in written:
            if (said := json.dumps(post, sort_keys=True)) not in self._judged:
                judge_post(post)
                self._judged.add(said)
        return written

    async def post(self, count: int = 1, channel: str = CHANNEL) -> Json:
        """Wait for the bot's so many-th post and return it."""
        posts = await until(lambda: self.posts(channel), lambda posts: len(posts) >= count)
        return posts[count - 1]

    async def open_home(self) -> None:
        await self._do("open-home", user=USER)

    async def home(self) -> Json:
        """Wait for what the bot shows in a Home tab; it has passed the judges."""

        async def views() -> list[Json]:
            return [entry["detail"] for entry in await self.log() if entry["summary"] == "views.publish"]

        published = (await until(views, bool))[-1]
        judge_view(published["view"])
        return dict(published)

    async def modal(self) -> Json:
        """Wait for the modal that the bot opened; it has passed the judges."""

        async def views() -> list[Json]:
            return [entry["detail"] for entry in await self.log() if entry["summary"] == "views.open"]

        opened = dict((await until(views, bool))[-1]["view"])
        judge_view(opened)
        return opened

    async def submit(self, values: Json) -> Json:
        """Submit the open modal; return what its person then sees: "view_errors" or the next "view"."""
        async with self._session.ws_connect(f"{self.url}/ui") as screen, asyncio.timeout(5):
            await screen.send_json({"t": "view_submit", "user": USER, "values": values})
            async for seen in screen:
                shown: Json = json.loads(seen.data)
                if shown["t"] in ("view", "view_errors"):
                    for view in shown.get("stack") or []:
                        judge_view(_sent(view))
                    return shown
        raise AssertionError("the modal stayed as it was")

    async def direct(self) -> str:
        """The channel of a direct message to the bot."""
        async with self._session.get(f"{self.url}/_control/state") as answer:
            channels = (await answer.json())["channels"]
        return str(next(channel["id"] for channel in channels if channel.get("is_im")))

    async def log(self) -> list[Json]:
        async with self._session.get(f"{self.url}/_control/log") as answer:
            return list((await answer.json())["log"])

    async def _do(self, what: str, **body: Any) -> Json:
        async with self._session.post(f"{self.url}/_control/{what}", json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


def _sent(view: Json) -> Json:
    """The view as it was sent: without what the workspace adds to it."""
    sent = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id")
    return {key: view[key] for key in sent if view.get(key)}


@asynccontextmanager
async def workspace(request_url: str = "", more: Iterable[str] = ()) -> AsyncIterator[SlackPeer]:
    """Run a fresh workspace: Socket Mode, or HTTP to `request_url` if one is given; with `more` channels."""
    if not BINARY.exists():
        raise RuntimeError(f"local-slack is not installed ({BINARY}): run `make peers`, which needs npm")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workspace.json"
        config.write_text(json.dumps(_config(request_url, more)), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            str(BINARY), "--config", str(config), "--port", str(port), "--base-host", "127.0.0.1",
            stdout=asyncio.subprocess.DEVNULL, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        try:
            async with ClientSession() as session:
                peer = SlackPeer(session, f"http://127.0.0.1:{port}")
                await until(lambda: _reachable(port), bool, seconds=20)
                yield peer
        finally:
            process.terminate()
            await process.wait()


async def _reachable(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def _config(request_url: str, more: Iterable[str]) -> Json:
    app = {
        "appId": "A0MUJAZ", "botUserId": BOT, "botName": "mujaz", "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN, "signingSecret": SECRET,
        **({"mode": "events", "requestUrl": request_url} if request_url else {"mode": "socket"}),
    }  # fmt: skip
    people = [
        {"id": USER, "name": "amal", "tz": "Africa/Casablanca"},
        {"id": READER, "name": "reader", "tz": "Asia/Riyadh"},
    ]
    return {
        "workspace": {"name": "Mujaz", "domain": "mujaz", "teamId": TEAM},
        "app": app,
        "users": people,
        "channels": [
            {"id": id_, "name": "news" if id_ == CHANNEL else id_.lower(), "members": [BOT, USER, READER]}
            for id_ in (CHANNEL, *more)
        ],
    }
