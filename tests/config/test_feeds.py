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


def test_a_feed_may_be_read_from_its_pages(tmp_path: Path) -> None:
    url = 'name = "أ"\nurl = "https://a.example/rss"\n'
    path = write(tmp_path, f'[feeds.a]\n{url}full_text = true\npage_hosts = ["b.example"]\n[feeds.b]\n{url}')
    first, second = load_feeds(path)
    assert (first.full_text, first.page_hosts) == (True, ("b.example",))
    assert (second.full_text, second.page_hosts) == (False, ())


def test_faults_of_pages_are_named(tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    url = 'name = "أ"\nurl = "https://a.example/rss"\n'
    path = write(
        tmp_path,
        f'[feeds.a]\n{url}full_text = true\npage_hosts = ["https://b.example/", 3]\n'
        f'[feeds.b]\n{url}page_hosts = ["b.example"]\n'
        '[feeds.c]\nname = "ج"\nfolder = "drop"\nfull_text = true\n'
        f'[feeds.d]\n{url}full_text = true\npage_hosts = "b.example"\n',
    )
    with pytest.raises(ConfigError) as caught:
        load_feeds(path)
    said = [fault.partition("] ")[2] for fault in caught.value.faults]
    assert said == [
        "page_hosts has 'https://b.example/', which is no host name such as www.agency.example",
        "page_hosts has 3, which is no host name such as www.agency.example",
        "has page_hosts, which is for full_text = true",
        "has full_text, which is for a url",
        "page_hosts = 'b.example' must be a list of host names",
    ]


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
