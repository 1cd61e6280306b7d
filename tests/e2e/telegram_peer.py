"""A Telegram of other people's making: lo-bot-api-emulator's Bot API and the parser of Telegram's own tdjson.

Run as a process: `python -m tests.e2e.telegram_peer PORT`. We add the bot's name, the updates and parameters
that the emulator leaves out, faults on demand, a judgement of each text and request, and a record of them. A
request that fails the judgement is refused and stays on record as judged.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import lo_bot_api_emulator
import tdjson
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator, updates

from tests.e2e.telegram_schema import bot_api

Json = dict[str, Any]

ME = {"id": 7, "is_bot": True, "first_name": "Mujaz", "username": "mujaz_bot"}
RIGHTS = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
UNITS, ENTITIES, BYTES = 4096, 100, 32_768
ADMIN = 11  #: the one user who is an administrator everywhere

updates.KINDS |= {"channel_post", "edited_message", "edited_channel_post", "my_chat_member"}
for _name in ("sendMessage", "editMessageText"):
    _parameters = lo_bot_api_emulator.CONTRACT["methods"][_name]["parameters"]
    _parameters += ["link_preview_options", "message_thread_id"]


class Peer(LoBotApiEmulator):  # type: ignore[misc]  # the emulator has no types
    """The emulator with faults, judgement and a record."""

    def __init__(self) -> None:
        super().__init__(enable_control=True)
        self.faults: list[Json] = []
        self.calls: list[Json] = []
        self._api = bot_api()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Judge, fail on demand, answer what the emulator does not model, and leave it the rest."""
        method = request.match_info["method"]
        fields = {name: str(value) for name, value in (await request.post()).items()}
        call: Json = {"method": method, "fields": fields, "status": 0, "judged": [], "text": ""}
        if method != "getUpdates":
            self.calls.append(call)
        call["judged"] += self._api.faults(method, fields) if self._api else []
        if method == "sendMessage":
            call["text"], faults = judge_text(fields)
            call["judged"] += faults
        answer = self._answer(call, request) or await super().handle(request)
        call["status"] = answer.status
        return answer

    def _answer(self, call: Json, request: web.Request) -> web.StreamResponse | None:
        if call["judged"]:
            return refusal({"code": 400, "description": f"Bad Request: {call['judged'][0]}"})
        if fault := self._fault(call):
            if fault.get("hang_up") and request.transport:
                request.transport.close()
            return refusal(fault)
        if call["method"] == "getMe":
            return web.json_response({"ok": True, "result": {**ME, **RIGHTS}})
        if call["method"] == "getChatMember":
            return web.json_response({"ok": True, "result": member(int(call["fields"]["user_id"]))})
        return None

    def _fault(self, call: Json) -> Json | None:
        """The next fault planned for this method and chat, once the calls it spares are over."""
        chat = call["fields"].get("chat_id")
        for fault in self.faults:
            if fault["method"] != call["method"] or fault.get("chat", chat) != chat:
                continue
            if fault.get("spare", 0):
                fault["spare"] -= 1
                return None
            self.faults.remove(fault)
            return fault
        return None

    async def plan(self, request: web.Request) -> web.Response:
        """Take a fault: {method, code, description[, parameters, chat, spare, hang_up]}."""
        self.faults.append(await request.json())
        return web.json_response({"ok": True})

    async def reset(self, _: web.Request) -> web.Response:
        """Forget everything: a new test begins."""
        self.faults.clear()
        self.calls.clear()
        self._update_queues = updates.UpdateQueues(record=self._record)
        return web.json_response({"ok": True})

    async def record(self, _: web.Request) -> web.Response:
        """Every call but getUpdates, in order."""
        return web.json_response(self.calls)


def judge_text(fields: Mapping[str, str]) -> tuple[str, list[str]]:
    """Parse a text as Telegram does; return what a reader sees and what Telegram would find wrong."""
    text = fields.get("text", "")
    if len(text.encode()) > BYTES:
        return text, ["text is too long"]
    parsed: Json = {"text": text, "entities": []}
    if fields.get("parse_mode") == "HTML":
        parsed = td(
            {"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}}
        )
    if parsed.get("@type") == "error":
        return text, [parsed["message"]]
    faults = ["message text is empty"] if not parsed["text"].strip() else []
    faults += ["message is too long"] if len(parsed["text"].encode("utf-16-le")) // 2 > UNITS else []
    faults += ["too many entities"] if len(parsed["entities"]) > ENTITIES else []
    return parsed["text"], faults


def td(query: Json) -> Json:
    """Ask tdjson something that needs no account."""
    answer: Json = json.loads(tdjson.td_execute(json.dumps(query).encode()) or b"{}")
    return answer


def member(user: int) -> Json:
    """A ChatMember: an administrator or a plain one."""
    who = {"id": user, "is_bot": False, "first_name": "X"}
    if user != ADMIN:
        return {"status": "member", "user": who}
    return {"status": "creator", "user": who, "is_anonymous": False}


def refusal(fault: Mapping[str, Any]) -> web.Response:
    """An answer as Telegram refuses."""
    body = {"ok": False, "error_code": fault["code"], "description": fault["description"]}
    if parameters := fault.get("parameters"):
        body["parameters"] = parameters
    return web.json_response(body, status=fault["code"])


def main(port: int) -> None:
    """Serve on 127.0.0.1 until terminated."""
    td({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
    peer = Peer()
    app = peer.app()
    app.router.add_post("/__peer/faults", peer.plan)
    app.router.add_post("/__peer/reset", peer.reset)
    app.router.add_get("/__peer/calls", peer.record)
    web.run_app(app, host="127.0.0.1", port=port, print=lambda _: None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
