"""Our own stories through the whole engine."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.agreements.find import Engine
from bot.arabic.text import key
from config.engine import load_engine

CASES = tomllib.loads((Path(__file__).parent / "agreements.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


def _marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["missed"], strict=True)] if "missed" in case else []
    return pytest.param(case, id=case["about"], marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_story_gives_what_was_agreed_in_it_and_nothing_else(case: dict[str, Any], engine: Engine) -> None:
    found = engine.find(case["text"])

    if case.get("none"):
        assert [one.bullet for one in found] == []
        return
    subjects = [one.subject.quote for one in found]
    for words in case["want"]:
        assert any(key(words) in key(subject) for subject in subjects), subjects
    first = next(one for one in found if key(case["want"][0]) in key(one.subject.quote))
    assert first.kind.value == case.get("kind", first.kind.value)
    assert {party.name for party in first.parties} >= set(case.get("parties", ()))
    assert len(found) == case.get("count", len(found))


def test_there_are_enough_cases_on_both_sides() -> None:
    assert len(CASES) >= 60
    assert sum(bool(case.get("none")) for case in CASES) >= 20
