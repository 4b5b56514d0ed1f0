"""The employer's own pages: found on its site alone, read within the budget, cited only for what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from functions.interview_prep.employer_messages import EmployerPage, EmployerPages, NewsLine
from functions.interview_prep.employer_site.recent_news import recent_news
from functions.interview_prep.employer_site.site_links import own_links
from functions.interview_prep.posting.page.parsed_page import OpenPage, open_page
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Item, Outline, Posting, SectionRequest
from functions.interview_prep.stages.outline_guide import outline_guide
from functions.interview_prep.stages.read_employer_pages import PAGES, employer_pages_key, read_employer_pages
from functions.interview_prep.stages.write_section import SectionDraft, write_section
from shared.errors import Permanent, Transient
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

POSTING = Posting(title="Data Engineer", company="Fernhill", company_domain="fernhill.test", description="x " * 900)
HOME = """<html><head><title>Fernhill</title></head><body><a href="/careers">Careers</a>
<a href="/careers/how-we-hire">How we hire</a> <a href="https://www.fernhill.test/about/values">Our values</a>
<a href="/newsroom">Newsroom</a> <a href="https://engineering.fernhill.test/">Tech</a> <a href="https://press.example/fernhill">Press</a>
<a href="/login">Log in</a> <a href="javascript:alert(1)">News</a> <a href="/news/2026/04/123456">One article</a></body></html>"""
HIRING = "<html><body><main><h1>How we hire</h1><p>Fernhill reads a work sample of two hours, without your name on it.</p><p>%s</p></main></body></html>"
LONG = "We write down what we agree on, so that everybody can read it later and disagree. " * 5


def opened(markup: str, url: str = "https://fernhill.test/") -> OpenPage:
    found = open_page(page(url, markup, content_type="text/html"), url)
    assert found is not None
    return found


async def read(answers: dict[str, Any], posting: Posting = POSTING, **settings: Any) -> tuple[EmployerPages, FakeWeb]:
    web = FakeWeb(answers)
    return await read_employer_pages([], posting, fake_ports(web=web, **settings)), web


def html(url: str, text: str) -> Any:
    return page(url, text, content_type="text/html")


def test_links_lead_to_pages_of_the_employers_own_site_alone() -> None:
    assert own_links(opened(HOME), "fernhill.test") == {
        "hiring": "https://fernhill.test/careers/how-we-hire",
        "values": "https://www.fernhill.test/about/values",
        "engineering": "https://engineering.fernhill.test/",
        "news": "https://fernhill.test/newsroom",
    }


def test_a_careers_page_stands_in_for_one_on_hiring() -> None:
    assert own_links(opened('<body><a href="/jobs">Jobs</a></body>'), "fernhill.test") == {"hiring": "https://fernhill.test/jobs"}


async def test_the_most_useful_pages_are_read_and_no_more_requests_are_made() -> None:
    answers = {"https://fernhill.test/": html("https://fernhill.test/", HOME)}
    for path in (
        "fernhill.test/careers/how-we-hire",
        "www.fernhill.test/about/values",
        "fernhill.test/newsroom",
        "engineering.fernhill.test/",
    ):
        answers[f"https://{path}"] = html(f"https://{path}", HIRING % LONG)
    found, web = await read(answers)
    assert [one.kind for one in found.pages] == ["hiring", "values", "news"]
    assert len(web.calls) == 1 + PAGES
    assert "work sample of two hours" in found.pages[0].text


async def test_a_site_that_does_not_name_the_employer_is_not_read() -> None:
    other = HOME.replace("Fernhill", "Larchway").replace("fernhill", "larchway")
    found, web = await read({"https://fernhill.test/": html("https://fernhill.test/", other)})
    assert (found.pages, len(web.calls)) == ((), 1)
    assert "does not name" in found.why


@pytest.mark.parametrize(
    ("failure", "passing"),
    [(Transient("slow", code="fetch_timeout"), True), (Permanent("huge", code="too_large"), False)],
)
async def test_a_site_that_fails_costs_the_guide_nothing(failure: Exception, passing: bool) -> None:
    found, _ = await read({"https://fernhill.test/": failure})
    assert (found.pages, found.passing) == ((), passing)


@pytest.mark.parametrize(
    ("posting", "settings"),
    [(POSTING.model_copy(update={"company_domain": ""}), {}), (POSTING, {"company_url": ""})],
)
async def test_without_a_known_site_nobody_is_asked(posting: Posting, settings: dict[str, Any]) -> None:
    found, web = await read({}, posting, **settings)
    assert (found.pages, web.calls) == ((), [])


async def test_a_page_that_fails_leaves_the_others() -> None:
    answers: dict[str, Any] = {
        "https://fernhill.test/": html("https://fernhill.test/", HOME),
        "https://fernhill.test/careers/how-we-hire": html("https://fernhill.test/h", HIRING % LONG),
        "https://www.fernhill.test/about/values": page("https://www.fernhill.test/about/values", "gone", status=404),
        "https://fernhill.test/newsroom": Transient("slow", code="fetch_timeout"),
    }
    found, _ = await read(answers)
    assert [one.kind for one in found.pages] == ["hiring"]


def test_the_cache_is_keyed_by_whose_site_it_is() -> None:
    other = POSTING.model_copy(update={"title": "Nurse", "description": "y"})
    assert employer_pages_key([], POSTING) == employer_pages_key([], other)


NEWS = """Newsroom
March 3, 2026
Fernhill opens a workshop for heat pumps in Leeds.
12 Jan 2026 · Fernhill measures its ten thousandth pump
2024-05-01 Fernhill moves to a larger hall in the north
1 April 2027
Something that has not happened yet, dated ahead."""


def test_news_is_what_is_dated_within_the_last_months() -> None:
    found = recent_news(NEWS, date(2026, 4, 1))
    assert [(line.date, line.text) for line in found] == [
        ("2026-03-03", "Fernhill opens a workshop for heat pumps in Leeds."),
        ("2026-01-12", "Fernhill measures its ten thousandth pump"),
    ]


PAGE = EmployerPage(
    kind="news", url="https://fernhill.test/newsroom", title="Newsroom", text=NEWS, news=(NewsLine(date="2026-03-03", text="Fernhill opens a workshop for heat pumps in Leeds."),),
)  # fmt: skip


async def outline() -> Outline:
    return await outline_guide([], POSTING, [], PrepRequest(posting_text="x"), EmployerPages(pages=(PAGE,)), fake_ports())


async def written(*items: Item) -> tuple[Item, ...]:
    models = FakeModels(lambda **_: SectionDraft(intro="Read on.", items=items))
    section = await write_section(SectionRequest(section="company"), POSTING, await outline(), fake_ports(models=models))
    return section.items


async def test_own_pages_have_refs_of_their_own_and_are_given_to_the_sections_that_use_them() -> None:
    made = await outline()
    assert [one.ref for one in made.pages] == ["C1"]
    models = FakeModels(lambda **_: SectionDraft(intro="x", items=(Item(title="T", text="x", label="signal"),)))
    await write_section(SectionRequest(section="company"), POSTING, made, fake_ports(models=models))
    await write_section(SectionRequest(section="plan"), POSTING, made, fake_ports(models=models))
    assert ["own_pages" in call["data"] for call in models.calls] == [True, False]


async def test_a_claim_that_cites_an_own_page_has_to_stand_there() -> None:
    true = Item(title="They grow", text="Fernhill opens a workshop for heat pumps in Leeds.", label="signal", sources=("C1",))
    false = Item(title="They grow", text="Fernhill opens a factory in Madrid with 900 people.", label="signal", sources=("C1",))
    assert [item.text for item in await written(true, false)] == [true.text]


async def test_news_is_only_what_the_news_page_dates_within_the_last_months() -> None:
    new = Item(title="2026-03-03", text="Fernhill opens a workshop for heat pumps in Leeds.", label="news", sources=("C1",))
    old = Item(title="2024-05-01", text="Fernhill moves to a larger hall in the north.", label="news", sources=("C1",))
    assert [item.title for item in await written(new, old)] == ["2026-03-03"]
