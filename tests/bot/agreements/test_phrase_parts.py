"""The parts of writing a bullet, one by one: ends, heads, what the header repeats, what says nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.agreements.ends import tidy
from bot.agreements.find import Engine
from bot.agreements.phrase import Phraser
from bot.model import Kind

SAMPLES = Path(__file__).parents[3] / "config" / "samples"


@pytest.fixture(scope="module")
def generous(engine: Engine) -> Engine:
    """Keeps what it half believes: for tests of how a thing is said, not whether."""
    return replace(engine, model=replace(engine.model, keep=0.05))


@pytest.fixture(scope="module")
def phraser(engine: Engine) -> Phraser:
    return engine.phraser


@pytest.mark.parametrize(
    ("phrase", "peeled"),
    [
        ("مذكرة تفاهم تهدف إلى", "مذكرة تفاهم"),
        ("توريد القمح إضافة إلى", "توريد القمح"),
        ("عقد صيانة بقيمة 1", "عقد صيانة"),
        ("تسيير رحلات جوية، وقد", "تسيير رحلات جوية"),
        ("إيفاد بعثة لتقصي", "إيفاد بعثة"),
        ("تشكيل لجنة لمتابعته", "تشكيل لجنة لمتابعته"),
        ("زراعة ألف شجرة", "زراعة ألف شجرة"),
        ("افتتاح المصنع في النصف الأول من العام", "افتتاح المصنع في النصف الأول"),
        ("اتفاق للصيد فيما وقعها", "اتفاق للصيد"),
        ("تأجيل الانتخابات إلى نهاية هذا العام", "تأجيل الانتخابات إلى نهاية هذا العام"),
    ],
)
def test_no_end_dangles(phrase: str, peeled: str, phraser: Phraser) -> None:
    assert phraser.shortener.ends.peel(phrase) == peeled


@pytest.mark.parametrize(
    "phrase",
    [
        "توسعة مرفأ الصيد بقيمة 3.5 ملايين دينار لصالح البحارة",
        "تعاون وثيق بين وزارة البيئة والبلدية في فرز النفايات",
        "بناء متحف «بيت الذاكرة والحكاية» في المدينة القديمة",
        "تشييد أكبر مزرعة رياح عائمة في الخليج مع مطلع الربيع",
        "رفع أجور العمال بين الاتحاد العام لعمال الموانئ واتحاد أصحاب السفن",
    ],
)
def test_a_cut_tears_no_number_pair_or_quoted_name(phrase: str, phraser: Phraser) -> None:
    for most in range(3, len(phrase.split())):
        short = phraser.shortener.cut(phrase, most)
        assert not short.endswith(("3", "3.5", "وزارة", "وزارة البيئة", "بيت", "عائمة", "لعمال الموانئ"))
        assert short.count("«") == short.count("»")


@pytest.mark.parametrize(
    ("phrase", "mended"),
    [
        ("سيطلقان قمرا للرصد", "إطلاق قمرا للرصد"),
        ("يتبادل الطرفان بيانات الزلازل", "تبادل بيانات الزلازل"),
        ("ستنفذ في مارس المقبل تمرينا بحريا", "تنفيذ تمرينا بحريا في مارس المقبل"),
        ("يتم توحيد المقاييس", "توحيد المقاييس"),
        ("تناهز 90 مليون دينار", ""),
        ("سنويا للبحث والإنقاذ", ""),
        ("يغازل الجمهور", ""),
        ("اتفاقية للنقل البري", "اتفاقية للنقل البري"),
        ("يوم تطوعي للنظافة", "يوم تطوعي للنظافة"),
    ],
)
def test_a_verb_at_the_head_becomes_a_noun(phrase: str, mended: str, phraser: Phraser) -> None:
    assert phraser.heads.mend(phrase) == mended


def test_what_is_done_comes_before_the_day_it_is_done(phraser: Phraser) -> None:
    said = "سيتم اليوم الخميس على الساعة الثامنة بقصر الضيافة إمضاء اتفاق الأجور"

    assert phraser.heads.mend(said) == "إمضاء اتفاق الأجور"


def test_a_noun_of_action_takes_the_article_before_a_preposition(phraser: Phraser) -> None:
    assert phraser.heads.mend("سيتعاون الجانبان في مجال الصحة") == "التعاون في مجال الصحة"
    assert phraser.heads.mend("وتشرف على إعداد الخطة") == "الإشراف على إعداد الخطة"
    assert phraser.heads.mend("ستطلق الوزارة خدمة جديدة") == "إطلاق الوزارة خدمة جديدة"


def test_after_that_a_word_that_may_be_a_noun_is_a_verb(phraser: Phraser) -> None:
    assert phraser.heads.mend("تكلف اللجنة بالإعداد", verb=True) == "تكليف اللجنة بالإعداد"


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("اتفاقية للصيد بين كندا وبيرو", "اتفاقية للصيد"),
        ("ترسيم الحدود بين كندا وبيرو", "ترسيم الحدود بينهما"),
        ("مذكرة تفاهم مع بيرو، اليوم الأربعاء", "مذكرة تفاهم"),
        ("مذكرة تفاهم مع غانا", "مذكرة تفاهم مع غانا"),
        ("افتتاح خط جوي قبل الأربعاء", "افتتاح خط جوي قبل الأربعاء"),
        ("نقل البضائع بين كندا وغانا", "نقل البضائع بين كندا وغانا"),
        ("اتفاق مع بيرو لشراء القمح", "اتفاق لشراء القمح"),
        ("التعاون بين كندا وبيرو في النقل", "التعاون في النقل"),
        ("تفعيل العلاقات الثقافية بينهما", "تفعيل العلاقات الثقافية"),
        ("شراكة بين كندا وبيرو تركز على النقل", "شراكة تركز على النقل"),
        ("اتفاقية الضمان بين الحكومة الكندية وجمهورية بيرو", "اتفاقية الضمان"),
    ],
)
def test_what_the_header_says_is_not_said_again(phrase: str, left: str, phraser: Phraser) -> None:
    assert phraser.repeats.without(phrase, ["كندا", "بيرو"]) == left


@pytest.mark.parametrize(
    ("phrase", "beside"),
    [
        ("اتفاقية مع شركة نوردال النرويجية للتعدين", 1),  # who agreed stands before, with whom it says itself
        ("اتفاق إطار بين كندا وشركة نوردال", 0),
        ("نقل البضائع بين كندا وغانا", 2),
        ("تبادل الخبراء", 2),
    ],
)
def test_a_name_stands_in_the_header_or_in_the_phrase(phrase: str, beside: int, phraser: Phraser) -> None:
    assert phraser.repeats.tellers(phrase, ["كندا", "شركة نوردال"]) == beside


@pytest.mark.parametrize(
    "phrase", ["كندا وبيرو", "التعاون معهما", "رعاية ودعم", "كل النقاط", "ما يلي", "تعاون"]
)
def test_what_says_nothing_is_known(phrase: str, phraser: Phraser) -> None:
    assert phraser.refusal.says_nothing(phrase, ["كندا", "بيرو"])


@pytest.mark.parametrize("phrase", ["تبادل السفراء", "وقف إطلاق النار", "مذكرة تفاهم", "ترسيم الحدود بينهما"])
def test_what_is_short_and_says_something_stays(phrase: str, phraser: Phraser) -> None:
    assert not phraser.refusal.says_nothing(phrase, ["كندا", "بيرو"])


@pytest.mark.parametrize(
    "sentence",
    [
        "اتفق الوزيران على هامش المؤتمر الدولي للمياه.",
        "وقع المذكرة عن الجانب الكندي وزير البيئة وعن جانب بيرو وزيرة المياه.",
        "تسعى كندا وبيرو إلى التوصل إلى اتفاق لتقاسم المياه.",
        "وقعت كندا وبيرو اتفاق تجارة حرة محتمل بينهما.",
        "وقع على مذكرة التفاهم نائب الوزير الكندي ومدير الموانئ في بيرو.",
        "وقعت كندا وبيرو مذكرة، وقال إن مذكرة التفاهم تأتي في إطار رؤية شاملة.",
    ],
)
def test_what_was_not_agreed_is_dropped(sentence: str, engine: Engine) -> None:
    assert engine.find(f"كندا وبيرو تتفقان\n{sentence}") == ()


def test_too_many_parties_are_two_and_others(engine: Engine) -> None:
    text = "خبر\nاتفقت كندا وبيرو وغانا والنرويج وتشيلي وكينيا على تنظيم مؤتمر سنوي لحماية الغابات المطيرة."
    found = engine.find(text)

    assert found
    assert len(found[0].bullet.split()) <= 22
    assert "كندا" in found[0].bullet


def test_who_pledged_stands_in_the_bullet(generous: Engine) -> None:
    text = "كندا وبيرو تتفقان على حماية الغابات\nوتعهدت كندا بتمويل زراعة مليون شجرة في بيرو خلال خمس سنوات."

    assert generous.find(text)[0].bullet.startswith("تعهدت كندا بتمويل زراعة مليون شجرة")


def test_an_extension_keeps_its_noun(generous: Engine) -> None:
    found = generous.find((SAMPLES / "marjan" / "kuwait-egypt-health.txt").read_text(encoding="utf-8"))

    assert "تمديد العمل ببروتوكول التعاون الصحي ثلاث سنوات إضافية" in {one.phrase for one in found}
    assert Kind.EXTENDED in {one.kind for one in found}


def test_a_place_ends_where_the_date_begins(engine: Engine) -> None:
    found = engine.find((SAMPLES / "atlasiya" / "morocco-senegal-ai.txt").read_text(encoding="utf-8"))

    assert {one.place for one in found} == {"الرباط"}


@pytest.mark.parametrize(
    "sentence",
    [
        "واتفقت عصابة من تسعة أشخاص على سرقة المصرف، وفق ما أعلنت النيابة.",
        "ووقع اللاعب أمس عقدا مع نادي الساحل لثلاثة مواسم.",
    ],
)
def test_crime_and_players_contracts_are_no_agreements(engine: Engine, sentence: str) -> None:
    assert not engine.find(f"خبر اليوم\n{sentence}")


def test_signs_that_only_wires_use_go() -> None:
    assert tidy("اتفاقية مع #شركة_النور و هيئة المياه") == "اتفاقية مع شركة النور وهيئة المياه"


def test_in_addition_to_agreeing_on_says_nothing(engine: Engine) -> None:
    assert engine.phraser.heads.mend("إضافة إلى الاتفاق على فتح المعبر") == "فتح المعبر"
    assert engine.phraser.heads.mend("إضافة مادة إلى القانون") == "إضافة مادة إلى القانون"


def test_that_stays_before_a_clause(generous: Engine) -> None:
    found = generous.find("خبر اليوم\nواتفقت مصر واليونان على أن كل السفن يمكنها الرسو في المرفأ.")

    assert [one.bullet for one in found] == ["اتفقت مصر واليونان على أن كل السفن يمكنها الرسو في المرفأ"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("توريد الأنابيب لـ«نسيم", "توريد الأنابيب لنسيم"),
        ("دعم لـ خطة الري", "دعم لخطة الري"),
        ("تمويل لـ«الواحة", "تمويل للواحة"),
        ("القمة الـ14 للبحارة", "القمة الـ14 للبحارة"),
        ("مساندة كليةNile College", "مساندة كلية Nile College"),
    ],
)
def test_what_quotation_marks_left_goes(text: str, mended: str) -> None:
    assert tidy(text) == mended


def test_no_and_joins_the_first_relative(phraser: Phraser) -> None:
    ends = phraser.shortener.ends

    assert ends.related("ترسيم الحدود والتي تمر بالوادي") == "ترسيم الحدود التي تمر بالوادي"
    assert ends.related("الحدود التي تمر بالوادي والتي تبدأ منه") == "الحدود التي تمر بالوادي والتي تبدأ منه"


def test_adjectives_of_a_document_are_no_object(generous: Engine) -> None:
    found = generous.find("خبر اليوم\nوقعت مصر وقبرص اليوم اتفاق تعاون جديدا لصيد السردين.")

    assert found[0].phrase == "اتفاق تعاون جديد لصيد السردين"


def test_a_pronoun_at_the_head_has_no_owner(phraser: Phraser) -> None:
    assert phraser.refusal.says_nothing("تفرعاته الثلاثة في الوادي", ())
    assert not phraser.refusal.says_nothing("اتفاقية الصيد في الوادي", ())


@pytest.mark.parametrize("phrase", ["هذه ملزمة بالوقوف عند الإشارة", "هذا الصدد جرى فتح الجسر"])
def test_this_needs_its_noun(phrase: str, phraser: Phraser) -> None:
    assert phraser.refusal.says_nothing(phrase, ())
    assert not phraser.refusal.says_nothing("هذا الجسر يفتح للمشاة", ())


def test_what_follows_but_was_not_agreed(phraser: Phraser) -> None:
    ends = phraser.shortener.ends

    assert ends.agreed("فتح الجسر للمشاة، لكن العمال غائبون") == "فتح الجسر للمشاة"
    assert ends.agreed("فتح الجسر للمشاة لكن ليلا") == "فتح الجسر للمشاة لكن ليلا"


def test_a_date_that_was_cut_off_goes(phraser: Phraser) -> None:
    assert phraser.repeats.without("اتفاقية لصيد السردين الأحد 13", ()) == "اتفاقية لصيد السردين"
