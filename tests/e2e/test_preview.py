"""A first visit: `mujaz run` in an empty folder with no token, and a browser that asks `/topics ai`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.e2e.serving import free_port

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

playwright = pytest.importorskip("playwright.async_api", reason="the [peers] extra brings playwright")
pytestmark = pytest.mark.peers

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-quic"]
AI = "الذكاء الاصطناعي"
PANES = (".telegram .theirs", ".slack .post")
SECONDS = 60  #: for a cold start on a busy machine


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Mujaz as a newcomer would; its address once it has read the bundled wires."""
    port, folder = free_port(), tmp_path_factory.mktemp("newcomer")
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    said = folder.with_suffix(".log")
    with said.open("wb") as log:
        run = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=folder,
            env=keep | {"PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _ready(f"http://127.0.0.1:{port}", run, said)
    finally:
        run.terminate()
        run.wait(20)


def _ready(address: str, run: subprocess.Popen[bytes], said: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while run.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(
        f"mujaz run does not serve (exit status {run.returncode}):\n{said.read_text('utf-8')}"
    )


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


async def _ask(page: Page, text: str) -> None:
    await page.fill(".line", text)
    await page.press(".line", "Enter")
    await page.locator(".mine").get_by_text(text, exact=True).wait_for()


async def _shown(page: Page) -> tuple[str, str]:
    """What the two panes say."""
    telegram, slack = [await page.locator(pane).first.inner_text() for pane in PANES]
    return telegram, slack


async def test_a_visitor_asks_for_ai_and_reads_the_wires_own_sentence(address: str) -> None:
    faults: list[str] = []
    elsewhere: list[str] = []
    async with chromium() as browser:
        page = await browser.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("request", lambda ask: None if ask.url.startswith(address) else elsewhere.append(ask.url))

        await page.goto(address)
        assert "🤝" in (await _shown(page))[0], "the digest is there before anything is asked"

        await _ask(page, "/topics ai")
        for pane in await _shown(page):
            assert AI in pane
            assert "المغرب" in pane
            assert "البحرين" in pane
        assert page.url == f"{address}/ask?lang=ar&text=%2Ftopics+ai"

        await page.locator(".keyboard a").last.click()
        await page.wait_for_selector(".telegram blockquote")
        assert await page.locator(".slack blockquote").count() == 1

        await page.go_back()
        await page.wait_for_selector(".telegram blockquote", state="detached")
        assert AI in (await _shown(page))[0]
    assert (faults, elsewhere) == ([], [])


async def test_it_works_without_a_script_and_on_a_phone(address: str) -> None:
    async with chromium() as browser:
        phone = await browser.new_context(
            java_script_enabled=False, viewport={"width": 390, "height": 844}, color_scheme="dark"
        )
        page = await phone.new_page()
        await page.goto(address)
        await page.fill(".line", "/topics ai")
        await page.click(".composer button")
        assert AI in await page.locator(PANES[0]).first.inner_text()
        assert not await page.locator(PANES[1]).first.is_visible(), "one pane at a time"
        await page.click("[for=pick-slack]")
        assert AI in await page.locator(PANES[1]).first.inner_text()


async def test_a_slip_of_the_finger_gets_one_clear_sentence(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as client:
        answer = await client.get("/ask", params={"text": "/topcs ai"})
    assert answer.status_code == 200
    assert "/topics" in answer.text.split("</form>")[1].split('id="answer"')[1]
