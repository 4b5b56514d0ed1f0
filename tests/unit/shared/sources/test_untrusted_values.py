"""Strangers' values and markup: right for real ones, harmless and quick for hostile ones."""

from typing import Any

import pytest

from shared.sources.untrusted_values import as_int, as_text, as_time, clip, from_html, from_markdown, one_line
from tests.support.hostile.processor_time import takes_at_most


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold**, *it*, ~~no~~, `code` and __more__", "Bold, it, no, code and more"),
        ("snake_case_name and 2 * 3 * 4 stay", "snake_case_name and 2 * 3 * 4 stay"),
        ('see [this page](https://x.test/a_(b) "t")', "see this page"),
        ("# Head\r\n\r\n\r\n\r\n* one\n    * two\n> said", "Head\n\n- one\n- two\nsaid"),
        ("AT&amp;T &amp;#x200B; a &gt; b&nbsp;c", "AT&T a > b c"),
        ("\\[Edit\\] >!secret!<\n***\nend", "[Edit] secret\n\nend"),
        ("```py\nx = 1\n```", "x = 1"),
        ("zero\u200bwidth \u202eturned\u202c nul\x00", "zerowidth turned nul"),
        ("half a pair \ud83d", "half a pair"),  # JSON may hold it, no store does
        (None, ""),
        (["list"], ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: Any, plain: str) -> None:
    assert from_markdown(markdown) == plain


def test_html_becomes_plain_text() -> None:
    html = "<!-- SC_OFF --><p>Hi &amp; <a href='x'>there</a></p><ul><li>one</li><li>two</li></ul><pre><code>a &lt; b</code></pre>"
    assert from_html(html) == "Hi & there\n\n- one\n- two\n\na < b"
    assert from_html("5 < 6 and 7 > 3") == "5 < 6 and 7 > 3"
    assert from_html("<![foo[ x") == "<![foo[ x"
    assert from_html(7) == ""


def test_a_title_is_one_line() -> None:
    assert one_line(" AT&amp;T\n interview\t2 ") == "AT&T interview 2"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("12", 12),
        ("-3", -3),
        (1.9, 1),
        (None, 0),
        ("x", 0),
        (True, 0),
        ("nan", 0),
        ("inf", 0),
        ([], 0),
        ("9" * 5000, 2**53),
    ],
)
def test_numbers_of_any_type(value: Any, number: int) -> None:
    assert as_int(value) == pytest.approx(number)


def test_times_outside_reason_are_unknown() -> None:
    assert as_time(1_700_000_000) == 1_700_000_000
    assert [as_time(value) for value in (-5, 1e18, None, "soon")] == [0, 0, 0, 0]


def test_text_is_text_and_bounded() -> None:
    assert as_text(None) == ""
    assert len(as_text("x" * 1_000_000)) == 40_000


def test_clip_cuts_at_a_word() -> None:
    assert clip("one two three", 9) == "one two…"
    assert clip("short", 9) == "short"
    assert len(clip("x" * 50, 9)) == 9
    assert clip("anything", 0) == ""


@pytest.mark.parametrize("unit", ["[", "*", "\t", "<a ", "|:-", "> ", "[a](", "- -", "_a", "<!--"])
def test_hostile_markup_takes_no_time(unit: str) -> None:
    text = unit * (160_000 // len(unit))
    assert takes_at_most(5, lambda: (from_markdown(text), from_html(text)))  # many times over: quadratic patterns took a minute
