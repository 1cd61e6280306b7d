"""Who asks: the language and the time zone of their Slack profile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger(__name__)

KEEP_SECONDS = 3600  #: people travel; users.info is asked again after an hour
KEEP_PEOPLE = 10_000
PATIENCE_SECONDS = 1.5  #: a modal must open within three seconds of the press, whoever presses


@dataclass(frozen=True, slots=True)
class Person:
    """`locale` is one we have words for, `zone` an IANA name or empty, `name` what others in Slack see."""

    locale: str = "ar"
    zone: str = ""
    name: str = ""
    admin: bool = False  #: of the workspace


class People:
    """Slack profiles, asked for once an hour."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Person]] = {}

    async def of(self, client: AsyncWebClient, workspace: str, user: str) -> Person:
        """Look a user up. Where Slack does not tell (no users:read scope, an error) they read Arabic."""
        now = asyncio.get_running_loop().time()
        asked, person = self._known.get((workspace, user), (float("-inf"), Person()))
        if now - asked < KEEP_SECONDS:
            return person
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                profile = (await client.users_info(user=user, include_locale=True))["user"]
        except (SlackClientError, ClientError, OSError, TimeoutError) as error:
            log.warning("slack.profile_unknown", user=user, error=type(error).__name__)
            return Person()
        shown = profile.get("profile") or {}
        person = Person(
            locale=_language(str(profile.get("locale") or "")),
            zone=str(profile.get("tz") or ""),
            name=str(shown.get("display_name") or profile.get("real_name") or profile.get("name") or ""),
            admin=bool(profile.get("is_admin") or profile.get("is_owner")),
        )
        if len(self._known) >= KEEP_PEOPLE:
            self._known.clear()
        self._known[workspace, user] = (now, person)
        return person


def _language(locale: str) -> str:
    """Return "fr" or "en" for who chose it; Slack has no Arabic, and starts everyone with en-US."""
    chosen = locale.partition("-")[0]
    return chosen if chosen in ("en", "fr") and locale != "en-US" else "ar"
