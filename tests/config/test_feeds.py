"""The feeds an operator wants, and what is said when the file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigError
from config.feeds import load_feeds


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_bundled_feeds_are_our_samples_and_nothing_on_the_network() -> None:
    enabled = [feed for feed in load_feeds() if feed.enabled]
    assert len(enabled) == 4
    assert all(feed.slug.startswith("sample-") and feed.url is None for feed in enabled)


def test_a_feed_is_an_address_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    path = write(
        tmp_path,
        '[feeds.a]\nname = "أ"\nurl = "https://a.example/rss"\nenabled = false\n'
        '[feeds.b]\nname = "ب"\nfolder = "drop"\n',
    )
    first, second = load_feeds(path)
    assert (first.url, first.enabled, first.language) == ("https://a.example/rss", False, "ar")
    assert (second.folder, second.enabled) == (str(tmp_path / "drop"), True)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'colour = 1\n[feeds.A_b]\nname = "x"\nurl = "https://a.example"\n[feeds.b]\nname = ""\nurl = "ftp://a"\n'
        '[feeds.c]\nname = "x"\n[feeds.d]\nname = "x"\nfolder = "gone"\n'
        '[feeds.e]\nname = 3\nenabled = "yes"\nhue = 1\n',
    )
    with pytest.raises(ConfigError) as caught:
        load_feeds(path)
    said = "\n".join(caught.value.faults)
    for words in (
        '"colour"',
        "[feeds.A_b]",
        "needs a name",
        "no web address",
        "either url or folder",
        "does not exist",
    ):
        assert words in said
    for words in ('"hue"', "name = 3", "enabled = 'yes'"):
        assert words in said


@pytest.mark.parametrize("text", ["[feeds", "feeds = 3", "[feeds]\na = 1"])
def test_a_broken_file_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load_feeds(write(tmp_path, text))


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_feeds(tmp_path / "none.toml")
