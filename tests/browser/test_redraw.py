"""Pages that are drawn anew while somebody reads them: the focus, what is typed, marked text and scrolling stay where they were."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.local_cloud import LocalCloud
from shared.ports.documents import Create
from tests.browser.conftest import Visit
from tests.browser.test_keyboard import NAME, press, tab_to
from tests.browser.test_posts import POST

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAW = """async (rows) => {
    const { swap } = await import('/static/js/redraw.js'), { h } = await import('/static/js/dom.js');
    let into = document.getElementById('drawn');
    if (!into) { into = h('div', { id: 'drawn' }); document.querySelector('main').append(into); }
    const broad = () => { const made = h('p', {}, 'broad'); made.style.width = '3000px'; return made; };
    const one = ([key, text, keyed]) => h('article', keyed ? { 'data-key': key } : {}, h('p', { class: 'said' }, text), h('input', { 'aria-label': 'Time', value: 'none' }),
        h('button', { type: 'button' }, 'Move'), h('details', {}, h('summary', {}, 'More'), h('p', {}, 'inside')), h('div', { class: 'wide' }, broad()));
    swap(into, ...rows.map(one));
}"""
"""Draws rows of key, text, and whether the key is told, into a place of their own."""
FOCUSED = """() => { const one = document.activeElement, row = one.closest('article');
    return [one.tagName, row ? row.querySelector('.said').textContent : '', one.value ?? '', one.selectionStart ?? null]; }"""
MARK = """(text) => { const node = [...document.querySelectorAll('.said')].map((one) => one.firstChild).find((one) => one.data.includes(text));
    const range = document.createRange(), at = node.data.indexOf(text);
    range.setStart(node, at); range.setEnd(node, at + text.length); getSelection().removeAllRanges(); getSelection().addRange(range); }"""


def rows(*texts: str, keyed: bool = True) -> list[list[Any]]:
    return [[text.split()[0], text, keyed] for text in texts]


async def test_what_is_typed_stays_with_its_row_wherever_that_goes(visit: Visit) -> None:
    page = visit.page
    await visit.open("caches")
    await page.evaluate(DRAW, rows("a one", "b two", "c three"))
    field = page.locator("#drawn article", has_text="c three").get_by_label("Time")
    await field.fill("at noon")
    await field.evaluate("(one) => one.setSelectionRange(3, 3)")
    await page.locator("#drawn article", has_text="b two").get_by_label("Time").evaluate("(one) => { one.value = 'later'; }")
    await page.evaluate(DRAW, rows("b two", "c three"))
    assert await page.evaluate(FOCUSED) == ["INPUT", "c three", "at noon", 3]
    assert await page.locator("#drawn article", has_text="b two").get_by_label("Time").input_value() == "later"
    await page.evaluate(DRAW, rows("z new", "b two", "c changed"))
    assert await page.evaluate(FOCUSED) == ["INPUT", "c changed", "at noon", 3]


async def test_where_what_had_the_focus_is_gone_its_place_has_it(visit: Visit) -> None:
    page = visit.page
    await visit.open("caches")
    await page.evaluate(DRAW, rows("a one", "b two", "c three"))
    await page.locator("#drawn article", has_text="b two").get_by_role("button").focus()
    await page.evaluate(DRAW, rows("a one", "c three"))
    assert (await page.evaluate(FOCUSED))[:2] == ["BUTTON", "c three"]
    await page.evaluate(DRAW, rows("a one"))
    assert (await page.evaluate(FOCUSED))[1] == "a one"
    await page.evaluate(DRAW, [])
    assert await page.evaluate("() => document.activeElement.tagName") == "H1"


@pytest.mark.parametrize("keyed", [True, False])
async def test_marked_text_scrolling_and_what_was_opened_stay(visit: Visit, keyed: bool) -> None:
    page = visit.page
    await visit.open("caches")
    await page.evaluate(DRAW, rows("a one", "b two", keyed=keyed))
    await page.locator("#drawn summary").last.click()
    await page.evaluate("() => { const [, last] = document.querySelectorAll('#drawn .wide'); last.scrollLeft = 120; }")
    await page.evaluate(MARK, "two")
    await page.evaluate(DRAW, rows("a one", "b two", keyed=keyed))
    assert await page.evaluate("() => getSelection().toString()") == "two"
    assert await page.evaluate("() => [...document.querySelectorAll('#drawn .wide')].map((one) => one.scrollLeft)") == [0, 120]
    assert await page.evaluate("() => [...document.querySelectorAll('#drawn details')].map((one) => one.open)") == [False, True]
    await page.evaluate(DRAW, rows("a one", "b other", keyed=keyed))
    assert await page.evaluate("() => getSelection().toString()") == "", "what is marked is what was"


async def test_the_queue_is_worked_through_without_a_mouse(visit: Visit, cloud: LocalCloud) -> None:
    held = [
        {**POST, "id": f"h{n}", "agent": f"a{n}", "text": f"Water {n}", "state": "draft", "created_at": float(n), "held": ["moderation: not looked at"]}
        for n in range(3)
    ]  # fmt: skip
    due = cloud.ports.clock.now() + 7200
    waits = {**POST, "id": "q1", "state": "approved", "publish_after": due, "publish_due": due, "publish_at": due}
    agents = [{"id": name, "name": name.title(), "persona": "Calm.", "platforms": ["web"]} for name in ("iris", "a0", "a1", "a2")]
    await cloud.ports.documents.commit(
        *(Create(f"agents/{agent['id']}", agent) for agent in agents),
        *(Create(f"posts/{post['id']}", post) for post in (waits, *held)),
    )
    page = visit.page
    await visit.open("queue")
    await page.locator(".outgoing").nth(3).wait_for()
    await page.get_by_label("Another time").fill("2099-12-01T09:30")
    await press(page, "Reject")
    await page.locator(".outgoing").nth(3).wait_for(state="detached")
    assert await page.evaluate(NAME) != "", "somewhere in the queue, not at the top of the page"
    assert await page.evaluate("() => Boolean(document.activeElement.closest('.outgoing'))")
    assert await page.get_by_label("Another time").input_value() == "2099-12-01T09:30"
    await tab_to(page, "Reject")
    await page.keyboard.press("Enter")
    await page.locator(".outgoing").nth(2).wait_for(state="detached")
    assert await page.evaluate("() => Boolean(document.activeElement.closest('.outgoing'))")
