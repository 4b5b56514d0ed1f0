"""read_posting as a whole: which reader is used, what is refused, what overrides win."""

from __future__ import annotations

from typing import Any

import pytest

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import posting_key, read_posting
from shared.errors import BadInput, Permanent, Transient
from shared.ports.web import Page
from tests.support.fakes import fake_ports, page
from tests.support.real_data import REAL_DATA
from tests.unit.functions.interview_prep.posting.posting_pages import BODY, LD, URL, read, refused, says, script

REAL = REAL_DATA / "jobs"


async def test_json_ld_is_read_without_a_model() -> None:
    posting = await read(script(LD))
    assert (posting.title, posting.company, posting.read_by, posting.url) == ("Backend Engineer", "Acme", "json_ld", URL)
    assert "\n- SQL" in posting.description
    assert "<" not in posting.description
    assert posting.company_domain == "acme.example"


@pytest.mark.parametrize(
    "damaged",
    [
        f"[{LD}]",
        f'{{"@graph":[{{"@type":"WebSite"}},{LD}]}}',
        LD.replace('"Acme"', '"Acme", /* who hires */ "sameAs": null,').replace(",}", ",}"),
        LD.replace("payment systems", "payment\nsystems\tand\x01more"),
        f"<!-- {LD} -->",
        f"//<![CDATA[\n{LD}\n//]]>",
        LD.replace('"JobPosting"', '["JobPosting", "Thing"]').replace('"Backend Engineer"', '["Backend Engineer"]'),
        LD + ";",
        LD.replace('"@type":"JobPosting"', '"@type":"https://schema.org/JobPosting","x":NaN'),
        LD.replace("nine", "nine\\'s"),
    ],
)
async def test_damaged_json_ld_is_still_read(damaged: str) -> None:
    posting = await read(script(damaged))
    assert (posting.title, posting.company) == ("Backend Engineer", "Acme")


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("raw", "header"),
    [
        ("Zürich café – “ok”".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("Zürich café – “ok”".encode(), "text/html; charset=iso-8859-1"),
        ("Zürich café – “ok”".encode("utf-16"), "text/html"),
        (
            "Zürich café – “ok”".encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode(),
            "text/html; charset=utf-8",
        ),
    ],
)
async def test_wrong_encodings(raw: bytes, header: str) -> None:
    head, tail = (LD.split("Five")[0], "Five" + LD.split("Five", 1)[1])
    if raw.startswith(b"\xff\xfe"):  # UTF-16
        content = script(head + "Zürich café – “ok”" + tail).encode("utf-16")
    else:
        content = script("@@").encode().replace(b"@@", head.encode() + raw + tail.encode())
    posting = await read(content, content_type=header)
    assert "Zürich café – “ok”" in posting.description


async def test_of_several_postings_the_pages_own_is_taken() -> None:
    other = LD.replace("Backend Engineer", "Data Engineer")
    posting = await read(f"<h1>Data Engineer</h1>{script(LD)}{script(other)}")
    assert posting.title == "Data Engineer"
    assert (await refused(f"<h1>Jobs</h1>{script(LD)}{script(other)}")).code == "posting_is_listing"


async def test_the_same_posting_twice_is_one() -> None:
    assert (await read(script(LD) + script(LD))).title == "Backend Engineer"


async def test_microdata_keeps_bullets() -> None:
    markup = (
        '<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Baker</h1>'
        '<span itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Crumb</b></span>'
        f'<div itemprop="description">{BODY}</div></div>'
    )
    posting = await read(markup)
    assert (posting.title, posting.company, posting.read_by) == ("Baker", "Crumb", "microdata")
    assert "\n- SQL" in posting.description


async def test_past_valid_through_is_a_warning_that_names_the_date() -> None:
    posting = await read(script(LD.replace("{", '{"validThrough":"2020-11-25T00:00:00Z",', 1)))
    assert posting.valid_through == "2020-11-25"
    assert any("2020-11-25" in warning for warning in posting.warnings)


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page(URL, "gone", status=404), "posting_not_found"),
        (page(URL, "gone", status=410), "posting_closed"),
        (page(URL, "no", status=403), "posting_blocked"),
        (page(URL, "no", status=999), "posting_blocked"),
        (page(URL, "busy", status=503), "posting_unavailable"),
        (page(URL, b"%PDF-1.7 ...", content_type="text/html"), "page_is_pdf"),
        (page(URL, b"\x89PNG\r\n\x1a\n\0\0\0\0", content_type="image/png"), "posting_unreadable"),
        (page(URL, b'{"a":1}', content_type="application/json"), "posting_unreadable"),
        (page(URL, b"  \n"), "page_empty"),
        (page(URL, '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'), "page_empty"),
        (page(URL, f"<div>No longer accepting applications</div>{script(LD)}"), "posting_closed"),
        (page(URL, "<h1>Baker</h1><p>This position has been filled.</p>"), "posting_closed"),
        (page(URL, "<title>Just a moment...</title><p>Verify you are human to go on to the site.</p>"), "posting_blocked"),
        (
            page(URL, "<h1>Sign in</h1><form><input type=password></form>" + "<p>Welcome back, please go on.</p>" * 8),
            "posting_blocked",
        ),
        (
            page(URL, "<h1>Page not found</h1><p>We could not find what you wanted, sorry about that.</p>" * 2),
            "posting_not_found",
        ),
        (page("https://careers.acme.example/", f"<h1>Careers at Acme</h1>{BODY}"), "posting_closed"),
        (
            page(
                URL, "<title>Open positions</title>" + "".join(f'<a href="/jobs/{n}-engineer">Engineer {n}</a>' for n in range(9))
            ),
            "posting_is_listing",
        ),
        (
            page(URL, "<h1>Oops</h1><p>Internal Server Error, please contact the administrator of this site.</p>"),
            "posting_unreadable",
        ),
        (page(URL, script('{"@type":"ItemList","itemListElement":[{"url":"a"},{"url":"b"}]}')), "posting_is_listing"),
    ],
)
async def test_what_is_no_open_posting_is_said(answer: Page, code: str) -> None:
    error = await refused(answer)
    assert error.code == code
    assert isinstance(error, Transient if code == "posting_unavailable" else Permanent)


async def test_a_sentence_about_closing_is_no_closed_posting() -> None:
    text = "<p>We will keep this open until the position has been filled.</p>"
    assert (await read(script(LD) + text)).title == "Backend Engineer"


PLAIN = "<title>Baker</title><h1>Baker</h1><p>Crumb bakes bread in Lisbon for EUR 20,000-25,000 per year.</p>" + BODY


async def test_a_page_without_markup_is_asked_of_the_model_and_held_to_its_text() -> None:
    models = says(title="Baker", company="Crumb", location="Lisbon", salary="EUR 99,000", date_posted="2031-01-01")
    posting = await read(PLAIN, models=models)
    assert (posting.title, posting.company, posting.location, posting.read_by) == ("Baker", "Crumb", "Lisbon", "model")
    assert posting.salary == "EUR 20,000-25,000 per year", "the model's is not in the text"
    assert not posting.date_posted
    assert len(models.calls[0]["data"]) <= 15_000
    assert "bread" not in models.calls[0]["instructions"]


async def test_a_place_that_is_a_piece_of_a_title_gives_way_to_the_pages_label() -> None:
    markup = PLAIN.replace("Baker", "Line Cook") + "<p>Location: Porto</p>"
    posting = await read(markup, models=says(title="Line Cook", company="Crumb", location="Line Cook"))
    assert posting.location == "Porto"


async def test_a_company_the_page_does_not_name_is_dropped() -> None:
    error = await refused(PLAIN.replace("Crumb bakes", "we bake"), models=says(title="Baker", company="Evil Corp"))
    assert error.code == "posting_incomplete"


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("listing", "posting_is_listing"),
        ("closed", "posting_closed"),
        ("not_a_posting", "posting_unreadable"),
    ],
)
async def test_the_models_verdict_is_said(verdict: str, code: str) -> None:
    assert (await refused(PLAIN, models=says(verdict=verdict))).code == code


async def test_a_model_that_sees_a_wall_is_believed_of_a_short_page_alone() -> None:
    short = "<title>Baker</title><h1>Baker</h1><p>Bakers wanted. " + "Please wait a moment. " * 12 + "</p>"
    assert (await refused(short, models=says(verdict="error"))).code == "posting_unreadable"
    assert (await refused(PLAIN, models=says(verdict="error"))).code == "posting_incomplete"


async def test_overrides_win_and_another_company_has_another_domain() -> None:
    linked = LD.replace('"name":"Acme"', '"name":"Acme","sameAs":"https://www.acme.example"')
    posting = await read(script(linked), asked={"company": "Globex", "role": "Staff Engineer"})
    assert (posting.company, posting.title, posting.level, posting.company_domain) == ("Globex", "Staff Engineer", "staff", "")


PASTED = "Senior Data Engineer at Crumb Labs\n\nLocation: Porto\n\nAbout Crumb Labs\n\nWe bake data. Write to jobs@crumblabs.example.\n\n• SQL\n• Python"


async def test_pasted_text_by_rules() -> None:
    posting = await read_posting(PrepRequest(posting_text=PASTED), fake_ports())
    assert (posting.title, posting.company, posting.location) == ("Senior Data Engineer", "Crumb Labs", "Porto")
    assert (posting.level, posting.company_domain, posting.read_by, posting.url) == ("senior", "crumblabs.example", "text", "")
    assert posting.description.endswith("- SQL\n- Python")


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Company: Acme, Inc.\nJob title: Cook\n\nYou cook.", "Cook", "Acme, Inc."),
        ("Zephyr Foods is hiring a Line Cook. You cook.", "Line Cook", "Zephyr Foods"),
        ("Product Designer\nZephyr is looking for someone who draws.", "Product Designer", "Zephyr"),
        ("<h1>Nurse</h1><p>Join Saint Clare Hospital</p><ul><li>Night shifts</li></ul>", "Nurse", "Saint Clare Hospital"),
        ("Account Executive\n\nAbout Brightwater\nWe sell pumps.", "Account Executive", "Brightwater"),
        ("| Field | Details |\n|---|---|\n| **Company** | Tarn Maps |\n| **Role** | Cook |\n\nYou cook.", "Cook", "Tarn Maps"),
        ("---\r\ntitle: Cook\r\ncompany: Tarn Maps\r\n---\r\n<p>You cook.</p>\r\n<p>Lead Cooks share.</p>", "Cook", "Tarn Maps"),
        (
            '+++\ntitle = "Line Cook"\ncompany = "Tarn Maps"\ndate = 2031-05-01\n+++\nYou cook with four others.',
            "Line Cook",
            "Tarn Maps",
        ),
        (
            "Line Cook\nYou cook with four others in a kitchen.\n\nPrivacy\nc2031 The Tarn Maps Company\n",
            "Line Cook",
            "The Tarn Maps Company",
        ),
    ],
)
async def test_where_pasted_texts_name_title_and_company(text: str, title: str, company: str) -> None:
    posting = await read_posting(PrepRequest(posting_text=text), fake_ports())
    assert (posting.title, posting.company) == (title, company)


async def test_pasted_text_without_a_company_asks_the_model_then_the_user() -> None:
    text = "Line cook wanted. You cook, you clean. Four evenings a week."
    with pytest.raises(BadInput) as caught:
        await read_posting(PrepRequest(posting_text=text), fake_ports(models=says(title="Line cook")))
    assert caught.value.code == "posting_incomplete"
    assert caught.value.errors[0]["pointer"] == "/input/company"
    with pytest.raises(BadInput):  # whatever the model thinks of the text, the user can complete it
        await read_posting(PrepRequest(posting_text=text), fake_ports(models=says(verdict="not_a_posting")))
    posting = await read_posting(PrepRequest(posting_text=text, company="Acme", role="Line Cook"), fake_ports())
    assert (posting.company, posting.title) == ("Acme", "Line Cook")


@pytest.mark.parametrize("text", ["https://acme.example/jobs/1", "<p></p>", "\u200b\u200b"])
async def test_text_that_is_none(text: str) -> None:
    with pytest.raises(BadInput):
        await read_posting(PrepRequest(posting_text=text), fake_ports())


def test_key_ignores_tracking_and_exports() -> None:
    def key(url: str, **more: Any) -> Any:
        return posting_key(PrepRequest(job_posting_url=url, **more))

    assert key("https://A.example/j/1/?utm_source=x&id=2#top") == key(
        "https://a.example/j/1?id=2&gh_src=abc", sources=("reddit",)
    )
    assert key("https://a.example/j/1?gh_jid=1") != key("https://a.example/j/1?gh_jid=2")
    for name in ("ref", "refid", "source", "src", "position", "pagenum", "savedsearchid"):  # sites name postings by them
        assert key(f"https://a.example/j?{name}=1") != key(f"https://a.example/j?{name}=2")
    assert key("https://a.example/j/1") != key("https://a.example/j/1", role="Cook")
    assert posting_key(PrepRequest(posting_text="a  b\n")) == posting_key(PrepRequest(posting_text="a b"))


async def test_a_short_description_is_completed_from_the_page() -> None:
    intro = "We bake bread for the whole town and look for a baker who does not mind the night."
    short = LD.replace(BODY, intro)
    posting = await read(f"<main><h1>Backend Engineer</h1><p>{intro}</p>{BODY}</main>{script(short)}")
    assert posting.description.count("SQL") == 3
    assert posting.read_by == "json_ld"


async def test_the_page_names_the_company_that_its_data_leaves_out() -> None:
    nameless = LD.replace('"hiringOrganization":{"name":"Acme"},', "")
    assert (await read(f"<title>Backend Engineer at Acme</title>{script(nameless)}")).company == "Acme"
    asked = await read(script(nameless), models=None, asked={"company": "Globex"})
    assert asked.company == "Globex"
    models = says(company="Acme")
    assert (await read(f"<p>Acme pays well.</p>{BODY}{script(nameless)}", models=models)).company == "Acme"
    assert len(models.calls) == 1


async def test_a_busy_site_says_how_long_to_wait() -> None:
    error = await refused(page(URL, "", status=429, retry_after="30"))
    assert isinstance(error, Transient)
    assert error.retry_after == 30


async def test_no_description_no_place_are_warnings() -> None:
    posting = await read(script('{"@type":"JobPosting","name":"Cook","hiringOrganization":"Acme"}'))
    assert posting.description == ""
    assert len(posting.warnings) == 2
    assert (posting.title, posting.company) == ("Cook", "Acme")


async def test_the_headline_divides_title_and_company_better_than_a_weak_model() -> None:
    markup = PLAIN.replace("Baker", "Chef").replace("<title>Chef</title>", "<title>Chef - Nights at Crumb</title>")
    posting = await read(markup, models=says(title="Chef", company="Nights at Crumb"))
    assert (posting.title, posting.company) == ("Chef", "Crumb")
