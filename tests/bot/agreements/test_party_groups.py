"""Who stands in a sentence and is no side of it: mediators, hosts, newspapers, parts of a side."""

from __future__ import annotations

import pytest

from tests.bot.agreements.casts import Resolve, named


@pytest.mark.parametrize(
    ("story", "point", "expected"),
    [
        # who only mediates
        (
            "خبر عن كينيا\nبدأت في كينيا محادثات بوساطة النرويج، وأعلنت النرويج أن اتفاقا يقضي بفتح المعبر.",
            "فتح المعبر",
            ["كينيا"],
        ),
        # a newspaper that reports it
        (
            "خبر\nوذكرت صحيفة «الشاطئ» أن اتفاقية الصيد مع كينيا تقضي بفتح المعبر.",
            "فتح المعبر",
            ["كينيا"],
        ),
        # the principal of who signed
        (
            "خبر\nأعلنت مجموعة نسيم، الوكيل الحصري لشركة نوردال، أنه تم الاتفاق على فتح الميناء.",
            "فتح الميناء",
            ["مجموعة نسيم"],
        ),
        # two governments are two states
        (
            "خبر\nوقع اتفاق بين حكومتي المغرب وأفريقيا الوسطى على الصيد.",
            "الصيد",
            ["المغرب", "أفريقيا الوسطى"],
        ),
        # whose office is over
        (
            "كتاب جديد\nقال الرئيس النرويجي السابق إنه وقع مع كينيا اتفاقية صيد.",
            "اتفاقية صيد",
            ["كينيا"],
        ),
        # "which Peru signed" borrows nobody from the main clause
        (
            "خبر\nوقعت كينيا مع النرويج عقدا لشراء السفن، التي وقعت بيرو صفقة لشراء عشر منها.",
            "صفقة لشراء عشر",
            ["بيرو"],
        ),
        # "we": the speaker's side, that the story does not name
        (
            "تشيلي وبيرو تتفقان على فتح المعبر\nوقال الكاتب: «اتفقنا مع كينيا على تبادل الخبراء».",
            "تبادل الخبراء",
            ["كينيا"],
        ),
        # "we", where the story says who agreed with them
        (
            "تشيلي وبيرو تتفقان على فتح المعبر\nوقال الكاتب: «اتفقنا مع بيرو على تبادل الخبراء».",
            "تبادل الخبراء",
            ["تشيلي", "بيرو"],
        ),
        # a federation and its committee are one side
        (
            "اتحاد السباحة الكيني\nأعلن اتحاد السباحة الكيني ولجنة المسابقات أنه تم الاتفاق على التأجيل.",
            "التأجيل",
            ["اتحاد السباحة الكيني"],
        ),
        # a union and the one that it belongs to
        (
            (
                "نقابة الصيادين تلغي الإضراب\nأعلنت نقابة الصيادين التابعة للاتحاد العام للعمال أنه تم "
                "الاتفاق على زيادة الأجور."
            ),
            "زيادة الأجور",
            ["نقابة الصيادين"],
        ),
        # a state and the government called by its head's name
        (
            "العراق\nقال نوري المالكي إن حكومة المالكي بحثت الأمر.\nوتم الاتفاق على فتح المعبر.",
            "فتح المعبر",
            ["العراق"],
        ),
        # a ministry, and the state that nobody says to agree
        (
            (
                "«النقل»: عقود\nقالت وزارة النقل إن وزارة النقل تدرس الأمر، وعاد الركاب من كينيا وشكرت "
                "كينيا.\n"
                "وتم توقيع عقود الحافلات."
            ),
            "عقود الحافلات",
            ["وزارة النقل"],
        ),
    ],
)
def test_no_side_is_added_that_did_not_agree(
    resolve: Resolve, story: str, point: str, expected: list[str]
) -> None:
    assert named(resolve(story, point)) == expected
