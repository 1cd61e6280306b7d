"""The settings modal shows what a chat wants, and what is filled in comes back as wants or as sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.settings_form import SettingsForm
from adapters.slack.settings_values import Mistakes, SettingsReader
from bot.model import Facet, Interest, Length, Wants
from bot.preferences import Form
from config.topics import load_topics
from config.words import load_words
from tests.adapters.slack.fakes import TOPICS, ZONES

LANGUAGES = load_words()
WANTS = Wants(
    (dt.time(8), dt.time(18, 30)),
    "Africa/Casablanca",
    "ar-u-nu-arab",
    days=(1, 5),
    quiet=(dt.time(22), dt.time(7)),
    follow=(Interest(Facet.TOPIC, "ai"), Interest(Facet.PARTY, "china")),
    mute=(Interest(Facet.TOPIC, "sport"),),
    length=Length.SHORT,
    silent=True,
)


def view_of(wants: Wants, *, on: bool = True, locale: str = "ar") -> dict[str, Any]:
    return SettingsForm(LANGUAGES[locale], TOPICS, LANGUAGES, ZONES).view(Form(wants, on=on), "C1")


def filled(view: dict[str, Any], **changes: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """What Slack sends when the form is saved as it stands, but for the changes."""
    values = {}
    for block in view["blocks"]:
        element = block["element"]
        given = {
            "value": element.get("initial_value"),
            "selected_option": element.get("initial_option"),
            "selected_options": element.get("initial_options", []),
        }
        values[block["block_id"]] = {element["action_id"]: given | changes.get(block["block_id"], {})}
    return values


def read(values: Any, before: Wants = WANTS) -> Wants | None:
    return SettingsReader(LANGUAGES["ar"], ZONES).read(values, before)


def chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_slack_would_take_the_modal_in_every_language(locale: str) -> None:
    form = SettingsForm(LANGUAGES[locale], load_topics().all, LANGUAGES, ZONES)
    view = form.view(Form(WANTS, on=True), "C1")
    for block in Block.parse_all(view["blocks"]):
        block.validate_json()
    View(**view).validate_json()
    assert len(view["blocks"]) <= 100
    for name in ("title", "submit", "close"):
        assert len(view[name]["text"]) <= 24
    assert view["private_metadata"] == "C1"


def test_what_is_saved_unchanged_changes_nothing() -> None:
    assert read(filled(view_of(WANTS))) == WANTS


def test_a_chat_that_wants_nothing_yet_is_offered_the_usual() -> None:
    fresh = Wants((dt.time(8),), "Asia/Riyadh", "ar")
    assert read(filled(view_of(fresh, on=False)), fresh) == fresh


def test_everything_can_be_changed_and_what_the_form_does_not_show_stays() -> None:
    values = filled(
        view_of(WANTS),
        times={"value": "٧:٣٠، 21:00"},
        days={"selected_options": [{"value": "7"}, {"value": "1"}]},
        zone=chosen("Asia/Riyadh"),
        topics={"selected_options": [{"value": "water"}]},
        quiet={"value": None},
        language=chosen("en"),
        length=chosen("long"),
        silent={"selected_options": []},
    )
    assert read(values) == Wants(
        (dt.time(7, 30), dt.time(21)),
        "Asia/Riyadh",
        "en",
        days=(1, 7),
        follow=(Interest(Facet.TOPIC, "water"), Interest(Facet.PARTY, "china")),
        mute=WANTS.mute,
        length=Length.LONG,
    )


def test_at_once_needs_no_times_and_nothing_is_nothing() -> None:
    now = read(filled(view_of(WANTS), rhythm=chosen("now"), times={"value": "rubbish"}))
    assert now == replace(WANTS, times=())
    assert view_of(replace(WANTS, times=()))["blocks"][0]["element"]["initial_option"]["value"] == "now"
    assert read(filled(view_of(WANTS), rhythm=chosen("off"))) is None


@pytest.mark.parametrize(
    ("block", "typed"),
    [
        ("times", ""),
        ("times", "25:00"),
        ("times", "08:00 soon"),
        ("quiet", "22:00"),
        ("quiet", "22-7-8"),
        ("quiet", "night"),
    ],
)
def test_a_mistake_is_told_under_its_field(block: str, typed: str) -> None:
    with pytest.raises(Mistakes) as raised:
        read(filled(view_of(WANTS), **{block: {"value": typed}}))
    assert list(raised.value.sentences) == [block]


def test_all_mistakes_are_told_at_once() -> None:
    values = filled(view_of(WANTS), times={"value": "x"}, quiet={"value": "y"}, zone=chosen("Mars/Base"))
    with pytest.raises(Mistakes) as raised:
        read(values)
    assert set(raised.value.sentences) == {"times", "quiet", "zone"}


def test_each_language_is_offered_once_with_its_digits() -> None:
    options = view_of(WANTS)["blocks"][6]["element"]["options"]
    assert [option["value"] for option in options] == ["ar", "en", "fr", "ar-u-nu-arab"]
