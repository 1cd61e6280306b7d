"""The engine and its reader of parties, built once: they keep nothing of the stories they read."""

from __future__ import annotations

import pytest

from bot.agreements.find import Engine
from config.engine import load_engine
from tests.bot.agreements.casts import Resolve, resolver


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as it is shipped."""
    return load_engine()


@pytest.fixture(scope="session")
def resolve() -> Resolve:
    """Names the parties of a point in a story."""
    return resolver()
