"""What somebody filled into the settings modal, as a chat's wants or as what they must mend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import commands
from bot.arabic.letters import COMMA
from bot.errors import AskAgain
from bot.model import Facet, Interest, Length, Wants
from bot.words import Words

#: A view's state: by block and by action.
Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


class Mistakes(Exception):  # noqa: N818 - theirs, not ours
    """What the asker must mend: a sentence for each block."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(str(sentences))
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True)
class SettingsReader:
    """Reads one language's modal. `zones` are those that exist."""

    words: Words
    zones: Container[str]

    def read(self, values: Values, before: Wants) -> Wants | None:
        """Return what was asked for, the rest as it was before; None: nothing. Raise Mistakes."""
        given = {block: next(iter(actions.values())) for block, actions in values.items()}
        rhythm = _chosen(given["rhythm"])
        if rhythm == "off":
            return None
        mistakes: dict[str, str] = {}
        times = self._times(given["times"].get("value") or "", mistakes) if rhythm == "daily" else ()
        quiet = self._quiet(given["quiet"].get("value") or "", mistakes)
        zone = _chosen(given["zone"])
        if zone not in self.zones:
            mistakes["zone"] = self.words("slack.form.zone_unknown")
        if mistakes:
            raise Mistakes(mistakes)
        others = tuple(one for one in before.follow if one.facet is not Facet.TOPIC)
        topics = tuple(Interest(Facet.TOPIC, slug) for slug in _all(given["topics"]))
        return replace(
            before,
            times=times,
            zone=zone,
            quiet=quiet,
            days=tuple(sorted(int(day) for day in _all(given["days"]))),
            follow=(*topics, *others),
            locale=_chosen(given["language"]),
            length=Length(_chosen(given["length"])),
            silent=bool(_all(given["silent"])),
        )

    def _times(self, typed: str, mistakes: dict[str, str]) -> tuple[dt.time, ...]:
        parts = re.split(rf"[\s,{COMMA}]+", typed.strip())
        try:
            return tuple(sorted({commands.hour(part) for part in parts}))
        except AskAgain:
            mistakes["times"] = self.words("slack.form.times_wrong")
            return ()

    def _quiet(self, typed: str, mistakes: dict[str, str]) -> tuple[dt.time, dt.time] | None:
        if not typed.strip():
            return None
        parts = re.split(r"\s*[-–—]\s*", typed.strip())
        try:
            start, end = (commands.hour(part) for part in parts)
        except (AskAgain, ValueError):
            mistakes["quiet"] = self.words("slack.form.quiet_wrong")
            return None
        return (start, end) if start != end else None


def _chosen(given: Mapping[str, Any]) -> str:
    return str((given.get("selected_option") or {}).get("value", ""))


def _all(given: Mapping[str, Any]) -> list[str]:
    return [str(one["value"]) for one in given.get("selected_options") or ()]
