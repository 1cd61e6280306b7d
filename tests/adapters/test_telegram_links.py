"""Deep links come back as the command they were made of."""

from __future__ import annotations

import pytest

from adapters.telegram.links import followed, link


@pytest.mark.parametrize(
    "command", ["/topics ai", "/topics human-rights 2", "/agreement 12", "/source 1", "/edition 5 2"]
)
def test_a_link_asks_what_it_was_made_of(command: str) -> None:
    address = link("mujaz_bot", command)
    assert address is not None
    payload = address.partition("?start=")[2]
    assert payload.isascii()
    assert len(payload) <= 64
    assert followed(f"/start {payload}") == command


@pytest.mark.parametrize(
    "command", ["/topics", "/search اتفاق", "/forget now", "/topics a_b", "/topics " + "a" * 60]
)
def test_what_no_link_can_carry_has_none(command: str) -> None:
    assert link("mujaz_bot", command) is None
