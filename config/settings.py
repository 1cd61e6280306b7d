"""Settings from the environment and from `.env`; every one is described in `.env.example`.

Nothing is needed to start: a platform without its tokens is off. Bad values are reported all at once.
"""

from __future__ import annotations

import base64
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigError

#: Telegram's form of a bot token: the bot's number, a colon, letters (core.telegram.org/bots/api).
_TELEGRAM = re.compile(r"\d+:[\w-]+")

#: What Fernet seals with (github.com/fernet/spec).
KEY_BYTES = 32


def _telegram_token(value: SecretStr) -> SecretStr:
    if not _TELEGRAM.fullmatch(value.get_secret_value()):
        raise ValueError("this is no bot token; BotFather gives them as 123456:ABC-DEF")
    return value


def _proxy(value: str) -> str:
    if not value.startswith(("http://", "https://", "socks5://", "socks5h://")):
        raise ValueError("a proxy looks like http://user:password@host:3128 or socks5://host:1080")
    return value


def _webhook(value: str) -> str:
    """Telegram posts to https only; http is for a Bot API server of one's own on the same machine."""
    parts = urlsplit(value)
    local = parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or parts.scheme not in ("https", "http" if local else "https"):
        raise ValueError("Telegram posts to https only; it looks like https://news.example/telegram")
    if parts.path in ("", "/", "/healthz"):
        raise ValueError("give it a path of its own, as https://news.example/telegram")
    return value


def _slack_token(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"this token should start with {prefix}")
        return value

    return AfterValidator(check)


def _fernet(value: SecretStr) -> SecretStr:
    if not all(map(_is_fernet, _items(value.get_secret_value()) or [""])):
        raise ValueError("each key is 32 random bytes as base64: openssl rand -base64 32")
    return value


def _is_fernet(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == KEY_BYTES
    except ValueError:
        return False


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is no IANA time zone; they look like Africa/Casablanca")
    return value


def _networks(value: str) -> str:
    for text in _items(value):
        try:
            ip_network(text)
        except ValueError:
            raise ValueError(f"{text!r} is no network; they look like 10.0.0.0/8 or 192.168.1.5") from None
    return value


def _items(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _database(value: str) -> str:
    """Accept the addresses that hosts hand out ("postgres://...") as well as SQLAlchemy's own."""
    for prefix in ("postgres://", "postgresql://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
        raise ValueError("use sqlite+aiosqlite:///path or postgresql://user:password@host/name")
    return value


class Settings(BaseSettings):
    """What an operator may set. Secrets never show in a log or an error."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_token: Annotated[SecretStr, AfterValidator(_telegram_token)] | None = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    telegram_webhook_url: Annotated[str, AfterValidator(_webhook)] | None = None  #: empty: we poll
    telegram_webhook_connections: Annotated[int, Field(ge=1, le=100)] = 40
    slack_bot_token: Annotated[SecretStr, _slack_token("xoxb-")] | None = None
    slack_app_token: Annotated[SecretStr, _slack_token("xapp-")] | None = None  #: Socket Mode
    slack_signing_secret: SecretStr | None = None  #: HTTP mode
    slack_client_id: str | None = None  #: OAuth: many workspaces in place of the bot token's one
    slack_client_secret: SecretStr | None = None
    mujaz_secret_key: Annotated[SecretStr, AfterValidator(_fernet)] | None = None  #: seals OAuth's tokens
    slack_base_url: str = "https://slack.com/api/"

    database_url: Annotated[str, AfterValidator(_database)] | None = None
    mujaz_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Riyadh"
    mujaz_locale: Literal["ar", "en", "fr"] = "ar"
    mujaz_digits: Literal["latin", "arabic"] = "latin"  #: of what we say; a bullet keeps the wire's own
    mujaz_feeds: str | None = None  #: another feeds.toml than the bundled one
    #: feeds may lead to these networks although they are not public: "10.0.0.0/8, 192.168.1.5"
    mujaz_private_networks: Annotated[str, AfterValidator(_networks)] = ""
    mujaz_ingest_seconds: Annotated[int, Field(ge=10, le=86_400)] = 300
    mujaz_tick_seconds: Annotated[int, Field(ge=1, le=60)] = 20
    mujaz_resend: Literal["never", "once"] = "never"  #: what may have arrived: again by itself, or not
    telegram_rate: Annotated[float, Field(gt=0, le=1000)] = 30  #: bulletins a second, all chats together
    slack_rate: Annotated[float, Field(gt=0, le=1000)] = 5
    mujaz_log: Literal["debug", "info", "warning", "error"] = "info"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080

    @property
    def telegram(self) -> bool:
        """Whether Telegram is on."""
        return self.telegram_token is not None

    @property
    def slack(self) -> bool:
        """Whether Slack is on: a bot token or OAuth, and one of the two ways in."""
        authorised = bool(self.slack_bot_token or self.slack_client_id)
        return authorised and bool(self.slack_app_token or self.slack_signing_secret)

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """What seals the tokens at rest: the first key seals, all of them open."""
        return tuple(_items(self.mujaz_secret_key.get_secret_value())) if self.mujaz_secret_key else ()

    @model_validator(mode="after")
    def _slack_oauth(self) -> Self:
        if self.slack_client_id is None:
            return self
        if self.slack_bot_token is not None:
            raise ValueError("set SLACK_BOT_TOKEN (one workspace) or SLACK_CLIENT_ID (OAuth), not both")
        if self.slack_client_secret is None or self.mujaz_secret_key is None:
            raise ValueError("SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET, and MUJAZ_SECRET_KEY for its tokens")
        return self

    @property
    def private_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks that feeds may lead to although they are not public."""
        return tuple(ip_network(text) for text in _items(self.mujaz_private_networks))

    @property
    def trial(self) -> bool:
        """No platform is on: this is somebody trying Mujaz, on the bundled sample wires."""
        return not (self.telegram or self.slack)

    @property
    def database(self) -> str:
        """The database's address. A trial has its own file, so that samples never reach readers."""
        return self.database_url or f"sqlite+aiosqlite:///var/{'trial' if self.trial else 'mujaz'}.db"


def load_settings() -> Settings:
    """Read and check all settings. Raise ConfigError with one line for each fault."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (
            ": ".join(
                part
                for part in (
                    ".".join(map(str, fault["loc"])).upper(),  # none where settings contradict each other
                    fault["msg"].removeprefix("Value error, "),
                )
                if part
            )
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise ConfigError(tuple(faults)) from None
