"""The preview page: what it shows, without a script, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser

import httpx
import pytest
from starlette.requests import Request as Http
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.markup import to_slack
from adapters.web.app import make_app
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Platform, Request
from config.words import load_words

HERE = "http://127.0.0.1"
ANSWER = Message(
    (
        paragraph(Style.HEADING, "🤝 المغرب والسنغال"),
        paragraph(Style.BULLET, "مذكرة تفاهم في مجال الذكاء الاصطناعي"),
        Paragraph(Style.NOTE, (Run("المصدر: "), Run("أطلسية", url="https://wire.example/1?a=1&b=2"))),
    ),
    ((Button("أول", "/topics ai"), Button("ثان", "/digest")),),
)


class FakeDesk:
    """Answers everything with one message and remembers what was asked."""

    def __init__(self, message: Message = ANSWER) -> None:
        self.message = message
        self.requests: list[Request] = []

    async def __call__(self, request: Request) -> Message:
        self.requests.append(request)
        if request.text == "/broken":
            raise RuntimeError("the store is gone")
        return self.message


class Page(HTMLParser):
    """What a browser would find: links with their words, the words as a whole, and loaded things."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.words = ""
        self._href: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += given
        self._href = given.get("href") if tag == "a" else self._href
        if tag in {"img", "script", "link"}:
            self.loads.append(given.get("src") or given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._href is not None:
            self.links.append((data.strip(), self._href))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def browser(desk: FakeDesk) -> AsyncIterator[httpx.AsyncClient]:
    async def hook(_: Http) -> Response:
        return PlainTextResponse("hooked")

    app = make_app(desk, load_words(), mounts=[Route("/hook", hook, methods=["POST"])])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        yield client


async def test_a_first_visit_shows_the_digest(browser: httpx.AsyncClient, desk: FakeDesk) -> None:
    page = await browser.get("/")
    assert page.status_code == 200
    assert [request.text for request in desk.requests] == ["/digest"]
    assert 'value=""' in page.text, "the line is empty, ready to type in"


@pytest.mark.parametrize("lang", ["ar", "en", "fr"])
async def test_what_is_offered_to_try_has_the_commands_of_today(
    browser: httpx.AsyncClient, lang: str
) -> None:
    page = Page((await browser.get("/", params={"lang": lang})).text)
    offered = {words.partition(" ")[0] for words, _ in page.links}
    assert {"/digest", "/topics", "/upcoming", "/search", "/subscribe", "/settings", "/help"} <= offered


async def test_a_typed_command_is_answered_for_telegram_slack_and_the_terminal(
    browser: httpx.AsyncClient, desk: FakeDesk
) -> None:
    page = await browser.get("/ask", params={"text": " /topics ai "})
    (request,) = desk.requests
    assert (request.text, request.chat.platform, request.locale) == ("/topics ai", Platform.CONSOLE, "ar")
    assert 'value="/topics ai"' in page.text
    assert page.text.count("مذكرة تفاهم في مجال الذكاء الاصطناعي") == 3


async def test_the_language_of_the_page_is_asked_for(browser: httpx.AsyncClient, desk: FakeDesk) -> None:
    desk.message = Message((paragraph(Style.TEXT, "Nothing new"),), locale="en")
    page = await browser.get("/ask", params={"text": "/digest", "lang": "en"})
    assert desk.requests[0].locale == "en"
    assert '<html lang="en" dir="ltr">' in page.text


async def test_what_was_chosen_in_one_language_leaves_the_page_of_another_alone(
    browser: httpx.AsyncClient, desk: FakeDesk
) -> None:
    page = await browser.get("/ask", params={"text": "/lang ar", "lang": "en"})
    assert '<html lang="en" dir="ltr">' in page.text, "though the answer is Arabic"
    await browser.get("/ask", params={"text": "/digest", "lang": "ar"})
    english, arabic = desk.requests
    assert english.chat != arabic.chat


async def test_an_unknown_language_is_answered_in_arabic(browser: httpx.AsyncClient) -> None:
    assert '<html lang="ar" dir="rtl">' in (await browser.get("/", params={"lang": "xx"})).text


async def test_buttons_run_their_commands_and_arabic_rows_are_reversed_for_telegram_alone(
    browser: httpx.AsyncClient,
) -> None:
    links = Page((await browser.get("/")).text).links
    buttons = [(label, address) for label, address in links if label in {"أول", "ثان"}]
    ai, digest = "ask?text=%2Ftopics+ai&lang=ar", "ask?text=%2Fdigest&lang=ar"
    assert buttons == [("ثان", digest), ("أول", ai), ("أول", ai), ("ثان", digest)]


async def test_links_of_the_answer_lead_out_without_telling_where_from(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    assert ("أطلسية", "https://wire.example/1?a=1&b=2") in Page(page).links
    assert page.count('rel="noreferrer noopener"') == 2


async def test_the_words_of_slack_are_those_of_the_payload(browser: httpx.AsyncClient) -> None:
    seen = unescape((await browser.get("/")).text)
    (payload,) = to_slack(ANSWER)
    texts = [element["text"] for block in payload.blocks for element in _texts(block)]
    assert len(texts) >= 4
    assert all(text in seen or "<https" in text for text in texts)


def _texts(value: object) -> list[dict[str, str]]:
    if isinstance(value, dict):
        own = [value] if isinstance(value.get("text"), str) else []
        return own + [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp; <b>`*_{{7*7}}"


async def test_nothing_typed_or_answered_becomes_markup(desk: FakeDesk, browser: httpx.AsyncClient) -> None:
    desk.message = Message(
        (*(paragraph(style, ATTACK) for style in Style), Paragraph(Style.TEXT, (Run(ATTACK, code=True),))),
        ((Button(ATTACK, ATTACK[:60]),),),
    )
    page = await browser.get("/ask", params={"text": ATTACK})
    seen = Page(page.text)
    assert seen.tags.count("script") == 1, "our own"
    assert not any(name.startswith("on") for name in seen.attributes)
    assert all(address.startswith("static/") for address in seen.loads)
    assert "{{7*7}}" in seen.words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
async def test_only_web_addresses_become_links(desk: FakeDesk, browser: httpx.AsyncClient, url: str) -> None:
    desk.message = Message((Paragraph(Style.TEXT, (Run("رابط", url=url),)),))
    assert not any(address == url for _, address in Page((await browser.get("/")).text).links)


@pytest.mark.parametrize("path", ["/", "/ask?text=/help", "/static/preview.css"])
async def test_the_page_loads_nothing_from_elsewhere(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["preview.css", "preview.js", "mark.svg"])
async def test_what_the_page_loads_is_there(browser: httpx.AsyncClient, name: str) -> None:
    assert f"static/{name}" in Page((await browser.get("/")).text).loads
    assert (await browser.get(f"/static/{name}")).status_code == 200


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
async def test_commands_come_from_this_page_only(
    browser: httpx.AsyncClient, desk: FakeDesk, site: str, status: int
) -> None:
    answer = await browser.get("/ask?text=/unsubscribe", headers={"sec-fetch-site": site})
    assert answer.status_code == status
    assert len(desk.requests) == (status == 200)


async def test_another_host_name_is_refused_but_may_ask_for_health(browser: httpx.AsyncClient) -> None:
    rebound = {"host": "evil.example"}
    assert (await browser.get("/", headers=rebound)).status_code == 400
    health = await browser.get("/healthz", headers=rebound)
    assert (health.status_code, health.text) == (200, "ok\n")


async def test_other_routes_are_served_beside_the_page(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/hook", content=json.dumps({}))).text == "hooked"


async def test_a_failure_is_told_in_the_page_and_the_page_still_works(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/ask?text=/broken")
    assert page.status_code == 500
    assert load_words()["ar"]("error.internal") in page.text
    assert "the store is gone" not in page.text
    assert (await browser.get("/")).status_code == 200


async def test_an_answer_with_nothing_to_show_says_so(desk: FakeDesk, browser: httpx.AsyncClient) -> None:
    desk.message = Message(())
    assert load_words()["ar"]("preview.nothing") in (await browser.get("/")).text


async def test_an_empty_line_is_answered_with_the_digest(browser: httpx.AsyncClient, desk: FakeDesk) -> None:
    await browser.get("/ask", params={"text": "  "})
    assert desk.requests[0].text == "/digest"


async def test_a_very_long_line_is_cut(browser: httpx.AsyncClient, desk: FakeDesk) -> None:
    await browser.get("/ask", params={"text": "ا" * 5000})
    assert len(desk.requests[0].text) == 500
