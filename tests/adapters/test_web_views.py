"""How the page reads the platforms' own markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.slack_view import mrkdwn
from adapters.web.telegram_view import telegram_view


def test_telegrams_tags_pass() -> None:
    html = '<b>عنوان</b> <i>و</i> <code>/topics</code> <a href="https://wire.example/?a=1&amp;b=2">هنا</a>'
    assert telegram_view(html) == (
        "<b>عنوان</b> <i>و</i> <code>/topics</code> "
        '<a href="https://wire.example/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">هنا</a>'
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;x"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ('<a href="javascript:x">y</a>', "&lt;a href=&#34;javascript:x&#34;&gt;y</a>"),
        ('<b onclick="x">y</b>', "<b>y</b>"),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_other_tags_show_as_words(html: str, shown: str) -> None:
    assert telegram_view(html).startswith(shown)


def test_a_quotation_ends_its_own_line() -> None:
    view = telegram_view("قبل\n<blockquote expandable>نص</blockquote>\nبعد")
    assert view == "قبل\n<blockquote>نص</blockquote>بعد"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("المصدر: *مرجان*", "المصدر: <b>مرجان</b>"),
        ("_i_ ~s~ `c`", "<i>i</i> <s>s</s> <code>c</code>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<script>", "&lt;script&gt;"),
        ("<javascript:x|y>", "&lt;javascript:x|y&gt;"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(text: str, shown: str) -> None:
    assert mrkdwn(text) == shown


def test_a_slack_link_leads_where_it_says() -> None:
    assert 'href="https://wire.example/?a=1&amp;b=2"' in mrkdwn("<https://wire.example/?a=1&amp;b=2|الخبر>")
    assert ">الخبر</a>" in mrkdwn("<https://wire.example/|الخبر>")


@given(st.text(alphabet="<>&;\"'=/ab*_`~| \n!-?[]ا"))
def test_no_text_makes_a_tag_that_is_not_allowed(text: str) -> None:
    for view in (telegram_view(text), mrkdwn(text)):
        tags = [part.split(">")[0].strip("/").split(" ")[0] for part in view.split("<")[1:]]
        assert set(tags) <= {"a", "b", "i", "s", "code"}
