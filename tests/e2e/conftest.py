"""What several tests share: one Telegram for a module's tests, new to each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from tests.e2e.telegram_chats import Chats

#: Without the [peers] extra there is nobody to talk to, and nothing here can be imported.
collect_ignore_glob = [] if find_spec("lo_bot_api_emulator") else ["test_*.py"]


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    from tests.e2e.telegram_chats import telegram  # noqa: PLC0415 - see above

    with telegram() as url:
        yield url


@pytest_asyncio.fixture
async def chats(telegram_url: str) -> AsyncIterator[Chats]:
    from tests.e2e.telegram_chats import chats_of  # noqa: PLC0415 - see above

    async with chats_of(telegram_url) as fresh:
        yield fresh
