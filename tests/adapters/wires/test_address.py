"""One spelling for one address."""

from __future__ import annotations

import pytest

from adapters.wires.address import canonical


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("HTTPS://Wire.Example:443/A", "https://wire.example/A"),
        ("http://wire.example", "http://wire.example/"),
        ("https://wire.example/خبر", "https://wire.example/%D8%AE%D8%A8%D8%B1"),
        ("https://wire.example/%d8%ae%d8%a8%d8%b1", "https://wire.example/%D8%AE%D8%A8%D8%B1"),
        ("https://wire.example/a%2fb%41%7e", "https://wire.example/a%2FbA~"),
        ("https://wire.example/a?utm_source=x&id=7&fbclid=9#top", "https://wire.example/a?id=7"),
        ("https://wire.example/a?b=2&a=1", "https://wire.example/a?b=2&a=1"),
        ("https://[2606:4700::1111]:8443/a", "https://[2606:4700::1111]:8443/a"),
        ("/a b", "https://wire.example/a%20b"),
    ],
)
def test_spelling(url: str, spelled: str) -> None:
    assert canonical(url, "https://wire.example/feed/") == spelled
    assert canonical(spelled) == spelled


@pytest.mark.parametrize(
    "url", [None, "", " ", "/" + "a" * 2000, "mailto:a@b", "javascript:x()", "http://[bad", "http://a:b/"]
)
def test_what_is_no_address(url: str | None) -> None:
    assert canonical(url, "https://wire.example/") is None
