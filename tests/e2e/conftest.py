"""What several tests share: one Telegram for a module's tests, new to each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.e2e.telegram_chats import Chats, chats_of, telegram


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with telegram() as url:
        yield url


@pytest_asyncio.fixture
async def chats(telegram_url: str) -> AsyncIterator[Chats]:
    async with chats_of(telegram_url) as fresh:
        yield fresh
