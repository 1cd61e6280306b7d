"""What the webhook takes, and from whom."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from adapters.telegram.webhook import HEADER, Webhook

URL = "https://news.example/telegram"


class Taken(list[dict[str, Any]]):
    """The updates that were taken."""

    async def take(self, update: dict[str, Any]) -> None:
        self.append(update)


async def post(webhook: Webhook, body: bytes, secret: str | None = None) -> int:
    headers = {} if secret == "" else {HEADER.encode(): (secret or webhook.secret).encode()}
    transport = httpx.ASGITransport(Starlette(routes=[webhook.route]))
    async with httpx.AsyncClient(transport=transport, base_url="https://news.example") as client:
        with capture_logs():
            return (await client.post("/telegram", content=body, headers=headers)).status_code


def opened() -> tuple[Webhook, Taken]:
    webhook, taken = Webhook(URL, "7:token"), Taken()
    webhook.open(taken.take)
    return webhook, taken


def test_the_secret_is_ours_alone_and_of_the_signs_that_telegram_allows() -> None:
    assert Webhook(URL, "7:token").secret == Webhook(URL, "7:token").secret != Webhook(URL, "7:other").secret
    assert Webhook(URL, "7:token").secret.isalnum()


async def test_an_update_is_taken_once_however_often_it_comes() -> None:
    webhook, taken = opened()
    assert [await post(webhook, b'{"update_id": 1}') for _ in range(2)] == [200, 200]
    assert taken == [{"update_id": 1}]


@pytest.mark.parametrize("secret", ["", "wrong", "\u00e9"])
async def test_a_stranger_is_refused(secret: str) -> None:
    webhook, taken = opened()
    assert await post(webhook, b'{"update_id": 1}', secret) == 403
    assert taken == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"message": 1}', b"\xff"])
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    webhook, taken = opened()
    assert await post(webhook, body) == 400
    assert taken == []


async def test_before_and_after_our_time_telegram_keeps_them() -> None:
    webhook, taken = opened()
    webhook.close()
    assert await post(webhook, b'{"update_id": 1}') == 503
    webhook.open(taken.take)
    assert await post(webhook, b'{"update_id": 1}') == 200
    assert len(taken) == 1
