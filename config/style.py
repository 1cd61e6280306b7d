"""Load what writes bullets: config/lexicon/ar/engine.toml's [phrase] and [verify], and style.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.agreements.ends import Ends
from bot.agreements.heads import Heads, verb_forms
from bot.agreements.lexicon import Lexicon
from bot.agreements.phrase import Phraser, Style
from bot.agreements.refuse import Refusal
from bot.agreements.repeats import Repeats
from bot.agreements.shorten import Shortener
from bot.agreements.sides import Sides
from bot.agreements.verify import Verifier
from bot.arabic.text import key

STYLE = Path(__file__).parent / "lexicon" / "ar" / "style.toml"


def load_phraser(words: Mapping[str, Any], lexicon: Lexicon) -> Phraser:
    """Return what writes bullets; `words` are engine.toml's tables. Raises OSError without style.toml."""
    tables = tomllib.loads(STYLE.read_text(encoding="utf-8"))
    phrase, heads = words["phrase"], tables["heads"]
    days = folded(tables["repeats"]["days"])
    lists = {
        name: folded(heads[name])
        for name in (
            "nouns",
            "never",
            "verbs",
            "adverbs",
            "light",
            "that",
            "beside",
            "led",
            "documents",
            "about",
            "partners",
            "so",
            "aims",
        )
    }
    return Phraser(
        style=_style(phrase, tables["sentence"]),
        sides=_sides(phrase),
        shortener=Shortener(lexicon, folded(phrase["prepositions"]), _ends(tables["ends"], lexicon, days)),
        verifier=_verifier(words["verify"], phrase, heads["masdar"], tables["sentence"]),
        heads=Heads.of(lexicon, heads["masdar"], lists),
        repeats=_repeats(phrase, {**tables["ends"], **tables["repeats"]}, lexicon),
        refusal=Refusal(lexicon, **{name: folded(each) for name, each in tables["refuse"].items()}),
    )


def _style(phrase: Mapping[str, Any], table: Mapping[str, str]) -> Style:
    gender = phrase["gender"]
    return Style(
        joint=phrase["and"],
        nominative={key(word): form for word, form in phrase["nominative"].items()},
        verbs=phrase["verbs"],
        masculine=folded(gender["masculine"]),
        feminine_kinds=frozenset(gender["feminine_kinds"].split()),
        masculine_kinds=frozenset(gender["masculine_kinds"].split()),
        feminine_heads=folded(gender["feminine_heads"]),
        others=table["others"],
        that=table["that"],
        adjectives=folded(table["adjectives"]),
        besides=table["besides"],
    )


def _sides(phrase: Mapping[str, Any]) -> Sides:
    return Sides(
        words=folded(phrase["sides"]),
        subjects=folded(phrase["subjects"]),
        each=folded(phrase["each"]),
        them=_them(phrase),
        prepositions=folded(phrase["prepositions"]),
        pronoun=phrase["pronoun"],
        pointing=folded(phrase["pointing"]),
        origin=key(phrase["origin"]),
        any=folded(phrase["any"]),
    )


def _them(phrase: Mapping[str, Any]) -> dict[str, str]:
    return {key(word): with_them for word, with_them in phrase["them"].items()}


def _repeats(phrase: Mapping[str, Any], table: Mapping[str, str], lexicon: Lexicon) -> Repeats:
    return Repeats(
        lexicon,
        between=key(table["between"]),
        together=folded(table["together"]),
        mutual=folded(table["mutual"]),
        them=_them(phrase),
        titles=folded(table["titles"]),
        days=folded(table["days"]),
        leading=folded(table["words"]),
    )


def _ends(table: Mapping[str, str], lexicon: Lexicon, days: frozenset[str]) -> Ends:
    return Ends(
        lexicon,
        words=folded(table["words"]),
        measures=folded(table["measures"]),
        pronouns=tuple(table["pronouns"].split()),
        between=key(table["between"]),
        spans=folded(table["spans"]),
        before_spans=folded(table["before_spans"]),
        first=folded(table["first"]),
        place=key(table["place"]),
        days=days,
        but=folded(table["but"]),
    )


def _verifier(
    table: Mapping[str, str], phrase: Mapping[str, Any], nouns: Mapping[str, str], sentence: Mapping[str, str]
) -> Verifier:
    """Build the check; a verb that bullets begin with, or a noun of action, stands for its verb's forms."""
    forms: dict[str, frozenset[str]] = {}
    for masculine, feminine, _ in phrase["verbs"].values():
        past, present = verb_forms(key(masculine))
        forms |= dict.fromkeys((key(masculine), key(feminine)), past | present)
    for oblique, noun in phrase["nominative"].items():
        forms[key(noun)] = frozenset((key(oblique),))
    for noun, stems in nouns.items():
        past, present = verb_forms(key(stems))
        forms[key(noun)] = forms.get(key(noun), frozenset()) | past | present
    others = (sentence["others"], sentence["besides"])
    return Verifier(
        prefixes=tuple(key(table["prefixes"]).split()),
        suffixes=tuple(key(table["suffixes"]).split()),
        conjunctions=tuple(key(table["conjunctions"]).split()),
        glue=folded(
            " ".join([table["glue"], *(joint + more for more in others for joint in ("", phrase["and"]))])
        ),
        forms=forms,
    )


def folded(words: str) -> frozenset[str]:
    """Fold a list of words."""
    return frozenset(key(words).split())
