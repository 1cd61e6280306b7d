"""A Telegram of other people's making: lo-bot-api-emulator's Bot API and the parser of Telegram's own tdjson.

Run as a process: `python -m tests.e2e.telegram_peer PORT`. We add the bot's name, the updates and parameters
that the emulator leaves out, faults on demand, a judgement of each text and request, and a record of them. A
request that fails the judgement is refused and stays on record as judged.
"""

from __future__ import annotations

import asyncio
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
RIGHTS = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
UNITS, ENTITIES, BYTES = 4096, 100, 32_768
ADMIN = 11  #: the one user who is an administrator everywhere
ADMINISTRATOR = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_post_messages",
)  # fmt: skip
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
NO_CHAT = "Bad Request: chat not found"

CHANNELS = {"@wire_news": -1002}  #: by their names
PROFILE = ("MyCommands", "MyDescription", "MyShortDescription", "ChatMenuButton")
#: Where a method's text stands, for each method that has one.
TEXTS = {"sendMessage": "text", "editMessageText": "text", "sendPhoto": "caption"}

updates.KINDS |= {"channel_post", "edited_message", "edited_channel_post", "my_chat_member"}
for _name, _more in {
    "sendMessage": ["link_preview_options", "message_thread_id"],
    "editMessageText": ["link_preview_options"],
    "sendPhoto": ["message_thread_id"],
    "answerInlineQuery": ["button"],
}.items():
    lo_bot_api_emulator.CONTRACT["methods"][_name]["parameters"] += _more


class Peer(LoBotApiEmulator):  # type: ignore[misc]  # the emulator has no types
    """The emulator with faults, judgement and a record."""

    def __init__(self) -> None:
        super().__init__(enable_control=True, allow_insecure_loopback_webhooks=True)
        self.profile: dict[tuple[str, str, str], Any] = {}
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
        if name := TEXTS.get(method):
            call["text"], faults = judge_text({**fields, "text": fields.get(name, "")})
            call["judged"] += faults
        call["judged"] += judge_results(fields) if method == "answerInlineQuery" else []
        answer = await self._answer(call, request) or await super().handle(request)
        call["status"] = answer.status
        return answer

    async def _answer(self, call: Json, request: web.Request) -> web.StreamResponse | None:
        if call["judged"]:
            return refusal({"code": 400, "description": f"Bad Request: {call['judged'][0]}"})
        if fault := self._fault(call):
            if delay := fault.get("delay"):
                await asyncio.sleep(delay)
                return None
            if fault.get("hang_up") and request.transport:
                request.transport.close()
            return refusal(fault)
        return self._ours(call["method"], call["fields"])

    def _ours(self, method: str, fields: Mapping[str, str]) -> web.StreamResponse | None:
        """What the emulator does not model, or not enough."""
        if method == "getMe":
            return granted({**ME, **RIGHTS})
        if method == "sendPhoto":  # whose upload we have read already
            chat = {"id": int(fields["chat_id"]), "type": "supergroup", "title": "X"}
            return granted({"message_id": 9000, "date": 1, "chat": chat})
        if method == "getChatMember":
            return granted(member(int(fields["user_id"])))
        if method == "getChat":
            id_ = CHANNELS.get(fields["chat_id"])
            return granted(full(id_)) if id_ else refusal({"code": 400, "description": NO_CHAT})
        return granted(self._profile(method, fields)) if method[3:] in PROFILE else None

    def _profile(self, method: str, fields: Mapping[str, str]) -> Any:
        """What a bot may have shown of itself, by scope and language."""
        key = method[3:], fields.get("scope", ""), fields.get("language_code", "")
        if method.startswith("set"):
            self.profile[key] = fields
            return True
        given = self.profile.get(key, {})
        if method == "getMyCommands":
            return json.loads(given.get("commands", "[]"))
        if method == "getChatMenuButton":
            return json.loads(given.get("menu_button", '{"type": "default"}'))
        name = "description" if method == "getMyDescription" else "short_description"
        return {name: given.get(name, "")}

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
        """Take a fault: {method, code, description[, parameters, chat, spare, hang_up, delay]}."""
        self.faults.append(await request.json())
        return web.json_response({"ok": True})

    async def reset(self, _: web.Request) -> web.Response:
        """Forget everything: a new test begins."""
        self.faults.clear()
        self.calls.clear()
        self.profile.clear()
        self._update_queues = updates.UpdateQueues(record=self._record, insecure_webhooks=True)
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


def judge_results(fields: Mapping[str, str]) -> list[str]:
    """Judge the texts that inline results would become."""
    contents = [result["input_message_content"] for result in json.loads(fields["results"])]
    texts = [{"text": content["message_text"], "parse_mode": content["parse_mode"]} for content in contents]
    return [fault for text in texts for fault in judge_text(text)[1]]


def td(query: Json) -> Json:
    """Ask tdjson something that needs no account."""
    answer: Json = json.loads(tdjson.td_execute(json.dumps(query).encode()) or b"{}")
    return answer


def member(user: int) -> Json:
    """A ChatMember: an administrator or a plain one."""
    who = {"id": user, "is_bot": user == ME["id"], "first_name": "X"}
    if user == ME["id"]:
        return {"status": "administrator", "user": who, **dict.fromkeys(ADMINISTRATOR, True)}
    if user != ADMIN:
        return {"status": "member", "user": who}
    return {"status": "creator", "user": who, "is_anonymous": False}


def full(chat: int) -> Json:
    """A channel's ChatFullInfo."""
    return {
        "id": chat,
        "type": "channel",
        "title": "Wire",
        "accent_color_id": 1,
        "max_reaction_count": 1,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def granted(result: Any) -> web.Response:
    """An answer as Telegram grants."""
    return web.json_response({"ok": True, "result": result})


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
