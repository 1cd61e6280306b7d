"""What Slack tells twice is handled once, for as long as it may come again."""

from __future__ import annotations

from adapters.slack.once import Seen


def test_a_key_is_new_once() -> None:
    seen = Seen()
    assert [seen.again(key) for key in ("a", "b", "a", "b", "c")] == [False, False, True, True, False]


def test_only_the_last_ones_are_remembered() -> None:
    seen = Seen(limit=2)
    assert [seen.again(key) for key in ("a", "b", "c", "c", "b", "a")] == [
        False,
        False,
        False,
        True,
        True,
        False,
    ]
