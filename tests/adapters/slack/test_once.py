"""What Slack tells twice is handled once, whichever process hears it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.once import once
from tests.adapters.slack.fakes import FakeHeard


class Handled:
    """Counts what got through the middleware, over one memory and as many processes as are asked."""

    def __init__(self) -> None:
        self.heard = FakeHeard()
        self.count = 0

    async def tell(
        self, event: str, *, team: str = "T1", signature: str = "", mode: str = "socket_mode"
    ) -> int:
        async def next_() -> BoltResponse:
            self.count += 1
            return BoltResponse(status=200, body="")

        body = {"event_id": event, "team_id": team}
        headers: dict[str, str | Sequence[str]] = {
            "x-slack-signature": signature,
            "content-type": "application/json",
        }
        request = AsyncBoltRequest(
            body=json.dumps(body) if mode == "http" else body, mode=mode, headers=headers
        )
        answer = await once(self.heard)(request, next_)
        return answer.status if answer else 0


async def test_an_event_told_again_is_acknowledged_and_dropped_even_by_another_process() -> None:
    handled = Handled()
    assert [await handled.tell("Ev1"), await handled.tell("Ev1"), await handled.tell("Ev2")] == [0, 200, 0]
    assert handled.count == 2


async def test_the_same_event_of_another_workspace_is_another() -> None:
    handled = Handled()
    assert [await handled.tell("Ev1"), await handled.tell("Ev1", team="T2")] == [0, 0]


async def test_a_request_that_comes_again_as_it_was_is_refused() -> None:
    handled = Handled()
    told = [await handled.tell(event, signature="v0=a", mode="http") for event in ("Ev1", "Ev2")]
    assert told == [0, 401]
