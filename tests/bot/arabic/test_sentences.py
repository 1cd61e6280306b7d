"""Headline, dateline, sentences and quoted speech."""

from bot.arabic.sentences import layout


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in layout(text).sentences]


def test_the_first_line_is_the_headline() -> None:
    text = "عنوان الخبر\nجملة أولى. جملة ثانية."

    found = layout(text)

    assert text[slice(*found.headline)] == "عنوان الخبر"
    assert _sentences(text) == ["جملة أولى.", "جملة ثانية."]


def test_a_story_of_one_line_is_all_body() -> None:
    found = layout("جملة وحيدة بلا عنوان.")

    assert found.headline == (0, 0)
    assert len(found.sentences) == 1


def test_commas_numbers_and_titles_end_no_sentence() -> None:
    assert _sentences("عنوان\nبلغت القيمة 3.5 مليون دولار، وقال د. سامي ذلك. انتهى") == [
        "بلغت القيمة 3.5 مليون دولار، وقال د. سامي ذلك.",
        "انتهى",
    ]


def test_a_dateline_gives_the_place_and_is_no_part_of_the_first_sentence() -> None:
    text = "عنوان\nعمان (بترا) - اتفق الجانبان على ذلك."

    found = layout(text)

    assert text[slice(*found.place)] == "عمان"
    assert _sentences(text) == ["اتفق الجانبان على ذلك."]


def test_quoted_speech_is_found_with_its_marks() -> None:
    text = 'عنوان\nقال "نعم" ثم «لا» وسكت'

    assert [text[start:end] for start, end in layout(text).quotes] == ['"نعم"', "«لا»"]


def test_blank_and_odd_texts_hold_no_sentence() -> None:
    for text in ("", "\n\n", " . . . ", "123 456\n789"):
        assert layout(text).sentences == ()
