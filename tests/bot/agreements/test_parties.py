"""Who agreed, named in the sentence or elsewhere in the story. The stories are invented."""

from __future__ import annotations

import pytest

from tests.bot.agreements.casts import Resolve, named


@pytest.mark.parametrize(
    ("story", "point", "expected"),
    [
        # subject and "with"
        ("خبر\nوقعت كينيا مع النرويج اتفاقية لصيد الأسماك.", "صيد الأسماك", ["كينيا", "النرويج"]),
        ("خبر\nوقعت كينيا اتفاقية لصيد الأسماك مع النرويج.", "صيد الأسماك", ["كينيا", "النرويج"]),
        # "between", passive
        ("خبر\nتم التوقيع بين تشيلي وبيرو على بروتوكول الحدود.", "بروتوكول الحدود", ["تشيلي", "بيرو"]),
        # both named before the verb
        ("تشيلي وبيرو تتفقان على فتح المعبر\nتفاصيل لاحقا.", "فتح المعبر", ["تشيلي", "بيرو"]),
        # a company's state is no party beside it
        (
            "خبر\nوقعت شركة «نوردال» النرويجية عقدا مع كينيا لحفر الآبار.",
            "حفر الآبار",
            ["نوردال", "كينيا"],
        ),
        # a name that only quotation marks show
        ("خبر\nوقعت كينيا مع «نوردال» النرويجية عقدا لحفر الآبار.", "حفر الآبار", ["كينيا", "نوردال"]),
        # both sides are those who have just met
        (
            (
                "تشيلي وبيرو تتفقان على فتح المعبر\nبحث وزير النقل الكيني مع نظيره النرويجي الملاحة، "
                "واتفق الوزيران على فتح خط بحري."
            ),
            "فتح خط بحري",
            ["كينيا", "النرويج"],
        ),
        # a short name in quotation marks stands for the institution it is taken from
        (
            (
                "اتفاق بين «التشجير» والهيئة الوطنية للمياه\nوقع المركز الإقليمي للتشجير اتفاقا مع الهيئة "
                "الوطنية للمياه.\nوتم الاتفاق على ري الحدائق."
            ),
            "ري الحدائق",
            ["المركز الإقليمي للتشجير", "الهيئة الوطنية للمياه"],
        ),
        # ministers stand for states
        (
            "خبر\nاتفق وزير النقل البرتغالي جواو سيلفا ونظيره المغربي على تسيير خط بحري.",
            "تسيير خط بحري",
            ["البرتغال", "المغرب"],
        ),
        # adjectives behind the noun
        ("خبر\nاتفاق ياباني نيبالي على ترميم المعابد.", "ترميم المعابد", ["اليابان", "نيبال"]),
        # institutions sign, not the states they stand in
        (
            "خبر\nأبرمت جامعة الملك إدريس مذكرة تفاهم مع شركة «نسيم» التركية لتدريب الطلبة.",
            "تدريب الطلبة",
            ["جامعة الملك إدريس", "نسيم"],
        ),
        # both sides: named in the headline, or in the sentence before
        (
            "كوبا وفنلندا توقعان اتفاقية صحية\nجرى الحفل في هافانا. واتفق الجانبان على تبادل الأطباء.",
            "تبادل الأطباء",
            ["كوبا", "فنلندا"],
        ),
        (
            "لقاء جديد\nوقعت غانا وتوغو مذكرة. كما اتفقا على عقد لجنة مشتركة.",
            "عقد لجنة مشتركة",
            ["غانا", "توغو"],
        ),
        (
            "لقاء جديد\nوقعت غانا وتوغو مذكرة. وتم الاتفاق على عقد لجنة مشتركة.",
            "عقد لجنة مشتركة",
            ["غانا", "توغو"],
        ),
        # one named, the other from the main group
        (
            "تشيلي وبيرو توقعان اتفاقا\nتفاصيل. وتعهدت بيرو بتقديم السفن.",
            "تقديم السفن",
            ["بيرو", "تشيلي"],
        ),
        # who announces it
        ("خبر\nأعلنت إستونيا أنها اتفقت مع لاتفيا على ربط الشبكتين.", "ربط الشبكتين", ["إستونيا", "لاتفيا"]),
        # a word for two states
        ("خبر\nاتفقت الكوريتان على لم شمل الأسر.", "لم شمل الأسر", ["كوريا الشمالية", "كوريا الجنوبية"]),
        # a joint committee is its two states
        (
            "خبر\nتوصلت اللجنة اليابانية القبرصية المشتركة إلى اتفاق بشأن الموانئ.",
            "الموانئ",
            ["اليابان", "قبرص"],
        ),
        # many
        (
            "خبر\nاتفقت مصر والسودان وإثيوبيا على تبادل بيانات الأمطار.",
            "تبادل بيانات الأمطار",
            ["مصر", "السودان", "إثيوبيا"],
        ),
        (
            "خبر\nوقعت دول مجلس التعاون الخليجي مع اليابان اتفاقية تجارة.",
            "اتفاقية تجارة",
            ["دول مجلس التعاون الخليجي", "اليابان"],
        ),
        # a body named for the office somebody holds in it is no further party
        (
            "خبر\nوقع رئيس مجلس الأعيان خالد المشري وخليفة حفتر وثيقة لفتح الطريق.",
            "وثيقة لفتح الطريق",
            ["خالد المشري", "خليفة حفتر"],
        ),
        # nor is the state that he presides over
        (
            "خبر\nاتفاق بين سلفا كير ورياك مشار.\nووقع رئيس جنوب السودان سلفا كير اتفاق سلام.",
            "اتفاق سلام",
            ["سلفا كير", "رياك مشار"],
        ),
        # nor a part of a state beside it
        (
            "خبر\nاتفق الرئيس النرويجي وقائد القوات المسلحة النرويجية مع كينيا على تدريب الضباط.",
            "تدريب الضباط",
            ["النرويج", "كينيا"],
        ),
        # as many as are said to agree
        (
            "أنبوب يربط كينيا وتنزانيا وأوغندا\nبحثت كينيا وتنزانيا الملاحة.\nواتفقت الدول الثلاث على مده.",
            "مده",
            ["كينيا", "تنزانيا", "أوغندا"],
        ),
        # among themselves: whom they speak about is no party
        (
            "دول مجموعة السبع وكينيا\nاتفق وزراء خارجية دول مجموعة السبع على موقف واحد من كينيا.",
            "موقف واحد",
            ["مجموعة السبع"],
        ),
        # whose the document is stands behind it, not who approved it
        (
            "خبر\nوقعت تشيلي وبيرو وثيقة. وأقرت كوبا توقيع اتفاقية بين كينيا والنرويج لصيد الأسماك.",
            "اتفاقية بين كينيا",
            ["كينيا", "النرويج"],
        ),
        # "his country" is the state of who speaks
        (
            "خبر\nأعلن الرئيس الكيني أن بلاده والنرويج اتفقتا على تبادل الخبراء، وبحثت كوبا وتوغو الأمر.",
            "تبادل الخبراء",
            ["كينيا", "النرويج"],
        ),
        # who leaves an agreement does so alone
        (
            "كينيا والنرويج\nوقعت كوبا وتوغو اتفاقا.\nوانسحبت كينيا من اتفاقية صيد الأسماك.",
            "اتفاقية صيد",
            ["كينيا"],
        ),
        # a list that ends in "and others", far from its verb
        (
            "خبر\nقال إن كينيا والنرويج وغيرهما من الدول الساحلية المطلة على المحيط قد يوقعون اتفاقا.",
            "اتفاقا",
            ["كينيا", "النرويج"],
        ),
    ],
)
def test_the_parties_of_a_point(resolve: Resolve, story: str, point: str, expected: list[str]) -> None:
    resolution = resolve(story, point)
    assert sorted(named(resolution)) == sorted(expected), resolution.reason


def test_a_capital_where_they_met_is_no_party(resolve: Resolve) -> None:
    assert named(resolve("خبر\nوقعت كينيا والنرويج في باريس اتفاقية صيد.", "اتفاقية صيد")) == [
        "كينيا",
        "النرويج",
    ]


def test_short_forms_point_back(resolve: Resolve) -> None:
    story = "خبر\nوقعت الهيئة العامة للحدائق مع شركة «نسيم» عقدا. والتزمت الهيئة مع الشركة بتشجير الطرق."
    assert named(resolve(story, "تشجير الطرق")) == ["الهيئة العامة للحدائق", "نسيم"]


def test_a_reason_goes_with_each_answer(resolve: Resolve) -> None:
    assert resolve("خبر\nوقعت كينيا مع النرويج اتفاقية صيد.", "اتفاقية صيد").reason.startswith("named")


def test_a_story_without_names_has_no_parties(resolve: Resolve) -> None:
    assert named(resolve("خبر\nاتفق الطرفان على أن الطقس جميل.", "الطقس")) == []


def test_nobody_agrees_with_his_own_government(resolve: Resolve) -> None:
    story = "مصر: وفد فني إلى الموقع\nأعلنت الحكومة المصرية أنه تم الاتفاق على إرسال وفد فني إلى الموقع."

    names = [party.name for party in resolve(story, "إرسال وفد فني").parties]

    assert names in (["مصر"], ["الحكومة المصرية"])


def test_who_agreed_stands_before_whom_they_agreed_with(resolve: Resolve) -> None:
    story = "كينيا والنرويج\nبحثت كينيا مع النرويج الصيد.\nوقال إنه تم الاتفاق مع النرويج على تبادل الخبراء."

    assert named(resolve(story, "تبادل الخبراء")) == ["كينيا", "النرويج"]


def test_a_name_is_spelt_as_the_story_spells_it(resolve: Resolve) -> None:
    story = "خبر\nوقعت الكوت ديفوار وكينيا اتفاقية صيد، وقالت المملكة إن سالفا كير حضر."

    assert named(resolve(story, "اتفاقية صيد")) == ["الكوت ديفوار", "كينيا"]


def test_the_kingdom_is_called_by_its_name(resolve: Resolve) -> None:
    story = "خبر\nوقعت المملكة وكينيا اتفاقية صيد في الرياض."

    assert named(resolve(story, "اتفاقية صيد")) == ["السعودية", "كينيا"]


def test_nobody_is_joined_to_who_agrees_because_the_story_names_him_often(resolve: Resolve) -> None:
    story = "كينيا تستقبل السياح\nزار السياح النرويج ثم كينيا.\nواتفقت الحكومة الكينية على دعم الوزير."

    assert len(named(resolve(story, "دعم الوزير"))) == 1
