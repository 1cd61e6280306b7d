"""The settings of a chat as a Slack modal, filled in from what it wants.

Limits: docs.slack.dev/reference/block-kit/block-elements (100 options, 75 characters each) and
docs.slack.dev/reference/views (titles and buttons of 24 characters).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.bidi import directed
from bot.message import Run
from bot.model import Facet, Length
from bot.preferences import Form
from bot.topics import Topic
from bot.words import Words
from bot.zones import Zones

FORM = "settings"  #: the modal's callback_id
ZONE = "settings.zone"  #: the action_id of what asks for zones while one types
OPTIONS, OPTION = 100, 75
DAYS = range(1, 8)

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The modal in one language. `languages` are all locales; `zones` know their cities."""

    words: Words
    topics: Sequence[Topic]
    languages: Mapping[str, Words]
    zones: Zones

    def view(self, form: Form, channel: str) -> dict[str, Any]:
        """Return the modal; it carries the channel that it is about."""
        wants = form.wants
        rhythm = "off" if not form.on else "daily" if wants.times else "now"
        followed = [one.slug for one in wants.follow if one.facet is Facet.TOPIC]
        quiet = "-".join(f"{at:%H:%M}" for at in wants.quiet or ())
        blocks = [
            self._input(
                "rhythm", self._one("radio_buttons", self._rhythms(), rhythm if form.on else "daily")
            ),
            self._text("times", " ".join(f"{at:%H:%M}" for at in wants.times)),
            self._input("days", self._many(self._days(), map(str, wants.days)), optional=True),
            self._input("zone", self._zone(wants.zone)),
            self._input("topics", self._many(self._topics(), followed), optional=True),
            self._text("quiet", quiet),
            self._input("language", self._one("static_select", self._tongues(), self._tongue(wants.locale))),
            self._input("length", self._one("static_select", self._lengths(), wants.length)),
            self._input("silent", self._silent(on=wants.silent), optional=True),
        ]
        return {
            "type": "modal",
            "callback_id": FORM,
            "private_metadata": channel,
            "title": self._label("slack.form.title"),
            "submit": self._label("slack.form.save"),
            "close": self._label("slack.form.close"),
            "blocks": blocks,
        }

    def zone(self, name: str) -> Block:
        """Return the choice of a zone: its city in the reader's language, and its name."""
        return option(name, self._directed(f"{self.zones.city(name, self.words.language)} — {name}"))

    def _rhythms(self) -> dict[str, str]:
        return {name: self.words(f"slack.form.rhythm_{name}") for name in ("daily", "now", "off")}

    def _days(self) -> dict[str, str]:
        return {str(day): self.words.weekday(day) for day in DAYS}

    def _topics(self) -> dict[str, str]:
        return {topic.slug: topic.names[self.words.language] for topic in self.topics[:OPTIONS]}

    def _lengths(self) -> dict[str, str]:
        return {length.value: self.words(f"length.{length}") for length in Length}

    def _tongues(self) -> dict[str, str]:
        """Return a locale by its tag, each that looks alike once."""
        seen: dict[str, str] = {}
        for tag, words in self.languages.items():
            seen.setdefault(self._sample(words), tag)
        return {tag: sample for sample, tag in seen.items()}

    def _tongue(self, locale: str) -> str:
        """Return the tag under which a locale is offered."""
        words = self.languages.get(locale, self.words)
        return next(tag for tag, sample in self._tongues().items() if sample == self._sample(words))

    def _sample(self, words: Words) -> str:
        return f"{words('preview.language')} {words.figures('123')}"

    def _zone(self, name: str) -> Block:
        start = self.zone(name)
        return {"type": "external_select", "action_id": ZONE, "min_query_length": 2, "initial_option": start}

    def _silent(self, *, on: bool) -> Block:
        choice = option("silent", self._directed(self.words("slack.form.silent_on")))
        chosen = {"initial_options": [choice]} if on else {}
        return {"type": "checkboxes", "action_id": "silent", "options": [choice], **chosen}

    def _one(self, kind: str, choices: Mapping[str, str], chosen: str) -> Block:
        options = {value: option(value, self._directed(label)) for value, label in choices.items()}
        return {
            "type": kind,
            "action_id": "chosen",
            "options": list(options.values()),
            "initial_option": options[chosen],
        }

    def _many(self, choices: Mapping[str, str], chosen: Iterable[str]) -> Block:
        options = {value: option(value, self._directed(label)) for value, label in choices.items()}
        start = [options[value] for value in chosen if value in options]
        return {
            "type": "multi_static_select",
            "action_id": "chosen",
            "options": list(options.values()),
            **({"initial_options": start} if start else {}),
        }

    def _text(self, name: str, value: str) -> Block:
        element: Block = {"type": "plain_text_input", "action_id": "typed", "max_length": 100}
        if value:
            element["initial_value"] = value
        return self._input(name, element, optional=True, hint=True)

    def _input(self, name: str, element: Block, *, optional: bool = False, hint: bool = False) -> Block:
        return {
            "type": "input",
            "block_id": name,
            "label": self._label(f"slack.form.{name}"),
            "element": element,
            "optional": optional,
            **({"hint": self._label(f"slack.form.{name}_hint")} if hint else {}),
        }

    def _label(self, key: str) -> Block:
        return {"type": "plain_text", "text": self._directed(self.words(key))}

    def _directed(self, text: str) -> str:
        rtl = self.words.language == "ar"
        return "".join(run.text for run in directed((Run(text),), rtl=rtl))


def option(value: str, label: str) -> Block:
    """Return one choice of a menu."""
    return {"text": {"type": "plain_text", "text": label[:OPTION]}, "value": value}
