"""What strangers and models wrote, shown by the dashboard in a real browser: as letters, never as markup, an address or a request."""

from __future__ import annotations

import json
from itertools import chain

import pytest

from infra.local.local_cloud import LocalCloud
from tests.browser.conftest import Visit
from tests.browser.every_page import furnish, page_names, planted, show_graph
from tests.support.hostile.injections import CANARY, LINKS, TAGS, WRITTEN

RUN = (
    "<img src=x onerror='window.canary7f3=1'>",
    "<script>window.canary7f3=1</script>",
    "<svg/onload=window.canary7f3=1>",
    f"<iframe src='//{CANARY}.test'></iframe>",
    "\"><b id='canary7f3'>",
    "{{constructor.constructor('window.canary7f3=1')()}}",
)
EVIL = " ".join((*RUN, *WRITTEN))
SHORT = f"{RUN[0]}{TAGS[0]}{LINKS[9]}"
FOUND = """() => [
    window.canary7f3 ? 'a script ran' : '', document.querySelector('#canary7f3') ? 'markup came to life' : '',
    ...[...document.querySelectorAll('[href], [src], [action], [srcdoc]')].flatMap(one => ['href', 'src', 'action', 'srcdoc'].map(name => one.getAttribute(name) ?? ''))
        .filter(value => /^(javascript|vbscript|data:text)/i.test(value.trim()) || /^(https?:)?\\/\\/[^/]*canary/i.test(value.trim())),
    ...[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on'))),
].filter(Boolean)"""
"""What of it is more than letters."""
LEAKS = """() => [...document.querySelectorAll('main *, dialog *')].flatMap(one => [...one.childNodes]
    .filter(node => node.nodeType === 3 && /[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data))
    .filter(() => { const style = getComputedStyle(one); return one.childNodes.length > 1 || (style.display === 'inline' && style.unicodeBidi === 'normal'); })
    .map(() => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 80)}`))"""
"""Texts that turn what stands after them round: their element holds more than them, or does not keep them to itself."""
TEXTS = {
    "directions": ("\u202egnp.exe\u202d \u2067cod\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 canary7f3", "\u202etrohs"),
    "endless": ("x" * 20_000, "y" * 3000),
    "unseen": ("\u200b\u2060\ufeff\u00ad" * 400 + "canary7f3" + "e\u0301\u0323\u0330" * 300, "\u200d" * 50 + "z"),
}
NARROW, WIDE = 320, 1280

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def walk(visit: Visit, cloud: LocalCloud, text: str, short: str) -> tuple[dict[str, list[str]], int]:
    """What is wrong with each page that shows these, and how often the canary was read there."""
    places, found, seen = await furnish(cloud, text, short), dict[str, list[str]](), 0
    assert set(places) == page_names()
    await show_graph(visit.page, text)
    for place in chain(*({**places, "new": ["new"]}).values()):  # forms show schemas alone
        await visit.open(place)
        await visit.settle()
        faults: list[str] = [*await visit.page.evaluate(FOUND), *await visit.page.evaluate(LEAKS)]
        for width in (NARROW, WIDE):
            await visit.page.set_viewport_size({"width": width, "height": 800})
            faults += [f"wider than {width}"] if await visit.is_too_wide() else []
        found |= {place: faults} if faults else {}
        seen += (await visit.page.locator("body").inner_text()).count(CANARY)
    foreign = [url for url in visit.asked if not url.startswith((visit.url, "data:", "about:"))]
    assert not foreign, json.dumps(foreign)
    return found, seen


async def test_nothing_that_a_stranger_wrote_is_more_than_letters(visit: Visit, cloud: LocalCloud) -> None:
    found, seen = await walk(visit, cloud, EVIL, SHORT)
    assert (found, seen > 100) == ({}, True), "it was shown, as letters"
    await visit.open(f"job/{planted('noop')}")
    await visit.page.get_by_label("State").select_option("failed")
    await visit.page.locator("tbody a").first.click()
    await visit.page.locator("dialog pre").last.wait_for()
    assert await visit.page.evaluate(FOUND) == []


@pytest.mark.parametrize("kind", TEXTS)
async def test_a_page_holds_together_whatever_a_stranger_wrote(visit: Visit, cloud: LocalCloud, kind: str) -> None:
    found, _ = await walk(visit, cloud, *TEXTS[kind])
    assert found == {}
