"""Whose posting it is and for which job: right, or asked with a guess; never a guide for a wrong employer."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import is_company_name, is_place, names_role
from functions.interview_prep.posting.read_by_model import PostingFacts
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.read_posting import read_posting
from infra.offline_model.interviews import posting_facts
from shared.errors import BadInput
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page
from tests.support.hostile.processor_time import takes_at_most
from tests.support.real_data import REAL_DATA

LAYOUTS = Path(__file__).parents[1] / "posting_layouts"
REAL = REAL_DATA / "jobs" / "pages"
URL = "https://jobs.someboard.example/view/12345"
ENGLISH = [
    ("Data Engineer", "Quillbrook", "Leeds, United Kingdom"),
    ("Staff Nurse", "Saint Orla Hospital", "Boston, MA"),
    ("Senior Backend Engineer (Payments)", "Tidewrack Systems, Inc.", "Austin, TX"),
    ("Cashier", "Harrow & Finch", "Manchester"),
    ("Head of Marketing", "The Larch Company", "Toronto, Ontario, Canada"),
    ("Warehouse Associate", "NORTHGATE LOGISTICS LLC", "Columbus, OH"),
    ("Truck Driver", "O'Malley Freight", "Dublin, Ireland"),
    ("Quantitative Trader", "Ostrander Capital Partners LP", "New York, NY"),
    ("DevOps Engineer", "Square Root Labs", "Remote"),
]
OTHERS = {
    "german": [("Softwareentwickler", "Kranich Technik GmbH", "Hamburg"), ("Pflegefachkraft", "Haus Lindenhof", "Köln")],
    "czech": [("Účetní", "Lipová s.r.o.", "Brno"), ("Řidič", "Dopravní závody Zlín", "Zlín")],
    "french": [("Ingénieur Logiciel", "Hirondelle", "Lyon"), ("Infirmière", "Clinique du Parc", "Nantes")],
    "greek": [("Μηχανικός Λογισμικού", "Γλάρος Α.Ε.", "Αθήνα"), ("Λογιστής", "Pelagos Shipping", "Πειραιάς")],
    "chinese": [("后端工程师", "青鸟科技有限公司", "深圳"), ("护士", "海棠医院", "上海")],
    "arabic": [("مهندس برمجيات", "شركة النخيل", "دبي"), ("محاسب", "مجموعة الواحة", "الرياض")],
}
BODY = (
    "We have been making things for twenty years. You will own your part of the work, talk to the people who use it, and improve it week by "
    "week. We ask for three years of experience and patience. We offer training, a calm office and thirty days of holiday. The first weeks "
    "are for learning: you follow a colleague, read our notes and try things. After that you take over a part of the work and plan it yourself."
)


def layouts(name: str) -> list[tuple[str, str]]:
    blocks = (LAYOUTS / f"{name}.txt").read_text("utf-8").split("=== ")[1:]
    return [(title.strip(), body.strip("\n")) for title, _, body in (block.partition("\n") for block in blocks)]


def filled(layout: str, title: str, company: str, place: str) -> str:
    domain = re.sub(r"\W", "", company.lower().split(",", maxsplit=1)[0]) + ".com"
    for name, value in {"title": title, "company": company, "place": place, "body": BODY, "domain": domain}.items():
        layout = layout.replace(f"{{{name}}}", value)
    return layout


def offline() -> FakeModels:
    return FakeModels(
        lambda **asked: PostingFacts.model_validate(posting_facts.answer(asked["data"], PostingFacts.model_json_schema()))
    )


async def read_paste(text: str) -> Posting:
    return await read_posting(PrepRequest(posting_text=text), fake_ports(models=offline()))


async def read_page(markup: str) -> Posting:
    head, body = re.split(r"(?=<h[12]>)", markup, maxsplit=1)
    web = FakeWeb({URL: page(URL, f"<html><head>{head}</head><body>{body}</body></html>")})
    return await read_posting(PrepRequest(job_posting_url=URL), fake_ports(web=web, models=offline()))


@pytest.mark.parametrize("kind", ["pastes", "pages"])
async def test_layouts_are_read_right_or_asked_about(kind: str) -> None:
    outcomes: Counter[str] = Counter()
    wrong = []
    for name, layout in layouts(kind):
        language = next((one for one in OTHERS if one in name), "")
        for title, company, place in OTHERS.get(language, ENGLISH):
            text = filled(layout, title, company, place)
            try:
                posting = await (read_paste if kind == "pastes" else read_page)(text)
            except BadInput:
                outcomes["asked"] += 1
                continue
            right = squash(company_name(posting.company)) == squash(company_name(company)) and squash(
                re.sub(r"\(.*?\)|H/F", "", posting.title)
            ) == squash(re.sub(r"\(.*?\)", "", title))
            outcomes["right" if right else "wrong"] += 1
            wrong += [] if right else [(name, posting.title, posting.company)]
    assert wrong == []
    assert outcomes["right"] / outcomes.total() >= 0.95, outcomes


async def test_varied_pastes_get_their_employer_or_a_question() -> None:
    outcomes: Counter[str] = Counter()
    for head, text in layouts("varied"):
        title, company = (part.strip() for part in head.split("|"))
        try:
            posting = await read_paste(text)
        except BadInput:
            outcomes["asked" if company else "right"] += 1
            continue
        assert squash(company_name(posting.company)) == squash(company_name(company)), (text, posting.company)
        outcomes["right" if squash(posting.title) == squash(title) else "title"] += 1
    assert outcomes["right"] / outcomes.total() >= 0.85, outcomes
    assert outcomes["title"] <= 2, outcomes


@pytest.mark.skipif(not REAL.is_dir(), reason="real job pages are not beside the project")
@pytest.mark.parametrize(
    ("name", "title", "company"),
    [
        ("linkedin__job", "Software Engineer", "Adaptavist"),
        ("remoteok__job", "Software Engineer II", "Comscore"),
        ("stackoverflow__job", "Solution Engineer (M/F/X)", "QUAJOO GmbH"),
        ("stackoverflow__job_remote", "Senior Front-End Engineer", "Hummingbot"),
        ("stackoverflow__job_via", "Senior Full-stack web developer - Python", "CBOE Global Markets"),
        ("wwr__job", "DevOps Engineer, Kubernetes, AWS/GCP", "Bluelight Consulting"),
        ("wwr__job_json_decode_error", "Solidity Engineer", "ElevenYellow Pte Ltd"),
        ("wwr__job_no_image", "Devops Engineer", "Stealth Co"),
    ],
)
async def test_real_pages_without_their_structured_data(name: str, title: str, company: str) -> None:
    markup = (REAL / f"scrapers_spiders_{name}.html").read_text("utf-8", "replace")
    markup = re.sub(
        r"(?is)<script[^>]*ld\+json.*?</script>|item(?:type|prop)=\"[^\"]*\"|no longer accepting applications", "", markup
    )
    ports = fake_ports(web=FakeWeb({URL: page(URL, markup)}), models=offline())
    posting = await read_posting(PrepRequest(job_posting_url=URL), ports)
    assert (posting.title, posting.company) == (title, company)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Data Engineer Spotify", "Spotify"),
        ("spotify data engineer", "spotify"),
        ("Senior Accountant\nManchester\n\nWe are a growing company. You will prepare the accounts. Apply today.", ""),
        ("Hourly Part-time\nBarista\nYou will make coffee and smile.", ""),
        ("Remote\nData Analyst\nFull-time\n\nWe are looking for somebody who counts. Our team is small.", ""),
    ],
)
async def test_what_is_not_sure_is_asked_with_a_guess(text: str, guess: str) -> None:
    with pytest.raises(BadInput) as caught:
        await read_paste(text)
    assert caught.value.code == "posting_incomplete"
    assert ("Is the employer" in (caught.value.advice or "")) is bool(guess)
    assert guess in (caught.value.advice or "")
    assert "company" in (caught.value.advice or "")


@pytest.mark.parametrize(
    "text",
    [
        (
            "On behalf of our client, a leading bank, Talentbridge Recruiting is looking for a Senior Java Developer.\n\nAbout Talentbridge Recruiting\n"
            "Talentbridge Recruiting is a recruitment agency with offices in five cities. Talentbridge Recruiting has been placing people since 1999."
        ),
        "Our client is a manufacturer of pumps.\nPosition: Quality Manager\nLocation: Brno\nContact: Novak Personal",
        "Für unseren Mandanten suchen wir eine Buchhalterin.\n\nBuchhalterin\nWir, die Kranich Personalberatung GmbH, beraten Sie gern.",
    ],
)
async def test_an_agencys_posting_gets_no_employer(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        await read_paste(text)
    assert "agency" in caught.value.message
    assert "Talentbridge" not in (caught.value.advice or "")


def test_an_agencys_named_client_is_the_employer() -> None:
    text = "Quality Manager\n\nOur client, Pumpwell, is hiring. Pumpwell makes pumps in Brno. At Pumpwell, you will test them."
    assert identify(PostingParts(text)).company == "Pumpwell"


def test_the_pages_headline_outranks_a_model_that_disagrees() -> None:
    said = PostingParts(
        "We build things.",
        head=("Quillbrook hiring Data Engineer in Leeds | LinkedIn",),
        model_company="Leeds",
        model_title="Engineer",
    )
    found = identify(said)
    assert (found.title, found.company) == ("Data Engineer", "Quillbrook")


@pytest.mark.parametrize(
    "text",
    ["We", "Remote", "Hourly Part", "Profession", "Our Team", "About the role", "Seattle, WA", "Full-time", "Senior", "Data Engineer", "United States", "Marketing", "Inc."],
)  # fmt: skip
def test_what_is_no_employers_name(text: str) -> None:
    assert not is_company_name(text, lower=True)


@pytest.mark.parametrize("text", ["Quillbrook", "The Larch Company", "O'Malley Freight", "IT Svc & Sons", "St. Brendan Medical Center", "Lipová s.r.o.", "青鸟科技有限公司"])  # fmt: skip
def test_what_may_be_one(text: str) -> None:
    assert is_company_name(text)


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("From: jobs@harrowgatemills.example\nNewsgroups: misc.jobs.offered\nSubject: Leeds, UK - Loom Technician - Harrowgate Mills\nDate: Tue, 3 Mar\n\nHarrowgate Mills weaves cloth for theatres. We are looking for a technician who keeps forty looms alive. You will oil, mend and listen. Apply by letter.", "Loom Technician", "Harrowgate Mills"),
        ("Saltmarsh Ferries is hiring! Deck Cadet (Ryde, United Kingdom)\n\nOur ferries cross nine times a day. You will tie up, count heads and learn to steer. Requirements: good boots. Apply before Easter.", "Deck Cadet", "Saltmarsh Ferries"),
        ("Tallow & Wick\n3.9\nJob\nCompany\nSalaries\nCandle Maker\nWhitby, United Kingdom\nSave\nTallow & Wick pours candles by hand. You will sell them on Saturdays, rain or shine. Requirements: a loud voice. We offer ten pounds per hour. Apply now.", "Candle Maker", "Tallow & Wick"),
    ],
    ids=["a newsgroup's header", "an exclamation", "a board's menu between the two"],
)  # fmt: skip
def test_the_employer_tells_where_the_title_ends(text: str, title: str, company: str) -> None:
    found = identify(PostingParts(text))
    assert (found.title or found.title_guess, found.company or found.company_guess) == (title, company)


@pytest.mark.parametrize(
    "text",
    [
        "Data Clerk\nNorthbank Search\nLeeds, United Kingdom\nAbout the job\nI'm representing a growing, seed-stage dairy company that is looking for its second clerk. You will keep its ledgers. Requirements: care with figures. Apply now.",
        "Data Clerk\nNorthbank\nLeeds, United Kingdom\nAbout the job\nA family-run insurance business in Leeds is seeking a clerk for its ledgers. You will work alone. Requirements: care with figures. Apply now.",
        "Data Clerk\nNorthbank Partners\nLeeds, United Kingdom\nAbout the job\nNorthbank Partners is hiring on behalf of one of our customers. You will keep ledgers. Requirements: care with figures. Apply now.",
        "Data Clerk\nNorthbank Associates\nLeeds, United Kingdom\nAbout the job\nOur client is a leading dairy in the north. You will keep its ledgers. Requirements: care with figures. Northbank Associates thanks all applicants. Apply now.",
    ],
    ids=["representing one", "some business is seeking", "on behalf of a customer", "our client"],
)  # fmt: skip
def test_who_speaks_for_another_is_not_the_employer(text: str) -> None:
    found = identify(PostingParts(text))
    assert (found.title, found.company, found.is_agency) == ("Data Clerk", "", True)


def test_an_employer_that_tells_of_its_clients_is_one() -> None:
    text = "Tax Adviser\nQuarrel & Finch\nLeeds, United Kingdom\nAbout the job\nQuarrel & Finch advises farms. At Quarrel & Finch you will look after one of our clients from the first day. Quarrel & Finch offers a fair wage and a garden. Requirements: care with figures. Apply now."
    assert identify(PostingParts(text)).company == "Quarrel & Finch"


def test_places_and_roles_in_several_languages() -> None:
    assert all(
        map(
            is_place,
            [
                "Seattle, WA (On-site)",
                "Berlin, Germany",
                "Praha",
                "深圳",
                "دبي",
                "Remote (US)",
                "Austin, TX 78701",
                "Greater Leeds Metropolitan Area",
                "9th district of Vienna",
            ],
        )
    )
    assert not any(map(is_place, ["we are, here", "Pelagos Shipping", "Acme, Inc."]))
    assert all(
        map(
            names_role, ["Softwareentwicklerin", "Účetní", "后端工程师", "مهندس برمجيات", "Λογιστής", "Head of Data", "Engineers"]
        )
    )


@pytest.mark.parametrize(
    "text",
    ["At " + "A" * 15_000, "A " * 7_500, "Aa & " * 3_000, "- " * 7_000, "a|" * 7_000, "(" * 15_000, "As a " * 3_000, "我" * 15_000, "X: " * 5_000, "hiring " * 2_000, "A, " * 5_000, "€1." * 5_000],
    ids=range(12),
)  # fmt: skip
def test_hostile_texts_cost_little(text: str) -> None:
    assert takes_at_most(15, lambda: identify(PostingParts(text, head=(text[:5_000],), headings=(text[:5_000],))))
