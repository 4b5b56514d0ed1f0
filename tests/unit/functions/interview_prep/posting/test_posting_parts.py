"""The parts of reading a posting: damaged JSON, odd encodings, hostile markup, domains, dates, pay, levels."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.clean_text import clean, line
from functions.interview_prep.posting.employer_domain import domain_of, employer_domain
from functions.interview_prep.posting.identity.employer.company_sentences import companies_in
from functions.interview_prep.posting.identity.headlines import read_headline
from functions.interview_prep.posting.page.html_text import parse, plain, text_of
from functions.interview_prep.posting.page.parsed_page import decode
from functions.interview_prep.posting.page.refusals import was_sent_home
from functions.interview_prep.posting.structured_data import json_ld, microdata
from functions.interview_prep.posting.structured_data.schema_org import facts_of, is_posting
from tests.support.hostile.processor_time import takes_at_most


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ('{"a": "x\ny\tz"}', "x\ny\tz"),
        ('{"a": "b \\_(ツ)_/ c"}', "b \\_(ツ)_/ c"),
        ('{"a": 1, // one\n "b": [1, 2,, ], }', 1),
        ('{"a": "http://x.y/*z*/, ]"}', "http://x.y/*z*/, ]"),
        ('<!--\n{"a": 1}\n-->', 1),
        ('/*<![CDATA[*/ {"a": 1} /*]]>*/', 1),
        ('\ufeff{"a": 1};', 1),
        ("{&quot;a&quot;: &quot;x&quot;}", "x"),
        ('{"a": NaN}', None),
        ('{"a": ' + "9" * 5000 + "}", 0),
    ],
)
def test_json_as_pages_write_it(raw: str, value: object) -> None:
    assert json_ld.values(raw)[0]["a"] == value


def test_several_values_in_one_script_and_none_in_rubbish() -> None:
    assert json_ld.values('{"a": 1}\n{"a": 2}, [3]') == [{"a": 1}, {"a": 2}, [3]]
    assert json_ld.values("{'a': 1}") == json_ld.values("[" * 100_000) == json_ld.values("") == []


def test_references_by_id_are_followed() -> None:
    tree = parse(
        '<script type="application/ld+json; charset=utf-8">{"@graph": [{"@id": "#o", "@type": "Organization", "name": "Acme"},'
        '{"@type": "JobPosting", "title": "Cook", "hiringOrganization": {"@id": "#o"}}]}</script>'
    )
    (posting,) = filter(is_posting, json_ld.nodes(tree))
    assert facts_of(posting).company == "Acme"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000,
        "<p>" + "word " * 400_000,
        "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        "<div " + "".join(f'a{n}="x"' for n in range(100_000)) + ">",
        "<div " + " ".join(f"=a{n}" for n in range(100_000)) + ">",
        "<" * 500_000,
        "<a" + " " * 500_000,
        "<div itemscope itemtype=JobPosting itemprop=description>" * 5_000,
        '<script type="application/ld+json">[' + "," * 500_000 + "</script>",
        '<script type="application/ld+json">{"' + "\\" * 500_000 + "</script>",
        '<script type="application/ld+json">{' + "/*" * 300_000 + "</script>",
    ],
    ids=["nested", "one line", "attributes", "no blanks", "equals", "lt", "blanks", "items", "commas", "escapes", "comments"],
)
def test_hostile_markup_costs_little(markup: str) -> None:

    def read() -> None:
        tree = parse(markup)
        if tree is not None:
            text_of(tree)
            json_ld.nodes(tree)
            microdata.nodes(tree)

    assert takes_at_most(15, read), "it takes about 0.1 s; what is quadratic takes minutes"


def test_a_normal_tag_keeps_its_attributes() -> None:
    tree = parse('<p data-x="a > b" class=c>text</p>')
    assert tree.find(".//p").attrib == {"data-x": "a > b", "class": "c"}


def test_html_as_plain_text() -> None:
    assert (
        plain("<ul>\r\n<li>\r\n<p>one</p></li><li>two</li><li></li></ul><p>a<br>b</p><script>x</script>")
        == "- one\n- two\n\na\nb"
    )
    assert plain("&lt;p&gt;R&amp;amp;D&lt;/p&gt;") == "R&D"
    assert plain("a\n\n• b\n<b>c</b>\nd") == "a\n\n- b\nc\nd"
    assert plain("<p hidden>no</p><p style='display: none'>no</p>yes") == "yes"
    assert len(plain("<p>abc</p>" * 100_000)) <= 15_000
    assert plain("<div><span>Acme</span><span>Oslo</span> w<b>or</b>d<a>x</a>, y</div>") == "Acme Oslo wordx, y"
    assert plain(None) == plain(3) == ""


def test_text_is_cleaned() -> None:
    assert clean("e\u0301 a\x00b\u200bc\r\nd donâ€™t cafÃ© x\x96y \ud800") == "é abc\nd don’t café x–y"
    assert clean("naïve «É» Âge ÃO Škoda") == "naïve «É» Âge ÃO Škoda"
    assert line(" <b>R&amp;amp;D</b>\n Lead ") == "R&D Lead"
    assert line("Cook<script>alert(1)</script>, <b>nights</b><style>x") == "Cook , nights"
    assert line(True) == line(None) == line({}) == ""


@pytest.mark.parametrize(
    ("content", "header", "text"),
    [
        ("\ufeffé".encode(), "text/html; charset=latin-1", "é"),
        ("é".encode(), "text/html; charset=latin-1", "é"),
        ("é“".encode("cp1252"), "text/html; charset=iso-8859-1", "é“"),
        ("é“".encode("cp1252"), "text/html; charset=utf-8", "é“"),
        (b"<meta charset='windows-1251'>" + "Привет".encode("cp1251"), "text/html", "Привет"),
        ("日本語".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本語"),
        ("日本語".encode("iso2022_jp"), "text/html; charset=ISO-2022-JP", "日本語"),
        ("é".encode("utf-16"), "text/html", "é"),
        (("é" * 20).encode() + b"\xff", "", "é" * 20 + "\ufffd"),
        ("é".encode("cp1252"), "text/html; charset=base64", "é"),
    ],
)
def test_encodings(content: bytes, header: str, text: str) -> None:
    assert decode(content, header).endswith(text)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://jobs.acme.co.uk/x", "acme.co.uk"),
        ("www.acme.com", "acme.com"),
        ("acme.io.", "acme.io"),
        ("http://bücher.de/", "xn--bcher-kva.de"),
        ("http://Stealth co", ""),
        ("http://10.0.0.1/", ""),
        ("http://localhost", ""),
        ("http://[", ""),
        ("", ""),
        ("//" + "a" * 300 + ".com", ""),
    ],
)
def test_registrable_domains(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("company", "stated", "page", "text", "domain"),
    [
        ("Acme", ["https://twitter.com/acme", "https://acme.com"], "https://indeed.com/x", "", "acme.com"),
        ("Acme", ["https://de.indeed.com/cmp/acme", "https://www.linkedin.com/company/acme"], "https://x.example", "", ""),
        ("Acme", ["https://devboard.example/company/acme"], "https://devboard.example/jobs/1", "", ""),
        ("Acme", [], "https://careers.acme.com/jobs/1", "", "acme.com"),
        ("Acme", [], "https://boards.greenhouse.io/acme", "", ""),
        ("Deutsche Bahn AG", [], "https://karriere.db.de/1", "", "db.de"),
        ("Acme, Inc.", [], "", "Write to jobs@acme.io or agency@hays.com", "acme.io"),
        ("Acme", [], "", "Write to acme.jobs@gmail.com, see www.other.org", ""),
        ("Acme", [], "", "Learn more at Acme.com. We use Node.js and Other.com", "acme.com"),
        ("Consulting Group", [], "https://www.ing.com/jobs/1", "", ""),
    ],
)
def test_the_employers_domain(company: str, stated: list[str], page: str, text: str, domain: str) -> None:
    assert employer_domain(company, stated, page, text) == domain


@pytest.mark.parametrize(
    ("asked", "url", "home"),
    [
        ("https://a.example/jobs/1", "https://a.example/jobs", True),
        ("https://a.example/jobs/1", "https://a.example/", True),
        ("https://a.example/view?jk=1", "https://a.example/", True),
        ("https://boards.greenhouse.io/a/jobs/1", "https://boards.greenhouse.io/a?error=true", True),
        ("https://a.example/jobs/1/apply", "https://a.example/jobs/1", False),
        ("https://a.example/jobs/1", "https://a.example/en/jobs/1", False),
        ("https://a.example/careers", "https://a.example/careers/", False),
    ],
)
def test_redirects_away_from_a_posting(asked: str, url: str, home: bool) -> None:
    assert was_sent_home(asked, url) is home


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Job Application for Data Engineer at Acme", "Data Engineer", "Acme"),
        ("Acme Corp hiring Data Engineer in Oslo, Norway | LinkedIn", "Data Engineer", "Acme Corp"),
        ("Data Engineer – Careers at Acme", "Data Engineer", "Acme"),
        ("Data Engineer job at Acme | Board", "Data Engineer", "Acme"),
        ("Acme: Data Engineer", "Data Engineer", "Acme"),
        ("Bluelight Consulting: DevOps Engineer, AWS/GCP", "DevOps Engineer, AWS/GCP", "Bluelight Consulting"),
        ("Senior Engineer: Payments", "", ""),
        ("Senior developer - Python at Acme Markets - Some Board", "Senior developer - Python", "Acme Markets"),
        ("We are hiring a Data Engineer", "", ""),
        ("Our stories", "", ""),
    ],
)
def test_headlines(text: str, title: str, company: str) -> None:
    readings = read_headline(text)
    assert max((reading.title for reading in readings), default="") == title
    assert max((reading.company for reading in readings), default="") == company


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("At Zephyr Foods, we cook.", "Zephyr Foods"),
        ("About the role\nYou cook.", ""),
        ("Join our team and grow.", ""),
        ("About Acme & Sons\nSince 1900.", "Acme & Sons"),
    ],
)
def test_companies_in_sentences(text: str, company: str) -> None:
    assert next((name for name, _ in companies_in(text)), "") == company


def test_what_was_escaped_twice_is_read_once() -> None:
    assert plain("&amp;lt;p&amp;gt;Own the &amp;lt;b&amp;gt;pumps&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;") == "Own the pumps."
    assert plain("<p>one&#xa;two&#10;three</p>") == "one\ntwo\nthree"
    assert line("R&amp;amp;amp;D") == "R&D"
    assert clean("𝗟𝗮𝗿𝗸𝗺𝗼𝗼𝗿 ＡＢ１") == "Larkmoor AB1"
