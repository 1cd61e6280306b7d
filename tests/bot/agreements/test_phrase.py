"""How bullets are written."""

from dataclasses import replace

from bot.agreements.decide import Point
from bot.agreements.ends import tidy
from bot.agreements.find import Engine
from bot.agreements.own import own_words
from bot.agreements.story import StoryView
from bot.arabic.text import fold
from tests.bot.agreements.points import point_at


def _first(engine: Engine, sentence: str) -> tuple[str, str]:
    found = engine.find(f"خبر اليوم\n{sentence}")[0]
    return found.bullet, found.phrase


def test_the_verb_agrees_with_the_first_party(engine: Engine) -> None:
    bullet, _ = _first(engine, "واتفق الأردن والكويت على تبادل الخبرات الطبية بين الجامعات.")
    assert bullet == "اتفق الأردن والكويت على تبادل الخبرات الطبية بين الجامعات"

    bullet, _ = _first(engine, "واتفق وزيرا خارجية تونس وليبيا على فتح المعبر أمام المسافرين.")
    assert bullet.startswith("اتفقت تونس وليبيا على فتح المعبر")


def test_the_two_countries_become_a_pronoun(engine: Engine) -> None:
    _, phrase = _first(engine, "اتفقت مصر واليونان على ترسيم الحدود البحرية بين البلدين.")

    assert phrase == "ترسيم الحدود البحرية بينهما"


def test_a_document_stands_in_the_nominative_under_its_header(engine: Engine) -> None:
    _, phrase = _first(engine, "وقعت مصر وقبرص اليوم اتفاقا جديدا لتقاسم الغاز في البحر المتوسط.")

    assert phrase.startswith("اتفاق جديد لتقاسم الغاز")


def test_a_long_point_is_cut_where_arabic_can_be_cut(engine: Engine) -> None:
    shortener = engine.phraser.shortener
    long = "تعزيز التعاون في مجالات التعليم والصحة، وذلك من خلال تبادل الخبراء وتنظيم الدورات"

    assert shortener.cut(long, 10) == "تعزيز التعاون في مجالات التعليم والصحة"
    assert shortener.cut(long, 99) == long


def test_stray_marks_go() -> None:
    assert tidy(' "فتح المعبر، ') == "فتح المعبر"
    assert tidy("فتح (المعبر") == "فتح المعبر"
    assert tidy("شركة «زين»") == "شركة «زين»"


def test_whose_duty_alone_it_is_stands_before_it(engine: Engine) -> None:
    story = (
        "وقعت جامعة الملك إدريس مذكرة تفاهم مع شركة نسيم للطاقة لإنشاء محطة شمسية.\n"
        "وبموجب المذكرة ستعمل الجامعة على تدريب المهندسين وتقديم المساعدة الفنية لتشغيل المحطة."
    )
    found = {one.phrase: one.bullet for one in engine.find(f"خبر اليوم\n{story}")}

    assert "جامعة الملك إدريس: تدريب المهندسين" in found.values()
    assert "جامعة الملك إدريس: تدريب المهندسين" in found


def test_who_pledged_is_the_subject_of_the_pledge(engine: Engine) -> None:
    story = "وقعت كينيا والنرويج اتفاقا لصيد الأسماك.\nوتعهد وزير المالية النرويجي بتمويل بناء ميناء جديد."
    found = [one.bullet for one in engine.find(f"خبر اليوم\n{story}")]

    assert "تعهدت النرويج بتمويل بناء ميناء جديد" in found


def test_a_document_is_told_with_what_it_is_about(engine: Engine) -> None:
    story, agreed = story_and_point(
        engine, "وقعت مصر وقبرص اليوم مذكرة تفاهم في مجال النقل البحري، بحضور الوزيرين."
    )

    assert (
        own_words(story, agreed, engine.phraser.heads, engine.phraser.shortener.ends)
        == "مذكرة تفاهم في مجال النقل البحري"
    )


def story_and_point(engine: Engine, sentence: str) -> tuple[StoryView, Point]:
    """The document of a sentence, by its name alone."""
    point = point_at(engine.lexicon, sentence, "مذكرة")
    last = point.first + 2
    span = (point.span[0], point.line.tokens[last - 1].end)
    return StoryView.of(fold(sentence), engine.names), replace(point, last=last, span=span)
