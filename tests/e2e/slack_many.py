"""A Slack of many workspaces that apps are installed into: its authorisation page and some Web API."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from tests.e2e.serving import serving
from tests.e2e.slack_judges import judge_post, judge_view

CLIENT, CLIENT_SECRET = "11.22", "client-secret"
Json = dict[str, Any]


@dataclass
class ManySlacks:
    """Remembers what was posted where, and by whose token."""

    url: str = ""
    redirect: str = ""  #: the app's own page, as its configuration names it
    team: str = "T1"  #: of whoever looks at the authorisation page
    rotates: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  #: which workspace each is good for
    refreshes: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[str, Json]] = field(default_factory=list)
    views: list[tuple[str, Json]] = field(default_factory=list)
    asked: list[Json] = field(default_factory=list)  #: of the authorisation page
    count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def authorize(self, request: web.Request) -> web.Response:
        """The person agrees: back to the app, with a code that is good once."""
        self.asked.append(dict(request.query))
        code = f"code-{next(self.count)}"
        self.codes[code] = self.team
        answer = urlencode({"code": code, "state": request.query["state"]})
        raise web.HTTPFound(f"{self.redirect}?{answer}")

    async def api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        sent = await request.json() if request.content_type == "application/json" else await request.post()
        sent = {**request.query, **sent}
        if method == "oauth.v2.access":
            return web.json_response(self._access(dict(sent), request))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        team = self.tokens.get(token)
        if team is None:
            return web.json_response({"ok": False, "error": "token_revoked"})
        return web.json_response(self._answer(method, team, dict(sent)))

    def revoke(self, team: str) -> None:
        self.tokens = {token: owner for token, owner in self.tokens.items() if owner != team}

    def _access(self, sent: Json, request: web.Request) -> Json:
        given = sent.get("client_id"), sent.get("client_secret")
        basic = request.headers.get("Authorization", "").startswith("Basic ")
        if given != (CLIENT, CLIENT_SECRET) and not basic:
            return {"ok": False, "error": "bad_client_secret"}
        renewing = sent.get("grant_type") == "refresh_token"
        key = str(sent.get("refresh_token" if renewing else "code"))
        team = (self.refreshes if renewing else self.codes).pop(key, None)  # each is good once
        # The first token ends within the two hours that we renew ahead of.
        return (
            self._granted(team, 43_200 if renewing else 3600)
            if team
            else {"ok": False, "error": "invalid_code"}
        )

    def _granted(self, team: str, seconds: int) -> Json:
        number = next(self.count)
        token, refresh = f"xoxe.xoxb-{team}-{number}", f"xoxe-{team}-{number}"
        self.tokens[token] = team
        granted = {
            "ok": True, "app_id": "A1", "team": {"id": team, "name": team}, "enterprise": {"id": "E1"},
            "authed_user": {"id": f"U{team}"}, "bot_user_id": f"B{team}", "access_token": token,
            "token_type": "bot", "scope": "chat:write,commands", "is_enterprise_install": False,
        }  # fmt: skip
        if self.rotates:
            self.refreshes[refresh] = team
            granted |= {"refresh_token": refresh, "expires_in": seconds}
        return granted

    def _answer(self, method: str, team: str, sent: Json) -> Json:
        answer: Json = {"ok": True}
        if method == "auth.test":
            answer |= {"team_id": team, "bot_id": f"B{team}", "user_id": f"B{team}"}
        elif method == "users.info":
            zone = "Africa/Casablanca" if team == "T1" else "Asia/Riyadh"
            answer["user"] = {"tz": zone, "profile": {"display_name": f"person of {team}"}}
        elif method == "chat.postMessage":
            judge_post(sent)
            self.posts.append((team, sent))
            answer["ts"] = f"{len(self.posts)}.0"
        elif method.startswith("views."):
            judge_view(sent["view"])
            self.views.append((team, sent))
        return answer


async def leave_for_slack(session: ClientSession, url: str) -> tuple[str, str]:
    """Press "Add to Slack"; return where Slack sends the browser back to, and the browser's cookie."""
    async with session.get(f"{url}/slack/install") as page:
        assert page.status == 200
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        link = re.search(r'href="([^"]*authorize[^"]*)"', await page.text())
    assert link
    async with session.get(html.unescape(link[1]), allow_redirects=False) as agreed:
        assert agreed.status == 302
        return agreed.headers["Location"], cookie


async def back(session: ClientSession, address: str, cookie: str = "") -> int:
    """Come back from Slack; return the page's status."""
    async with session.get(address, headers={"Cookie": cookie} if cookie else {}) as page:
        return page.status


@asynccontextmanager
async def many_slacks() -> AsyncIterator[ManySlacks]:
    slack = ManySlacks()
    page, api = web.get("/oauth/v2/authorize", slack.authorize), web.route("*", "/api/{method}", slack.api)
    async with serving(page, api) as slack.url:
        yield slack
