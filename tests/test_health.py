"""`mujaz feeds` says of each feed how it does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from adapters.wires.opml import write_opml
from bot import health
from bot.errors import ConfigError, SourceError
from bot.health import add_feed, as_toml, print_opml, show_feeds
from bot.model import FeedConfig
from bot.ports.feeds import FeedState
from config.feeds import load_feeds
from config.settings import Settings
from storage.database import Database
from storage.feeds import FeedStates
from tests.builders import NOON

FEEDS = """
[feeds.well]
name = "أ"
url = "https://a.example/"
[feeds.ill]
name = "ب"
url = "https://b.example/"
[feeds.fresh]
name = "ج"
url = "https://c.example/"
[feeds.off]
name = "د"
url = "https://d.example/"
enabled = false
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    return Settings(
        mujaz_feeds=str(tmp_path / "feeds.toml"), database_url=f"sqlite+aiosqlite:///{tmp_path}/m.db"
    )


async def test_each_feed_is_a_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(settings.database)
    await database.migrate()
    states = FeedStates(database)
    due = NOON + dt.timedelta(hours=1)
    await states.put(FeedState("well", asked="https://a.example/", succeeded=NOON, due=due))
    await states.put(FeedState("ill", asked="https://b.example/", failures=3, error="no answer"))
    await states.put(FeedState("fresh", asked="https://old.example/", succeeded=NOON))
    await database.close()
    await show_feeds(settings)
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert "failing (3)" in lines["ill"]
    assert "never" in lines["fresh"]
    assert " on " in lines["well"]
    assert lines["off"].split() == ["off", "off"]


def test_the_list_goes_out_as_opml(settings: Settings, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_opml(settings)
    assert b'xmlUrl="https://a.example/"' in capfdbinary.readouterr().out


def test_a_list_of_feeds_becomes_a_configuration(tmp_path: Path) -> None:
    names = ('وكالة "الأنباء"', "ثانية")
    feeds = [FeedConfig("x", name, url=f"https://www.a.example/{n}") for n, name in enumerate(names)]
    (tmp_path / "list.opml").write_bytes(write_opml(feeds))
    (tmp_path / "feeds.toml").write_text(as_toml(tmp_path / "list.opml"), encoding="utf-8")
    loaded = load_feeds(tmp_path / "feeds.toml")
    assert [(feed.slug, feed.name, feed.enabled) for feed in loaded] == [
        ("a-example", names[0], False),
        ("a-example-2", names[1], False),
    ]


@pytest.mark.parametrize("content", [None, b"<rss/>"])
def test_what_is_no_list_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "list.opml").write_bytes(content)
    with pytest.raises(SourceError, match=r"list\.opml"):
        as_toml(tmp_path / "list.opml")


async def test_an_added_feed_stands_in_the_operators_file_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def discovered(url: str, _: object) -> tuple[str, str]:
        assert url == "https://a.example"
        return "وكالة", "https://a.example/rss"

    monkeypatch.setattr(health, "discover", discovered)
    assert "[feeds.a-example]" in await add_feed(settings, "a.example")
    (added,) = [feed for feed in load_feeds(Path(settings.mujaz_feeds or "")) if feed.slug == "a-example"]
    assert (added.name, added.url, added.enabled) == ("وكالة", "https://a.example/rss", True)
    assert "already: [feeds.a-example]" in await add_feed(settings, "a.example")


async def test_the_first_feed_makes_the_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def discovered(url: str, _: object) -> tuple[str, str]:
        return "وكالة", url

    monkeypatch.setattr(health, "discover", discovered)
    own = settings.model_copy(update={"mujaz_feeds": str(tmp_path / "own.toml")})
    assert "added" in await add_feed(own, "https://a.example/rss")
    assert [feed.name for feed in load_feeds(tmp_path / "own.toml")] == ["وكالة"]
    away = settings.model_copy(update={"mujaz_feeds": str(tmp_path / "none" / "own.toml")})
    with pytest.raises(ConfigError, match="cannot be written"):
        await add_feed(away, "https://a.example/rss")


async def test_what_a_drop_folder_refused_is_counted(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = tmp_path / "drop" / "failed"
    failed.mkdir(parents=True)
    for name in ("a.xml", "a.xml.reason"):
        (failed / name).write_text("?", encoding="utf-8")
    (tmp_path / "feeds.toml").write_text(
        '[feeds.drop]\nname = "أ"\nfolder = "drop"\ndrop = true\n'
        '[feeds.sample-x]\nname = "ب"\nfolder = "drop"\n',
        encoding="utf-8",
    )
    await show_feeds(settings)
    _, drop, sample = capsys.readouterr().out.splitlines()
    assert f"1 not read; a .reason beside each in {failed}" in drop
    assert sample.split() == ["sample-x", "off"]
