"""The engine on any text: it holds its promises and does not break."""

import datetime as dt
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agreements.find import Engine
from bot.model import Agreement

NAMES = ["الصين", "مصر", "شركة أرامكو", "وزارة التربية", "الجانبان", "المملكة", "البلدين"]
_TRIGGERS = "اتفقت اتفقا وقع تم الاتفاق توقيع على مذكرة تفاهم اتفاقية بشأن تعزيز والتعاون إنشاء وينص تعهدت"
_OTHERS = 'وتبادل، بتقديم سيعقدان بين و في 12 مليون ٣٫٥ دولار. « » ( ) " أمس المقبل، التي وذلك خلال كما أن لم'
WORDS = [
    *NAMES,
    *_TRIGGERS.split(),
    *_OTHERS.split(),
]
WIRE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
ANY = st.one_of(st.text(max_size=300), WIRE)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _promises(text: str, one: Agreement, engine: Engine) -> None:
    for part in (one.subject, one.evidence):
        assert part.quote == text[part.span.start : part.span.end]
    assert one.evidence.span.start <= one.subject.span.start <= one.subject.span.end <= one.evidence.span.end
    names = [party.name for party in one.parties]
    assert engine.phraser.verifier.unsupported(one.bullet, one.evidence.quote, names) == ()
    assert engine.phraser.verifier.unsupported(one.phrase, one.evidence.quote, names) == ()
    assert len(one.bullet.replace("-", " ").split()) <= 24
    assert len(one.topics) <= 3
    assert all(amount and amount in one.evidence.quote for amount in one.amounts)
    assert 0 <= one.score <= 1


@SLOW
@given(text=ANY)
def test_every_finding_rests_on_the_story(text: str, engine: Engine) -> None:
    for one in engine.find(text, published=dt.date(2026, 11, 22)):
        _promises(text, one, engine)


@SLOW
@given(text=WIRE)
def test_explain_keeps_what_find_finds(text: str, engine: Engine) -> None:
    kept = tuple(each.agreement for each in engine.explain(text) if each.kept)

    assert kept == engine.find(text)


@pytest.mark.parametrize(
    "piece",
    [
        "اتفق الجانبان على تعزيز التعاون، وتبادل الخبرات. ",
        "اِتَّفَقَ ",
        "اتفق على و، ",
        '"«',
        "وقعت مصر اتفاقية مع الصين ",
        "a",
        "\n",
        "ـً",
    ],
)
def test_a_megabyte_takes_seconds_at_most(piece: str, engine: Engine) -> None:
    """Two seconds on an idle core; the test leaves room for a busy machine."""
    start = time.process_time()
    engine.find(piece * (1_000_000 // len(piece)))

    assert time.process_time() - start < 8


def test_a_dropped_place_says_why(engine: Engine) -> None:
    reasons = {each.reason for each in engine.explain("خبر\nلم يتفق الوزيران على تعزيز التعاون بين البلدين.")}

    assert "denied" in reasons


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        # inside the point
        ("وقع البلدان اتفاقية لبناء ميناء بقيمة 1.2 مليار دولار.", [("1.2 مليار دولار",)]),
        # the only point's sentence
        ("وبقيمة ٥ ملايين دينار، وقع البلدان اتفاقية لبناء ميناء.", [("٥ ملايين دينار",)]),
        # money first, each once
        (
            "وقع البلدان اتفاقية لشراء 20% من ميناء مقابل 3 ملايين دولار تدفع منها 3 ملايين دولار نقدا.",
            [("3 ملايين دولار", "20%")],
        ),
        # each of two points its own
        (
            "اتفق البلدان على بناء ميناء بكلفة مليار درهم، وإنشاء صندوق برأسمال 300 مليون درهم.",
            [("مليار درهم",), ("300 مليون درهم",)],
        ),
        # two points that no amount stands in: whose it is cannot be known
        ("وبكلفة مليار درهم، اتفق البلدان على بناء ميناء، وإنشاء صندوق للبيئة.", [(), ()]),
        # no amounts
        ("وقع البلدان اتفاقية لاستقبال 200 طالب حتى عام 2030.", [()]),
    ],
)
def test_an_agreement_knows_what_it_is_worth(
    sentence: str, amounts: list[tuple[str, ...]], engine: Engine
) -> None:
    found = engine.find(f"لقاء مصري تونسي\nالتقى وزير خارجية مصر نظيره التونسي. {sentence}")

    assert [one.amounts for one in found] == amounts
