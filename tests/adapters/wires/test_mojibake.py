"""Arabic decoded by the wrong page comes back as it was; nothing else changes."""

from __future__ import annotations

import pytest

from adapters.wires.documents import entries
from adapters.wires.entry import Document
from adapters.wires.mojibake import repair
from tests.adapters.wires.builders import ITEMS, URL, rss

TEXT = "اتفق الجانبان الصيني والقطري على ٢٠ بنداً، وفق بيان مشترك صدر في الدوحة."


def browser(content: bytes) -> str:
    """Decode as browsers do: windows-1252, its five gaps standing for themselves."""
    gaps = b"\x81\x8d\x8f\x90\x9d"
    return "".join(chr(byte) if byte in gaps else bytes([byte]).decode("cp1252") for byte in content)


@pytest.mark.parametrize("text", [TEXT, *(body for _, _, body in ITEMS), f"{TEXT} (AFP, {TEXT})"])
def test_utf8_taken_for_latin(text: str) -> None:
    assert repair(browser(text.encode())) == text
    assert repair(text.encode().decode("latin-1")) == text


def test_windows_1256_taken_for_latin() -> None:
    content = TEXT.replace("٢٠", "20").encode("cp1256")
    assert repair(browser(content)) == repair(content.decode("latin-1")) == content.decode("cp1256")


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        "Les présidents français et égyptien réunis à Genève cet été",
        "Übergröße",
        "قمة Élysée éé في باريس",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert repair(text) == text


def test_a_feed_that_its_publisher_encoded_twice() -> None:
    expected = entries(Document(rss().encode(), URL))
    garbled = rss().replace("https://wire.example/خبر/", "https://wire.example/%D8%AE%D8%A8%D8%B1/")
    twice = browser(garbled.encode()).encode()
    assert entries(Document(twice, URL)) == expected
