"""Agencies' own formats: JSON Feed, ninjs, NewsML-G2, NITF."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest

from adapters.wires.documents import entries
from adapters.wires.entry import Document, Entry, Unreadable, in_order
from bot.model import Change
from tests.adapters.wires.builders import answer, feed, read

AT = dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)
STORY = Entry(
    "urn:wire:1", "https://wire.example/1", "الصين وقطر تتفقان", "الفقرة الأولى\nالفقرة الثانية", AT
)
HTML = "<p>الفقرة الأولى</p><p>الفقرة <b>الثانية</b></p>"


def read_text(text: str) -> tuple[Entry, ...]:
    return entries(Document(text.encode(), "https://wire.example/feed"))


def read_json(value: Any) -> tuple[Entry, ...]:
    return read_text(json.dumps(value, ensure_ascii=False))


@pytest.mark.parametrize(
    "content", [{"content_html": HTML}, {"content_text": "الفقرة الأولى\n\nالفقرة الثانية"}]
)
def test_json_feed(content: dict[str, str]) -> None:
    item = {
        "id": "urn:wire:1",
        "url": "/1",
        "title": STORY.title,
        "date_published": "2026-11-22T20:00:00+03:00",
        **content,
    }
    assert read_json({"version": "https://jsonfeed.org/version/1.1", "title": "وكالة", "items": [item]}) == (
        STORY,
    )


NINJS_1 = {
    "uri": "urn:wire:1",
    "type": "text",
    "versioncreated": "2026-11-22T17:00:00Z",
    "pubstatus": "usable",
    "headline": STORY.title,
    "body_html": HTML,
    "body_text": "ملخص",
    "renditions": {},
    "url": "https://wire.example/1",
}
NINJS_2 = {
    "uri": "urn:wire:1",
    "versioncreated": "2026-11-22T17:00:00Z",
    "headlines": [{"role": "short", "value": "قصير"}, {"role": "main", "value": STORY.title}],
    "bodies": [{"contenttype": "text/html", "value": HTML}],
    "renditions": [{"contenttype": "text/html", "href": "https://wire.example/1"}],
}
NINJS_3 = {
    "uri": "urn:wire:1",
    "versionCreated": "2026-11-22T17:00:00Z",
    "pubStatus": "usable",
    "headlines": [{"value": STORY.title}],
    "bodies": [{"contentType": "text/html", "value": HTML}],
    "renditions": [{"contentType": "text/html", "href": "https://wire.example/1"}],
}


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3])
def test_ninjs(item: dict[str, Any]) -> None:
    assert read_json(item) == read_json([item]) == (STORY,)


XHTML = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{HTML}</body></html>'
NITF = (
    "<nitf><head><title>x</title><docdata><doc-id id-string='n1'/>"
    "<date.issue norm='20261122T200000+0300'/></docdata></head>"
    f"<body><body.head><hedline><hl1>{STORY.title}</hl1></hedline><dateline>بكين</dateline></body.head>"
    f"<body.content>{HTML}</body.content></body></nitf>"
)
NITF_ROOT = "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>"
META = (
    "<itemMeta><versionCreated>2026-11-22T20:00:00+03:00</versionCreated><pubStatus qcode='stat:{status}'/>"
    "<link rel='irel:seeAlso' contenttype='text/html' href='https://wire.example/1'/></itemMeta>"
)


def news_item(content: str, status: str = "usable", headline: str = STORY.title) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:wire:1" version="2">'
        f"{META.format(status=status)}<contentMeta><headline>{headline}</headline></contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem>"
    )


CONTENTS = [
    f"<inlineXML contenttype='application/xhtml+xml'>{XHTML}</inlineXML>",
    f"<inlineXML contenttype='application/nitf+xml'>{NITF}</inlineXML>",
    f"<inlineXML>{NITF.replace('<nitf>', NITF_ROOT)}</inlineXML>",
    "<inlineData contenttype='text/plain'>الفقرة الأولى\n\nالفقرة الثانية</inlineData>",
]


@pytest.mark.parametrize("content", CONTENTS)
def test_newsml_g2(content: str) -> None:
    item = news_item(content)
    message = (
        '<?xml version="1.0"?><!-- a wire --><g:newsMessage xmlns:g="http://iptc.org/std/nar/2006-10-01/">'
        f"<g:itemSet>{item}</g:itemSet></g:newsMessage>"
    )
    assert read_text(item) == read_text(message) == (replace(STORY, revision=2),)


def test_newsml_in_windows_1256() -> None:
    item = f'<?xml version="1.0" encoding="windows-1256"?>{news_item(CONTENTS[0])}'
    (entry,) = entries(Document(item.encode("cp1256"), "https://wire.example/feed"))
    assert entry == replace(STORY, revision=2)


def test_a_nitf_without_a_headline_in_g2_has_its_own() -> None:
    assert read_text(news_item(CONTENTS[1], headline=""))[0].title == STORY.title


def test_nitf_alone() -> None:
    (entry,) = read_text(NITF)
    assert (entry.id, entry.title, entry.body, entry.published) == ("n1", STORY.title, STORY.body, AT)


def test_an_item_without_words_is_no_story() -> None:
    assert read_text(news_item("<remoteContent href='x.jpg'/>")) == ()


@pytest.mark.parametrize(
    "text", [news_item(CONTENTS[0], status="canceled"), json.dumps({**NINJS_1, "pubstatus": "canceled"})]
)
async def test_what_the_agency_takes_back_is_known(text: str) -> None:
    assert [entry.says for entry in read_text(text)] == [Change.KILL]
    assert [story.says for story in await read(feed(lambda _: answer(text)))] == [Change.KILL]


def test_newsml_signals_a_correction_and_numbers_its_versions() -> None:
    corrected = news_item(CONTENTS[0]).replace("</itemMeta>", "<signal qcode='sig:correction'/></itemMeta>")
    (entry,) = read_text(corrected)
    assert (entry.says, entry.revision) == (Change.CORRECTION, 2)


def test_what_takes_a_story_back_comes_after_it() -> None:
    killed = replace(STORY, says=Change.KILL, revision=2)
    assert in_order([killed, replace(STORY, revision=1)])[-1] == killed


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        "[]",
        '{"a": [1]}',
        "[" * 100_000,
        "<newsItem",
        "<nitf><body></nitf>",
        "<nitf><!DOCTYPE x></nitf>",
    ],
)
def test_broken_documents_are_named(text: str) -> None:
    with pytest.raises(Unreadable):
        read_text(text)


def test_attacks_on_newsml_are_refused() -> None:
    with pytest.raises(Unreadable):
        read_text('<!DOCTYPE newsItem [<!ENTITY a "x">]>' + news_item("<inlineData>&a;</inlineData>"))


async def test_any_format_comes_over_http() -> None:
    source = feed(lambda _: httpx.Response(200, stream=answer(json.dumps(NINJS_1)).stream))
    assert [story.text for story in await read(source)] == [f"{STORY.title}\n{STORY.body}"]
