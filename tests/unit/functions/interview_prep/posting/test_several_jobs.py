"""Texts and pages that hold several jobs are refused with how many and which; one job with others around it is read."""

from __future__ import annotations

import json
from itertools import product

import pytest

from functions.interview_prep.posting.page.job_tables import is_list_of_links, tabled_titles, without_links
from functions.interview_prep.posting.page.single_posting_check import check_one_job, check_rows
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import Permanent
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

WELDER = "You join plates in our yard and check what others joined. You will work in a team of six, in two shifts, and your holiday is paid. As a Welder you also look after the tools. To apply, send us your CV by the end of March; we answer within a week."
COOK = "You run the grill from five until midnight and order what you need for the next day. You will have two days off in a row, meals, and a share of the tips. A Line Cook here keeps the station clean. To apply, come by before the evening service."
RULES = (
    "\n\n---\n\n",
    "\n\n+++\n\n",
    "\n\n(2)\n\n",
    "\n________________\n",
    "\n\nhttps://jobs.example.net/view/40123\n\n",
    "\n\nNext\n\n",
)
FORMS = (
    "{title}\n{owner}\n{place}\n\n{text}",
    "{owner}\n{title}\n{place} (Hybrid)\n\n{text}",
    "{title} - {owner} - {place}\n\n{text}",
    "Position: {title}\nLocation: {place}\n\n{text}",
    "{owner} is hiring a {title} in {place}\n\n{text}",
)


def _written(form: str, rule: str) -> str:
    one = form.format(title="Welder", owner="Harrow Steel", place="Leeds, England", text=WELDER)
    return one + rule + form.format(title="Line Cook", owner="Bellacorta", place="Bristol, England", text=COOK)


@pytest.mark.parametrize(("form", "rule"), list(product(FORMS, RULES)))
def test_two_postings_with_a_rule_between_them_are_two_jobs(form: str, rule: str) -> None:
    with pytest.raises(Permanent, match=r"names 2 jobs \(Welder.*Line Cook") as refused:
        check_one_job(_written(form, rule))
    assert refused.value.code == "posting_is_listing"


@pytest.mark.parametrize("form", FORMS)
def test_one_posting_is_one_job_however_often_it_is_pasted(form: str) -> None:
    one = form.format(title="Welder", owner="Harrow Steel", place="Leeds, England", text=WELDER)
    for text in (one, f"{one}\n\n---\n\n{one}", one.replace(". ", ".\n\n---\n\n")):
        check_one_job(text)


def test_one_job_in_two_languages_is_one() -> None:
    german = "Schweißer (m/w/d)\nHarrow Steel, Leeds\n\nIhre Aufgaben\n- Sie fügen die Platten in der Werft und prüfen, was die anderen gefügt haben\nIhr Profil\n- Sie sind mit der Arbeit in einem Team von sechs vertraut\nWir bieten Ihnen den Lohn für die Zeit der Ausbildung und eine Wohnung."
    english = f"Welder (m/f/d)\nHarrow Steel, Leeds\n\nYour tasks\n- {WELDER}\nYour profile\n- Two years of experience"
    check_one_job(f"{german}\n\n---\n\n{english}")


@pytest.mark.parametrize(
    "text",
    [
        "Harrow Steel - we are hiring!\n\nWelder\nLeeds, full-time\nWhat you'll do\n- Join plates in the yard\nWhat we need\n- Two years at a yard\n\nMachinist\nHull, full-time\nWhat you'll do\n- Run the lathes at night\nWhat we need\n- A steady hand and patience\n\nTo apply, send us your CV. We offer a salary, benefits and holiday.",
        "Wir stellen ein\n\nSchweißer (m/w/d)\nIhre Aufgaben\n- Platten fügen und prüfen\nIhr Profil\n- Freude an der Arbeit\n\nKoch (m/w/d)\nIhre Aufgaben\n- Grill und Vorrat\nIhr Profil\n- Abgeschlossene Lehre",
        "Harrow Steel | Welder | Leeds | ONSITE\nWe build ships. "
        + WELDER
        + "\n\nBellacorta | Line Cook | Bristol | ONSITE\nWe cook. "
        + COOK,
    ],
)
def test_roles_that_share_their_parts_are_several_jobs(text: str) -> None:
    with pytest.raises(Permanent, match="names 2 jobs"):
        check_one_job(text)


SNIPPET = "Responsible for the day to day running of the yard. You must hold a valid licence and have two years of experience in a similar role"
PLACES = ("Leeds, England", "Bristol, England", "Hull, England", "York, England")
TITLES = ("Welder", "Line Cook", "Yard Manager", "Crane Operator")


@pytest.mark.parametrize(
    "form", ["{title}\nHarrow Steel\n{place}\n{snippet}…\n3 days ago", "{title} ({place})\n{snippet}…", "- {title}: {snippet}…"]
)
def test_results_of_a_search_with_long_snippets_are_a_list(form: str) -> None:
    cards = (form.format(title=title, place=place, snippet=SNIPPET) for title, place in zip(TITLES, PLACES, strict=True))
    with pytest.raises(Permanent, match=r"names 4 jobs \(Welder, Line Cook, Yard Manager …\)"):
        check_one_job("Sort by: relevance\n" + "\n".join(cards))


@pytest.mark.parametrize(
    "heading",
    [
        "Similar jobs",
        "More from this employer",
        "You might also like",
        "We are also hiring:",
        "Our other open positions:",
        "Featured jobs",
    ],
)
def test_the_jobs_below_one_job_are_not_its_own(heading: str) -> None:
    others = "\n\n".join(f"{title}\nTarn Works\n{place}\n2 days ago" for title, place in zip(TITLES[1:], PLACES[1:], strict=True))
    check_one_job(f"Welder\nHarrow Steel\nLeeds, England\n\n{WELDER} {WELDER}\n\n{heading}\n{others}")


ROWS = [{"title": title, "company": "Harrow Steel", "location": place} for title, place in zip(TITLES, PLACES, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"jobs": ROWS}, indent=1),
        "title,company,city\n" + "\n".join(f"{row['title']},{row['company']},Leeds" for row in ROWS),
        "Role\tCompany\tPlace\n" + "\n".join("\t".join(row.values()) for row in ROWS),
        "| Role | Company | Link |\n|---|---|---|\n"
        + "\n".join(f"| {row['title']} | Harrow Steel | [apply](https://a.example/1) |" for row in ROWS),
        "<rss><channel>"
        + "".join(f"<item><title>{row['title']} at Harrow Steel</title></item>" for row in ROWS)
        + "</channel></rss>",
    ],
)
def test_rows_of_jobs_as_machines_write_them_are_a_list(text: str) -> None:
    with pytest.raises(Permanent, match="names 4 jobs"):
        check_rows(text)


def test_a_table_of_one_job_is_none() -> None:
    one = json.dumps(ROWS[0] | {"department": "Yard", "description": WELDER})
    assert tabled_titles(one, lambda title: title in TITLES) == []
    check_rows("Title\tWelder\tfull time\nPlace\tLeeds\tEngland\nPay\t£30,000\ta year")


@pytest.mark.parametrize("heading", ["More openings", "Elsewhere in the yard"])
def test_lines_with_commas_below_one_job_are_no_table(heading: str) -> None:
    others = "\n".join(
        f"- {title}, Harrow Steel, {place}" for title, place in zip(TITLES[1:], ("Leeds", "Hull", "Derby"), strict=True)
    )
    check_rows(f"Welder\nHarrow Steel\nLeeds, England\n\n{WELDER}\n{WELDER}\n{WELDER}\n{WELDER}\n\n{heading}\n\n{others}")


def test_a_list_of_addresses_is_no_job() -> None:
    links = "\n".join(f"- [Yard {number}](https://yard{number}.example/careers)" for number in range(9))
    assert is_list_of_links(links)
    assert not is_list_of_links(f"{WELDER}\nhttps://harrow.example/apply")
    assert without_links("### [Welder](https://a.example/1) — Harrow Steel") == "### Welder — Harrow Steel"
    with pytest.raises(Permanent, match="list of links"):
        check_rows(links)


async def _refusal(markup: str, content_type: str = "text/html; charset=utf-8") -> Permanent:
    url = "https://harrow.example/work"
    web = FakeWeb({url: page(url, markup, content_type=content_type)})
    with pytest.raises(Permanent) as refused:
        await read_posting(PrepRequest(job_posting_url=url), fake_ports(web=web, models=FakeModels()))
    return refused.value


async def test_a_page_of_linked_jobs_says_which_and_gives_their_addresses() -> None:
    cards = "".join(f"<li><a href='/job/{at}'>{title}</a> <p>{SNIPPET}.</p></li>" for at, title in enumerate(TITLES))
    refused = await _refusal(
        f"<html><head><title>Harrow Steel</title></head><body><h1>Come and work here</h1><ul>{cards}</ul></body></html>"
    )
    assert refused.code == "posting_is_listing"
    assert "names 4 jobs (Welder, Line Cook, Yard Manager …)" in str(refused)
    assert "https://harrow.example/job/0" in refused.advice


async def test_two_headings_that_are_titles_are_two_jobs() -> None:
    refused = await _refusal(
        f"<title>Stellenangebote - Harrow</title><h1>Stellenangebote</h1><h3>Servicetechniker/in</h3><p>{WELDER}</p><h3>Schweißer (m/w/d)</h3><p>{COOK}</p>"
    )
    assert refused.code == "posting_is_listing"


async def test_a_feed_of_jobs_is_a_list() -> None:
    items = "".join(f"<item><title>{title}</title><link>https://a.example/{title[:2]}</link></item>" for title in TITLES)
    assert (await _refusal(f"<rss><channel>{items}</channel></rss>", "application/rss+xml")).code == "posting_is_listing"
    assert (await _refusal("<rss><channel></channel></rss>", "application/rss+xml")).code == "posting_unreadable"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Dear Ana,\nthank you for your interest in the position of Welder. We have decided not to progress your application on this occasion.\nHarrow Steel", "a letter to an applicant"),
        ("Hi Tom,\nwe would like to invite you to a 45 minute video interview for the Welder role on Thursday. You will meet Jo and Lin.", "a letter to an applicant"),
        ("Performance review 2025\nEmployee: D. Marsh, Welder\nGoals met: 4 of 5. Strengths: plates. To improve: paperwork.", "a paper of a company's own"),
        ("Working at Harrow Steel: 214 reviews\n3.4 out of 5\nPros: tips, meals\nCons: rota changes at short notice", "a page of reviews"),
    ],
)  # fmt: skip
def test_papers_around_a_job_are_named_for_what_they_are(text: str, what: str) -> None:
    with pytest.raises(Permanent, match=what):
        check_one_job(text)


@pytest.mark.parametrize(
    "text",
    [
        "PK\x03\x04\x14\x00word/document.xml and more of it",
        "%PDF-1.7\nobj <</Type/Catalog>> endobj stream",
        "a" * 40 + "\ufffd" * 5,
    ],
)
async def test_a_files_bytes_are_no_text(text: str) -> None:
    with pytest.raises(Permanent, match="a file's bytes"):
        await read_posting(PrepRequest(posting_text=text), fake_ports(web=FakeWeb({}), models=FakeModels()))


async def test_a_page_that_says_when_it_expired_is_closed() -> None:
    refused = await _refusal(
        f"<title>Welder - Harrow Steel</title><h1>Welder</h1><p>This posting expired on 3 March 2026</p><p>{WELDER}</p>"
    )
    assert refused.code == "posting_closed"


def test_two_short_postings_need_no_rule_and_no_words_of_postings() -> None:
    one = "Primary Teacher\nLarkhill School | Swindon\nYou teach nine boys and girls on a barge and keep the stove neither out nor too hot."
    other = "Dispatch Rider\nQuickfold Couriers | Dublin\nYou carry legal papers between the courts and our clients, on a bike that we give you."
    check_one_job(one)
    with pytest.raises(Permanent, match=r"names 2 jobs \(Primary Teacher, Dispatch Rider\)"):
        check_one_job(f"{one}\n\n{other}")


OPENINGS = """Brightmere Grid
Products
Customers
Company

CAREERS
Our mission
Power for every village, from water that runs by it anyway. You'll join eighty people with benefits, equal opportunity and full-time contracts.

Current openings
Brightmere is looking for the following roles
Norway
Scotland
Turbine Engineer - Hydro
Grid Analyst
Field Technician
Procurement Manager

The good life
- Paid time off
- Flexible working hours
Write to us: join us at jobs@brightmere.example"""


@pytest.mark.parametrize("heading", ["Current openings", "Open positions", "Offene Stellen", "We are hiring:"])
def test_jobs_below_a_heading_for_openings_are_a_list_however_much_is_said_of_working_there(heading: str) -> None:
    with pytest.raises(Permanent, match="names 4 jobs") as refused:
        check_one_job(OPENINGS.replace("Current openings", heading))
    assert refused.value.code == "posting_is_listing"


def test_a_posting_beside_its_employers_openings_is_one_job() -> None:
    own = "Grid Analyst\nBrightmere Grid, Inverness\nWhat you will do\n- Forecast the load of twelve villages\nWhat you bring\n- Two years with time series\nApply by 3 May with your CV.\n"
    check_one_job(f"{own}\n{OPENINGS[OPENINGS.index('Current openings') : OPENINGS.index('The good life')]}")
