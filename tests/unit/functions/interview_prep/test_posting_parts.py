"""The parts of reading a posting: damaged JSON, odd encodings, hostile markup, domains, dates, pay, levels."""

from __future__ import annotations

import time

import pytest

from functions.interview_prep.posting.clean_text import clean, line
from functions.interview_prep.posting.employer_domain import domain_of, employer_domain
from functions.interview_prep.posting.identity.company_sentences import companies_in
from functions.interview_prep.posting.identity.headlines import read_headline
from functions.interview_prep.posting.page.html_text import parse, plain, text_of
from functions.interview_prep.posting.page.open_page import decode
from functions.interview_prep.posting.page.refusals import was_sent_home
from functions.interview_prep.posting.structured_data import json_ld, microdata
from functions.interview_prep.posting.structured_data.schema_org import facts_of, is_posting
from functions.interview_prep.posting.values.dates import iso_date
from functions.interview_prep.posting.values.level import level_of
from functions.interview_prep.posting.values.money import amount_of, money, pay_in


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
    start = time.process_time()
    tree = parse(markup)
    if tree is not None:
        text_of(tree)
        json_ld.nodes(tree)
        microdata.nodes(tree)
    assert time.process_time() - start < 5, "it takes about 0.1 s; what is quadratic takes minutes"


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
    ("value", "date"),
    [
        ("2020-11-25T15:01:35-08:00", "2020-11-25"),
        ("2020-10-20 20:28:32 UTC", "2020-10-20"),
        ("October 3rd, 2020", "2020-10-03"),
        ("3. Oct 2020", "2020-10-03"),
        (1767225600000, "2026-01-01"),
        ("1767225600", "2026-01-01"),
        ("2020-13-45", ""),
        ("soon", ""),
        (float("nan"), ""),
        (10**30, ""),
        (None, ""),
    ],
)
def test_dates(value: object, date: str) -> None:
    assert iso_date(value) == date


def test_money() -> None:
    assert money("USD", [150000.0, 120000.0], "YEAR") == "USD 120,000-150,000 per year"
    assert money("EUR", [21.5, 0], "HOUR") == "EUR 21.50 per hour"
    assert money("USD", [55000], "ANN") == "USD 55,000 per year"
    assert money("EUR", [4e4], "per-year-salary") == "EUR 40,000 per year"
    assert money("USD", [0, 0], "YEAR") == ""


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Pay: $120,000 - $150,000 a year.", "$120,000 - $150,000 a year"),
        ("We offer €25 per hour", "€25 per hour"),
        ("£85k - 110k", "£85k - 110k"),
        ("We raised $20M to $30M. A $500 bonus. USD 5 million per year.", ""),
    ],
)
def test_pay_in_a_text(text: str, pay: str) -> None:
    assert pay_in(text) == pay


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("Senior Product Manager", "", "senior"),
        ("Engineering Manager", "", "manager"),
        ("Product Manager", "", ""),
        ("Director of Engineering", "", "director"),
        ("Software Engineering Intern", "", "intern"),
        ("Baker", "Experience level: Mid-Level", "mid"),
        ("Baker", "an entry-level job", "junior"),
        ("Baker", "from staff level to lead", ""),
    ],
)
def test_levels(title: str, text: str, level: str) -> None:
    assert level_of(title, text) == level


def test_schema_org_values_of_any_shape() -> None:
    facts = facts_of(
        {
            "title": ["Cook", "Chef"],
            "hiringOrganization": [{"name": ["Acme"], "sameAs": None, "url": ["www.acme.example"]}],
            "jobLocation": [
                {"address": {"addressLocality": "Oslo", "addressRegion": "-", "addressCountry": {"name": "NO"}}},
                {"address": "Bergen"},
            ],
            "employmentType": ["FULL_TIME", "CONTRACTOR"],
            "baseSalary": {"currency": "NOK", "value": {"minValue": "400000", "maxValue": 5e5, "unitText": "YEAR"}},
            "description": "<p>Cook.</p>",
            "qualifications": ["Knives", "Fire"],
            "responsibilities": {"description": "Cook."},
        }
    )
    assert (facts.title, facts.company, facts.location) == ("Cook", "Acme", "Oslo, NO; Bergen")
    assert (facts.employment_type, facts.salary) == ("Full-time, Contract", "NOK 400,000-500,000 per year")
    assert facts.description == "Cook.\n\nQualifications\n- Knives\n- Fire"
    assert facts.websites == ("www.acme.example",)
    odd = facts_of(
        {
            "title": 3,
            "hiringOrganization": 5,
            "jobLocation": "x",
            "baseSalary": [None],
            "description": {"a": 1},
            "validThrough": {},
        }
    )
    assert (odd.title, odd.company, odd.location) == ("3", "5", "x")
    assert not facts_of({"title": "x", "hiringOrganization": "Confidential"}).company


def test_remote_work() -> None:
    def location(**more: object) -> str:
        return facts_of({"jobLocationType": "TELECOMMUTE", **more}).location

    assert location() == "Remote"
    assert location(applicantLocationRequirements={"@type": "Country", "name": "USA"}) == "Remote (USA)"
    assert location(jobLocation={"address": {"addressCountry": "Anywhere"}}) == "Remote"
    assert (
        location(jobLocation=[{"address": {"addressCountry": f"C{n}"}} for n in range(40)]) == "Remote (40 countries or places)"
    )


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


@pytest.mark.parametrize(
    ("value", "amount"),
    [("80,000.00", 80000), ("$45.50", 45.5), ("55.000", 55000), ("1.234,56", 1234.56), ("80 000", 80000), ("17,25", 17.25), ("0.125", 0.125), ("120k", 120000), ("100'000", 100000), (55000, 55000), ("€ 55.000,00", 55000), ("none", 0), (True, 0), (float("nan"), 0)],
)  # fmt: skip
def test_numbers_as_people_write_them(value: object, amount: float) -> None:
    assert amount_of(value) == amount


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("We pay between $80,000 and $95,000 per year.", "$80,000 and $95,000 per year"),
        ("$17.25 USD per hour", "$17.25 USD per hour"),
        ("Mzda: 45 000 - 60 000 Kč měsíčně", "45 000 - 60 000 Kč měsíčně"),
        ("Gehalt 55.000 bis 65.000 EUR", "55.000 bis 65.000 EUR"),
        ("薪资 15000-25000元/月", "15000-25000元/月"),
        ("Base pay: $150-190k plus equity", "$150-190k"),
        ("raised $300 million; a budget of $5,000; $1B in revenue", ""),
    ],
)
def test_pay_by_locale(text: str, pay: str) -> None:
    assert pay_in(text) == pay


@pytest.mark.parametrize("text", ["$1," * 5_000, "1.1" * 5_000, "$ " * 7_000, "$1 to " * 2_500, "€" * 15_000, "9" * 15_000])
def test_hostile_pay_costs_little(text: str) -> None:
    began = time.process_time()
    pay_in(text)
    assert time.process_time() - began < 1


def test_what_was_escaped_twice_is_read_once() -> None:
    assert plain("&amp;lt;p&amp;gt;Own the &amp;lt;b&amp;gt;pumps&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;") == "Own the pumps."
    assert plain("<p>one&#xa;two&#10;three</p>") == "one\ntwo\nthree"
    assert line("R&amp;amp;amp;D") == "R&D"
    assert clean("𝗟𝗮𝗿𝗸𝗺𝗼𝗼𝗿 ＡＢ１") == "Larkmoor AB1"
