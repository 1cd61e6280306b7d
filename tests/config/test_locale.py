"""The languages say the same things, with the fields and plural forms each needs."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from string import Formatter
from typing import Any

import pytest
from babel import Locale
from babel.plural import PluralRule

from bot.commands import COMMANDS, MANAGING
from config.words import FOLDER, load_verbs, load_words

TABLES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")
}
CODE = (".py", ".html")  #: what says the sentences


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("locale", TABLES)
def test_every_locale_has_the_same_keys_and_fields(locale: str) -> None:
    ar, other = TABLES["ar"], TABLES[locale]
    assert other["verbs"].keys() == ar["verbs"].keys()
    assert other["plural"].keys() == ar["plural"].keys()
    assert {k: fields(v) for k, v in other["text"].items()} == {k: fields(v) for k, v in ar["text"].items()}


@pytest.mark.parametrize("locale", TABLES)
def test_each_plural_has_the_forms_its_language_needs(locale: str) -> None:
    rules = PluralRule(TABLES[locale]["plural_rules"])
    assert rules.rules == Locale.parse(locale).plural_form.rules
    needed = rules.tags | {"other"}
    assert {key: set(forms) for key, forms in TABLES[locale]["plural"].items()} == dict.fromkeys(
        TABLES[locale]["plural"], needed
    )


@pytest.mark.parametrize("locale", TABLES)
def test_no_sentence_is_empty_or_carries_marks_of_its_own(locale: str) -> None:
    marks = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u0640\ufe70-\ufefc]")
    faults = [k for k, v in TABLES[locale]["text"].items() if not v.strip() or marks.search(v)]
    assert faults == []


@pytest.mark.parametrize("locale", TABLES)
def test_every_choice_can_be_made_without_a_slash(locale: str) -> None:
    assert set(MANAGING) <= set(TABLES[locale]["verbs"])
    assert all(words for words in TABLES[locale]["verbs"].values())
    assert TABLES[locale]["options"].keys() == TABLES["ar"]["options"].keys()
    for group, choices in TABLES[locale]["options"].items():
        assert choices.keys() == TABLES["ar"]["options"][group].keys()


def test_every_sentence_is_said_somewhere() -> None:
    root = FOLDER.parent.parent
    files = [path for top in ("bot", "adapters") for path in (root / top).rglob("*") if path.suffix in CODE]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    whole = set(re.findall(r"""["']([\w.]+)["']""", code))
    begun = tuple(re.findall(r"""f["']([a-z]+\.[\w.]*)\{""", code))
    keys = [*TABLES["ar"]["text"], *TABLES["ar"]["plural"]]
    assert [key for key in keys if key not in whole and not key.startswith(begun)] == []


def test_words_stand_for_commands_we_have() -> None:
    assert set(load_verbs().values()) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا بنود"),
        (1, "بند واحد"),
        (2, "بندان"),
        (3, "٣ بنود"),
        (10, "١٠ بنود"),
        (11, "١١ بنداً"),
        (99, "٩٩ بنداً"),
        (100, "١٠٠ بند"),
        (103, "١٠٣ بنود"),
    ],
)
def test_arabic_counts_in_its_six_forms(n: int, said: str) -> None:
    assert load_words(latin=False)["ar"]("count.items", n=n) == said


def test_latin_digits_unless_arabic_ones_are_asked_for() -> None:
    assert load_words()["ar"]("count.items", n=12) == "12 بنداً"


def test_a_chats_own_digits_go_before_the_operators() -> None:
    words = load_words()
    said = {locale: words[locale]("count.items", n=12) for locale in ("ar", "ar-u-nu-arab", "ar-u-nu-latn")}
    assert said == {"ar": "12 بنداً", "ar-u-nu-arab": "١٢ بنداً", "ar-u-nu-latn": "12 بنداً"}
    assert {words[locale].language for locale in words} == set(TABLES)


def test_weeks_begin_on_monday() -> None:
    words = load_words()
    assert [words[locale].weekday(1) for locale in ("ar", "en", "fr")] == ["الاثنين", "Monday", "lundi"]


def test_french_says_what_the_others_say() -> None:
    words = load_words()["fr"]
    assert [words("count.items", n=n) for n in (0, 1, 2)] == ["0 point", "1 point", "2 points"]
    assert words.date(dt.date(2026, 11, 22)) == "dimanche 22 novembre 2026"
