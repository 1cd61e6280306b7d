"""Digests: grouped by parties, merged across wires, paged, in words of the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.digest import PAGE, arrange, compose, merge, write
from bot.message import Style
from bot.model import Kind, Party
from config.words import load_words
from tests.builders import CHINA, USA, agreement, finding

WORDS = load_words(latin=False)
QATAR = Party("قطر", "qatar", "state")


def test_parties_head_their_bullets_once() -> None:
    found = [finding(1, agreement("فتح قنصلية", place="بكين")), finding(2, agreement("تبادل الخبراء"))]
    message = compose(found, WORDS["ar"], heading="موجز")
    assert [p.plain for p in message.paragraphs] == [
        "موجز",
        "🤝 الصين والولايات المتحدة — بكين",
        "فتح قنصلية",
        "تبادل الخبراء",
        "المصدر: وكالة",
        "بندان · لموضوع بعينه: /topics",
    ]


def test_the_fullest_group_comes_first_and_plans_come_after_what_is_done() -> None:
    found = [
        finding(1, agreement("بناء جسر", parties=(QATAR, USA))),
        finding(2, agreement("عقد جولة ثانية", kind=Kind.PLANNED)),
        finding(3, agreement("فتح قنصلية")),
    ]
    assert [item.findings[0].id for item in arrange(merge(found))] == [3, 2, 1]


def test_two_wires_with_the_same_agreement_make_one_bullet_with_both_sources() -> None:
    found = [
        finding(1, agreement("إنشاء محطة لتحلية المياه في العقبة"), source="أ"),
        finding(2, agreement("إنشاء محطة تحلية المياه في العقبة", parties=(USA, CHINA)), source="ب"),
    ]
    (item,) = merge(found)
    assert item.sources == ("أ", "ب")


def test_alike_but_for_a_number_they_are_two() -> None:
    found = [
        finding(1, agreement("إيفاد 50 طبيبا إلى القاهرة")),
        finding(2, agreement("إيفاد 60 طبيبا إلى القاهرة")),
    ]
    assert len(merge(found)) == 2


def test_no_pair_fills_a_page_alone() -> None:
    many = [finding(n, agreement(f"بند {n}")) for n in range(9)]
    other = finding(99, agreement("بناء جسر", parties=(QATAR, USA)))
    assert [item.findings[0].id for item in arrange(merge([*many, other]))] == [0, 1, 2, 3, 4, 99, 5, 6, 7, 8]


def test_the_same_words_of_other_parties_stay_apart() -> None:
    found = [finding(1, agreement("تعزيز التعاون")), finding(2, agreement("تعزيز التعاون", parties=(QATAR,)))]
    assert len(merge(found)) == 2


def test_a_long_digest_says_how_much_is_left_and_how_to_get_it() -> None:
    found = [finding(n, agreement(f"بند {n} عن {n * 7} و{n * 13}")) for n in range(PAGE + 4)]
    items = arrange(merge(found))
    first = write(items, WORDS["ar"], heading="موجز", more="/digest ai")
    second = write(items, WORDS["ar"], heading="موجز", page=2, more="/digest ai")
    bullets = [sum(p.style == Style.BULLET for p in m.paragraphs) for m in (first, second)]
    assert bullets == [PAGE, 4]
    assert first.buttons[0][0].command == "/digest ai 2"
    assert "و٤ بنود أخرى" in first.plain
    assert "١٦–١٩ من أصل ١٩" in second.plain
    assert second.buttons == ()


def test_many_parties_are_named_briefly() -> None:
    many = tuple(Party(f"طرف{n}", f"p{n}", "state") for n in range(6))
    message = compose([finding(1, agreement("فتح معبر", parties=many))], WORDS["ar"], heading="موجز")
    assert message.paragraphs[1].plain == "🤝 طرف0 وطرف1 وطرف2 وأطراف أخرى"


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_parties_are_joined_in_their_own_language(locale: str) -> None:
    message = compose([finding(1, agreement("فتح قنصلية"))], WORDS[locale], heading="x")
    assert message.paragraphs[1].plain == "🤝 الصين والولايات المتحدة"


def test_english_labels_around_arabic_bullets() -> None:
    message = compose([finding(1, agreement(kind=Kind.SIGNED))], WORDS["en"], heading="Agreements")
    assert "✍️ Signed" in message.plain
    assert message.locale == "en"


def test_within_a_cluster_fewer_common_words_make_one_bullet_with_both_sources() -> None:
    said = agreement("بناء محطات تحلية مياه البحر"), agreement("إنشاء محطات تحلية مياه المتوسط")
    one, other = finding(1, said[0], source="أولى"), finding(2, said[1], source="ثانية")
    assert len(merge([one, other])) == 2
    together = [replace(told, story=replace(told.story, cluster=1)) for told in (one, other)]
    (item,) = merge(together)
    assert item.sources == ("أولى", "ثانية")
