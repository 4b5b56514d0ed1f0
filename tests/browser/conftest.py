"""A real browser: Debian's chromium through playwright, and a local cloud for it to look at."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Literal, TypeAlias, cast

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, ViewportSize, async_playwright

from infra.local.local_cloud import LocalCloud
from tests.flow.harness import Outside, outside, running
from tests.support.waiting import PATIENCE

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SIZES: dict[str, ViewportSize] = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""WCAG 2.2, A and AA."""
COLOURS = ("color-contrast", "link-in-text-block")
"""Those of its rules that look at colours: all that another theme can change."""
FAULTS = """only => axe.run({runOnly: only, iframes: false, resultTypes: ['violations']})
    .then(found => found.violations.flatMap(fault => fault.nodes.slice(0, 3).map(node => `${fault.id}: ${node.html.slice(0, 120)}`)))"""
QUIET = 3
"""Looks in a row at which nothing is asked for: then a page is whole."""
Theme: TypeAlias = Literal["light", "dark"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window, once for all tests. Where there is none: a skip on a laptop, an error in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed: .ci/run installs it")
        pytest.skip("chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[Outside]:
    """Sample sites and the offline model on loopback."""
    async with outside() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def cloud(world: Outside, tmp_path: Path) -> AsyncIterator[LocalCloud]:
    """A local cloud with the five pipelines and a toy one."""
    async with running(world, tmp_path, HEADRACE_PIPELINES="tests.pipelines.noop,tests.pipelines.asking") as (_, made):
        yield made


class Visit:
    """A page of the dashboard, what its console complained of, and whom it asked."""

    def __init__(self, page: Page, context: BrowserContext, url: str) -> None:
        self.page, self.context, self.url = page, context, url
        self.width = page.viewport_size["width"] if page.viewport_size else 0
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self._under_way: set[Request] = set()
        page.on("request", self._begun)
        page.on("requestfinished", lambda request: self._under_way.discard(request))  # noqa: PLW0108 - playwright wants a function
        page.on("requestfailed", lambda request: self._under_way.discard(request))  # noqa: PLW0108

    def _begun(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.endswith("/events"):  # a stream has no end
            self._under_way.add(request)

    async def open(self, place: str = "") -> None:
        """Go there, and wait until the page of that place is drawn: until then the one before stands."""
        before = self.page.locator("main > *") if self.page.url.startswith(self.url) else None
        if before is not None and self.page.url != f"{self.url}/#/{place}":
            await before.evaluate_all("all => all.forEach(one => one.classList.add('before'))")
        await self.page.goto(f"{self.url}/#/{place}")
        title = await self.page.wait_for_selector("main > :not(.before) h1")
        assert title is not None
        assert await title.inner_text() != "This could not be shown", place

    async def settle(self) -> None:
        """Wait until the page has asked for everything that it shows, and has it."""
        quiet = 0
        async with asyncio.timeout(PATIENCE):
            while (quiet := 0 if self._under_way else quiet + 1) < QUIET:
                await self.page.wait_for_timeout(50)

    async def faults(self, only: Iterable[str] = RULES) -> list[str]:
        """What axe finds, by some tags or rules of its own."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        found: list[str] = await self.page.evaluate(FAULTS, list(only))
        return found

    async def wear(self, theme: Theme) -> None:
        """Let the page wear a theme, as when the machine changes its own; its colours are there at once."""
        await self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await self.page.wait_for_selector(f":root[data-theme={theme}]", state="attached")

    async def is_too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, cloud: LocalCloud, request: pytest.FixtureRequest) -> AsyncIterator[Visit]:
    """A visit: `@pytest.mark.parametrize("visit", [("phone", "dark")], indirect=True)`; without, a light desk."""
    size, theme = getattr(request, "param", ("desk", "light"))
    context = await browser.new_context(viewport=SIZES[size], color_scheme=cast("Theme", theme))
    context.set_default_timeout(1000 * PATIENCE)
    made = Visit(await context.new_page(), context, cloud.url)
    yield made
    await context.close()
    assert not made.complaints
    assert not [url for url in made.asked if not url.startswith((cloud.url, "data:", "chrome:", "chrome-extension:", "blob:"))]
