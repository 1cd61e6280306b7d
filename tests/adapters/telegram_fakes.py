"""A Telegram in memory: what PTB asks is recorded, what it gets is scripted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from tests.e2e.telegram_schema import bot_api

Json = dict[str, Any]
API = bot_api()  #: judges each request where the Bot API's description is at hand
Outcome = tuple[int, Json] | Exception

USER: Json = {"id": 42, "is_bot": False, "first_name": "Amal", "language_code": "ar"}
ME: Json = {"id": 7, "is_bot": True, "first_name": "Mujaz", "username": "mujaz_bot"}
SENT: Json = {"message_id": 1, "date": 1, "chat": {"id": 42, "type": "private"}}


class Wire(BaseRequest):
    """Takes PTB's requests. A method's outcomes come in turn; past the last one all is well."""

    def __init__(self, **outcomes: Sequence[Outcome]) -> None:
        self.calls: list[tuple[str, Json]] = []
        self._outcomes = {method: list(script) for method, script in outcomes.items()}
        self._sent = 100

    @property
    def read_timeout(self) -> float:
        return 1

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        assert method == "POST"
        name = url.rsplit("/", 1)[1]
        self.calls.append((name, dict(request_data.parameters) if request_data else {}))
        if API and request_data:
            files = dict.fromkeys(request_data.multipart_data or (), "a file")
            assert API.faults(name, {**request_data.json_parameters, **files}) == []
        script = self._outcomes.get(name)
        outcome = script.pop(0) if script else (200, {"ok": True, "result": self._result(name)})
        if isinstance(outcome, Exception):
            raise outcome
        code, body = outcome
        return code, json.dumps(body).encode()

    def _result(self, name: str) -> Any:
        self._sent += 1
        sent = {**SENT, "message_id": self._sent}
        return {"getMe": ME, "sendMessage": sent, "sendPhoto": sent}.get(name, True)

    def bot(self) -> Bot:
        """A bot on this wire."""
        return Bot("7:token", request=self, get_updates_request=self)


def refusal(code: int, description: str, **parameters: int) -> Outcome:
    """An answer as Telegram refuses."""
    body = {"ok": False, "error_code": code, "description": description}
    return code, {**body, "parameters": parameters} if parameters else body


def failure(error: Exception, cause: Exception) -> Exception:
    """PTB's error as it raises it from httpx's."""
    error.__cause__ = cause
    return error
