"""A Slack that answers from lists, in place of the network."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


def refusal(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    """What the SDK raises for an answer that is no success."""
    response = AsyncSlackResponse(
        client=AsyncWebClient(), http_verb="POST", api_url="", req_args={}, data=data,
        headers=headers or {}, status_code=status,
    )  # fmt: skip
    return api_error(response)


def api_error(response: object) -> SlackApiError:
    return SlackApiError("no", response)  # type: ignore[no-untyped-call]  # the SDK's


class FakeSlack(AsyncWebClient):
    """Fails as `faults` says, in order (None: succeeds); keeps what was posted."""

    def __init__(self, *faults: Exception | None, profile: dict[str, Any] | None = None) -> None:
        super().__init__("xoxb-test")
        self.faults = list(faults)
        self.profile = profile
        self.posted: list[dict[str, Any]] = []
        self.looked_up: list[str] = []

    async def chat_postMessage(self, **post: Any) -> Any:  # noqa: N802 - the SDK's name
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.posted.append(post)
        return {"ok": True, "ts": f"{len(self.posted)}.0"}

    async def users_info(self, **asked: Any) -> Any:
        self.looked_up.append(asked["user"])
        if self.profile is None:
            raise refusal({"ok": False, "error": "missing_scope"})
        return {"ok": True, "user": self.profile}
