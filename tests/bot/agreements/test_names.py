"""Names of states, bodies and institutions, and what is no name. The sentences are ours."""

from __future__ import annotations

import pytest

from bot.agreements.names import Names
from bot.arabic.text import fold
from config.names import load_names


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


def found(names: Names, text: str) -> list[str]:
    return [mention.party.name for mention in names.mentions(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار الرئيس الكيني لبنان والأردن", ["كينيا", "لبنان", "الأردن"]),
        ("عادت واشنطن إلى المحادثات مع طهران", ["الولايات المتحدة", "إيران"]),
        ("سلم رسالة للصين ولليابان", ["الصين", "اليابان"]),
        ("اتفق وزيرا الخارجية البرتغالي والنرويجية", ["البرتغال", "النرويج"]),
        ("أعلن الكرملين والبيت الأبيض", ["روسيا", "الولايات المتحدة"]),
        ("دعا ماكرون نظيره الصربي", ["فرنسا", "صربيا"]),
        ("انضمت كوريا الجنوبية إلى جنوب السودان", ["كوريا الجنوبية", "جنوب السودان"]),
        ("قالت منظمة الصحة العالمية واليونيسف", ["منظمة الصحة العالمية", "اليونيسف"]),
        ("نظرت وزارة الصحة والسكان في الأمر", ["وزارة الصحة والسكان"]),
        ("رحبت الهيئة الوطنية لمكافحة الحرائق بالقرار", ["الهيئة الوطنية لمكافحة الحرائق"]),
        ("توقع جامعة الملك إدريس غدا", ["جامعة الملك إدريس"]),
        ("باعت شركة «نسيم» حصتها", ["نسيم"]),
        ("باعت شركة أرامكو حصتها", ["أرامكو"]),
        ("بين وزارتي الزراعة والتعليم", ["وزارة الزراعة", "وزارة التعليم"]),
        ("وقعت شركات إيطالية عقودا", ["شركات إيطالية"]),
        # a verb with a hamza is no word with the article
        ("قالت وزارة النقل إن الوزارة ألزمتهم بالموعد", ["وزارة النقل"]),
        ("باعت مجموعة يرأسها كاتب حصتها إلى شركة ياماها", ["شركة ياماها"]),
        # a description is no name
        ("باعت شركة نقل منافسة حصتها", []),
        ("باعت شركة محلية حصتها إلى النادي المنافس", []),
        ("باعت شركات إيطالية متخصصة حصتها", ["شركات إيطالية"]),
        # an interest is no authority
        ("حرصا على مصلحة الصيادين والتجار", []),
        ("أعلنت مصلحة الجمارك في الميناء", ["مصلحة الجمارك"]),
        # an amount of money is no state
        ("دفع الصياد مبلغ مالي كبير في مالي", ["مالي"]),
        # what describes both describes neither alone
        ("بين قبيلتي النور والسهل الكينيتين", ["قبيلة النور", "قبيلة السهل"]),
        ("بين حزبي الوحدة والعدل الكينيين", ["حزب الوحدة", "حزب العدل"]),
    ],
)
def test_names_are_found_and_called_by_their_usual_name(names: Names, text: str, expected: list[str]) -> None:
    assert found(names, text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "هطلت أمطار غزيرة على الساحل", "قال مصدر مطلع", "تحسن الوضع المالي", "شركات كبرى", "12345 !!"],
)
def test_other_words_are_no_names(names: Names, text: str) -> None:
    assert found(names, text) == []


@pytest.mark.parametrize(
    ("text", "kingdom"),
    [
        ("الرباط: أكد الوزير المغربي أن المملكة ملتزمة", "المغرب"),
        ("أكد الوزير السعودي أن المملكة ملتزمة", "السعودية"),
        ("أكد الأردن أن المملكة ملتزمة", "الأردن"),
        ("أكد أن المملكة ملتزمة", "السعودية"),
    ],
)
def test_the_kingdom_is_the_one_the_story_names(names: Names, text: str, kingdom: str) -> None:
    assert found(names, text)[-1] == kingdom


def test_amman_is_in_jordan_when_the_story_is(names: Names) -> None:
    assert found(names, "التقى الوزير الأردني في عمان وفدا")[-1] == "الأردن"
    assert found(names, "أعلنت سلطنة عمان الأمر") == ["سلطنة عمان"]


def test_offsets_leave_the_particles_out(names: Names) -> None:
    folded = fold("رسالةٌ وللأردنِّ")
    (mention,) = names.mentions(folded)
    assert folded.text[mention.start : mention.end] in ("لاردن", "اردن", "الاردن")
    assert mention.prefix == "ولل"


def test_a_name_added_to_the_lexicon_needs_no_python(names: Names) -> None:
    assert names.party("kenya") is not None
    assert names.party("atlantis") is None


def test_a_name_written_as_one_word_or_two_is_one_party(names: Names) -> None:
    one, two = names.mentions(fold("جامعة الملك عبدالرحيم مع جامعة الملك عبد الرحيم"))

    assert one.party.slug == two.party.slug
