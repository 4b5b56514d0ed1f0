"""Addresses, handles and tags are found however they are spelt; words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.links_and_markup import find, unsupplied, without_unsupplied
from tests.support.hostile.processor_time import takes_at_most

SCHEMES = "https:// http:// HTTPS:// hxxps:// hxxp:// h**ps:// ftp:// https:/ https:\\\\ hxxps[:]// // ｈｔｔｐｓ：／／ https&colon;// http%3a//".split()  # noqa: SIM905
HOSTS = (
    "evil.co", "www.evil.zz", "EVIL.CO", "evil.museum", "evil.zip", "evil.xn--p1ai", "xn--evl-gpa.com", "пример.рф", "例子.中国", "a.b.c.evil.io",
    "ｅｖｉｌ．ｃｏ", "evil。co", "evil｡co", "evil․co", "evil[.]co", "evil(.)co", "evil (dot) co", "evil [dot] co", "evil dot co", "evil . co", "e v i l . c o",
    "evil%2eco/a", "evil&#46;co", "evil&#x2e;co", "evil&period;co", "e\u200bvil.co", "evil.\u200bco", "evil.c\u00ado", "e\u2060vil\ufeff.co",
    "𝐞𝐯𝐢𝐥.𝐜𝐨", "ⓔⓥⓘⓛ.ⓒⓞ", "еvil.co", "evіl.co", "évil.co", "看evil.co的", "evil.co:8080", "evil.co?a=1", "evil.co#a", "evil.co/drop", "t.me/evil", "bit.ly/a",
)  # fmt: skip
ADDRESSES = (
    "1.2.3.4", "1.2.3.4:80/x", "0x7f.0x0.0x0.0x1", "127[.]0[.]0[.]1", "[2001:db8::1]", "2001:db8::1", "http://2130706433/", "http://[::1]/x", "localhost:8080/x",
    "a@evil.co", "a [at] evil [dot] co", "a(at)evil.co", "a%40evil.co", "mailto:a@evil.co", "ａ＠evil.co", "@evil_x", "＠evil", "@evil@mastodon.social",
    "javascript:alert(1)", "java\u200bscript:alert(1)", "data:text/html,x", "vbscript:x", "tel:+123", "sms:+123", "file:///etc", "\\\\evil.co\\x",
    "[x](https://evil.co)", "![x](//evil.co)", "[x](javascript:alert)", "[x](evil)", "[x](data:text/html;base64,PHN2Zz4=)",
)  # fmt: skip
TAGS = (
    "<script>alert(1)</script>", "<script src=//evil.co>", "<img src=x onerror=a>", "<a href=evil>x</a>", "＜script＞", "&lt;script&gt;", "&#60;script&#62;",
    "%3Cscript%3E", "<svg/onload=x>", "<b>", "</data>", "<system>", "<x onclick=a>", "<iframe src='x'>", "<!-- x -->", "<!doctype html>", "[url=evil]x[/url]",
    "onerror=alert(1)", "<STYLE>", "<scr\u200bipt>", "<form action=x>", "<math><mi//xlink:href='x'>", "<meta http-equiv=refresh content=0>",
)  # fmt: skip
EVERY = [*(scheme + "evil.co/a" for scheme in SCHEMES), *HOSTS, *ADDRESSES, *TAGS]
WORDS = [
    "Node.js and React", "e.g. this", "i.e. that", "growth of 3.5% in Q3", "at 9.30 a.m. today", "10:30:45", "v1.2.3", "Acme Inc. is", "if a < b and c > d",
    "List<String>", "5 < 10", "C++ and C#", "ASP.NET", "1,234.56", "2024-01-02", "the Ph.D. programme", "and/or", "24/7", "w/o", "A/B test", "表現。公司很好。AI 是",
    "std::vector", "ratio 3:1", "@property", "data: 5 items", "No.1", "Q4.2025", "[1] and [R2]", "::before", "U.S. sales", "foo.bar()", "It ends. So it goes",
    "Fig. 3.2.1", "50 %. In all", "3 x 4 = 12", "key: value", "U+2028", "15.11.2026", "“quoted.” Next", "wait… what", "$1.2bn", "the .NET team", "R&D", "a * b",
]  # fmt: skip


@pytest.mark.parametrize("spelling", EVERY)
def test_what_nobody_supplied_is_found_and_taken_out(spelling: str) -> None:
    for frame in ("{}", "Read {} today.", "請看{}。", "(see {})", "it is here: {}, now", "line\n{}\nline"):
        text = frame.format(spelling)
        assert unsupplied(text), text
        left = without_unsupplied(text)
        assert not find(left), left
        assert "evil.co" not in left


@pytest.mark.parametrize("words", WORDS)
def test_words_are_words(words: str) -> None:
    assert find(f"Read {words} today") == []
    assert without_unsupplied(words) == words


@pytest.mark.parametrize("spelling", [each for each in EVERY if " " not in each])
def test_what_was_supplied_stays(spelling: str) -> None:
    assert unsupplied(f"Read {spelling} today", f'{{"text": "it says {spelling} there"}}') == []
    assert without_unsupplied(f"Read {spelling} today", spelling) == f"Read {spelling} today"


def test_an_address_is_supplied_whole_or_not_at_all() -> None:
    supplied = "See https://good.com/page?x=1 and mail jo@good.com, or @good."
    for said in (
        "https://good.com/page?x=1",
        "good.com/page?x=1",
        "good.com",
        "HTTPS://GOOD.COM/page?x=1",
        "jo@good.com",
        "@good",
        "good。com",
    ):
        assert not unsupplied(f"at {said} now", supplied), said
    for said in (
        "good.com/other",
        "https://evil.com/page?x=1",
        "good.com.evil.co",
        "evilgood.com",
        "ann@good.com",
        "@goodx",
        "good.co",
    ):
        assert unsupplied(f"at {said} now", supplied), said


@pytest.mark.parametrize(
    "piece",
    ["a.", "a@", "<", "[a](", "//a.", "a b ", "x", "1.2.3.", "h t t p : / / ", "::", "[::", "a dot ", "&lt;a ", "ａ．", "http:", "<a onx", "\\", "@a", "a%2e",
     "(.", "a . ", "&#46;", "[url=", "a-", "看a.co", "{", "a[.]", "\u200b", "𝐞."],
)  # fmt: skip
def test_it_takes_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert takes_at_most(5, lambda: without_unsupplied(text, text[:5_000]))


@given(st.text(alphabet=st.sampled_from("aeco.:/@<>[]() \\\u200b．。&;%2e看-1xt"), max_size=60))
def test_nothing_is_left_of_any_text(text: str) -> None:
    assert find(without_unsupplied(text)) == []


def test_of_a_text_whose_markup_goes_on_for_ever_nothing_is_left() -> None:
    assert without_unsupplied("<a " * 1_000) == ""
    assert find(without_unsupplied("<" * 500 + "b>" * 500 + " Read on.")) == []
