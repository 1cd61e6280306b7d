"""Settings: nothing is needed, everything wrong is said at once, secrets stay secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigError
from config.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_with_nothing_set_it_is_a_trial_with_a_database_of_its_own() -> None:
    settings = load_settings()
    assert settings.trial
    assert settings.database == "sqlite+aiosqlite:///var/trial.db"


def test_a_token_makes_it_the_real_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:abc-DEF_ghi")
    settings = load_settings()
    assert settings.telegram
    assert settings.database == "sqlite+aiosqlite:///var/mujaz.db"
    assert "abc-DEF" not in repr(settings)


def test_every_bad_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        "TELEGRAM_TOKEN": "hunter2",
        "SLACK_BOT_TOKEN": "xapp-1",
        "MUJAZ_ZONE": "Mars/Olympus",
        "PORT": "eighty",
        "DATABASE_URL": "mysql://here",
        "MUJAZ_PRIVATE_NETWORKS": "10.0.0.0/8, home",
    }
    for name, value in bad.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert {fault.split(":")[0] for fault in caught.value.faults} == set(bad)
    assert "hunter2" not in str(caught.value)


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    assert load_settings().trial


def test_a_hosts_database_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:pw@host/db")
    assert load_settings().database == "postgresql+psycopg://me:pw@host/db"


def test_env_example_names_every_setting() -> None:
    text = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"{name.upper()}=" not in text] == []


OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush",
    "SLACK_SIGNING_SECRET": "hush",
    "MUJAZ_SECRET_KEY": "A" * 43 + "=",
}


def test_many_slack_workspaces_need_no_bot_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OAUTH.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.slack
    assert settings.secret_keys == ("A" * 43 + "=",)
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MUJAZ_SECRET_KEY": ""}, "MUJAZ_SECRET_KEY"),
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "not both"),
        ({"MUJAZ_SECRET_KEY": "short"}, "openssl"),
        ({"MUJAZ_SECRET_KEY": ","}, "openssl"),
    ],
)
def test_oauth_without_what_it_needs_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], said: str
) -> None:
    for name, value in {**OAUTH, **changes}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=said) as raised:
        load_settings()
    assert len(raised.value.faults) == 1
    assert not raised.value.faults[0].startswith(":")
