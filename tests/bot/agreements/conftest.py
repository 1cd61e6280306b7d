"""The engine, built once: it keeps nothing of the stories it read."""

from __future__ import annotations

import pytest

from bot.agreements.find import Engine
from config.engine import load_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as it is shipped."""
    return load_engine()
