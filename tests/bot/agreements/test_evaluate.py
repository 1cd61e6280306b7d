"""The score table, on stories small enough to count by hand; and the annotated corpus, where it is."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.agreements.evaluate import evaluate
from bot.agreements.gold import read_gold
from bot.model import Agreement, Evidence, Kind, Party, Span
from config.engine import load_engine

TEXT = "خبر\nاتفقت مصر وتونس على فتح المعبر البري، وتبادل الزيارات."
CORPUS = Path(os.environ.get("MUJAZ_CORPUS", "../shared/corpus")) / "agreements-dev.jsonl"


def _gold(*quotes: str, optional: tuple[str, ...] = ()) -> str:
    items = [
        {
            "quote": quote,
            "evidence": TEXT.split("\n")[1],
            "kind": "agreed",
            "parties": ["مصر", "تونس"],
            "topics": ["transport"],
            "optional": quote in optional,
        }
        for quote in (*quotes, *optional)
    ]
    return json.dumps({"id": "a", "text": TEXT, "items": items})


def _found(quote: str) -> Agreement:
    start = TEXT.index(quote)
    return Agreement(
        kind=Kind.AGREED,
        parties=(Party("مصر", "egypt", "state"),),
        subject=Evidence.of(TEXT, Span(start, start + len(quote))),
        evidence=Evidence.of(TEXT, Span(4, len(TEXT))),
        phrase=quote,
        bullet=quote,
        topics=("transport",),
        date=None,
        on=None,
        place=None,
        amounts=(),
        rule="",
        score=1.0,
    )


def test_a_finding_that_shares_half_its_words_is_right() -> None:
    report = evaluate(read_gold([_gold("فتح المعبر البري")]), {"a": [_found("فتح المعبر")]})

    assert report.rates["items"].f1 == 1
    assert report.rates["stories"].f1 == 1
    assert report.rates["parties"].precision == 1
    assert report.rates["parties"].recall == 0.5
    assert report.kinds == 1


def test_what_is_missed_and_what_is_extra_is_named() -> None:
    report = evaluate(read_gold([_gold("تبادل الزيارات")]), {"a": [_found("فتح المعبر")]})

    assert report.rates["items"].f1 == 0
    assert report.missed == (("a", "تبادل الزيارات"),)
    assert report.extra == (("a", "فتح المعبر"),)


def test_optional_items_count_neither_way() -> None:
    gold = read_gold([_gold(optional=("فتح المعبر البري",))])

    assert evaluate(gold, {}).rates["items"].missed == 0
    report = evaluate(gold, {"a": [_found("فتح المعبر")]})
    assert report.rates["items"].wrong == 0
    assert report.rates["stories"].wrong == 0


def test_the_table_has_a_line_for_each_rate() -> None:
    lines = evaluate(read_gold([_gold("فتح المعبر البري")]), {"a": [_found("فتح المعبر")]}).lines()

    assert [line.split()[0] for line in lines] == [
        "items",
        "sentences",
        "stories",
        "parties",
        "topics",
        "kinds",
        "findings",
    ]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not here")
def test_the_shipped_model_reads_the_corpus_it_learned_from() -> None:
    """A guard against a broken model file, no measure: docs/engine.md has the cross-validated figures."""
    gold = read_gold(CORPUS.read_text(encoding="utf-8").splitlines())
    engine = load_engine()

    report = evaluate(gold, {story.id: engine.find(story.text) for story in gold})

    assert report.rates["items"].f1 > 0.65
    assert report.rates["stories"].f1 > 0.9
    assert replace(report).kinds > 0.85
