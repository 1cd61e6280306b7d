"""The check that a bullet says no more than its evidence."""

import pytest

from bot.agreements.verify import Verifier
from config.engine import load_engine

EVIDENCE = "واتفق الجانبان على استقبال 500 طالب من البلدين"


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return load_engine().phraser.verifier


def test_the_wires_own_words_hold(verifier: Verifier) -> None:
    assert verifier.holds("استقبال 500 طالب", EVIDENCE, ())


def test_other_forms_of_its_words_and_the_parties_hold(verifier: Verifier) -> None:
    assert verifier.holds("اتفقت الصين ومصر على استقبال الطالب", EVIDENCE, ["الصين", "مصر"])


@pytest.mark.parametrize(
    ("bullet", "missing"),
    [
        ("استقبال 600 طالب", "600"),
        ("استقبال 50 طالب", "50"),
        ("طرد 500 طالب", "طرد"),
        ("استقبال فرنسا", "فرنسا"),
    ],
)
def test_other_numbers_names_and_words_do_not(bullet: str, missing: str, verifier: Verifier) -> None:
    assert verifier.unsupported(bullet, EVIDENCE, ["الصين"]) == (missing,)


def test_names_hold_with_the_conjunction_that_joins_them(verifier: Verifier) -> None:
    names = ["ليبيا", "فيتنام", "وزارة النقل"]

    assert verifier.holds("فيتنام وليبيا ووزارة النقل: استقبال الطالب", EVIDENCE, names)
    assert verifier.unsupported("ومالي: استقبال الطالب", EVIDENCE, names) == ("ومالي",)


@pytest.mark.parametrize(
    ("bullet", "evidence"),
    [
        ("وقعت عقدا", "وقع الطرفان عقدا"),
        ("إطلاق منصة", "سيطلقان منصة"),
        ("تكليف اللجنة", "على أن تكلف اللجنة"),
        ("بروتوكول قنصلي", "بروتوكولا قنصليا"),
    ],
)
def test_a_form_of_the_wires_verb_holds(bullet: str, evidence: str, verifier: Verifier) -> None:
    assert verifier.holds(bullet, evidence, ())


def test_the_noun_of_another_verb_does_not(verifier: Verifier) -> None:
    assert verifier.unsupported("إلغاء منصة", "سيطلقان منصة", ()) == ("الغاء",)
