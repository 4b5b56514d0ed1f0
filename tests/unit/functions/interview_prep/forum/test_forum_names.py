"""Companies, roles and where a text means the company."""

import pytest

from functions.interview_prep.forum.company_names import company_name, mentions
from functions.interview_prep.forum.job_families import FAMILIES, LEVEL_PHRASES, Role, role_of


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("STRIPE, Inc.", "Stripe"), ("stripe", "Stripe"), ("  Stripe ", "Stripe"), ("IBM", "IBM"), ("eBay Inc", "eBay"), ("SAP SE", "SAP"),
        ("JPMorgan Chase & Co.", "JPMorgan Chase"), ("Meta Platforms, Inc.", "Meta"), ("Amazon.com, Inc.", "Amazon"), ("The Home Depot, Inc.", "Home Depot"),
        ("Société Générale S.A.", "Société Générale"), ("Goldman Sachs Group, Inc.", "Goldman Sachs"), ("GmbH", "GmbH"), ("", ""), ("...", ""),
    ],
)  # fmt: skip
def test_company_names_have_one_spelling(raw: str, name: str) -> None:
    assert company_name(raw) == name
    assert company_name(name) == name


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Senior Software Engineer, Payments (Remote)", "senior software engineer"),
        ("Software Engineer III - Infra", "senior software engineer"),
        ("SDE-2, Alexa", "mid software engineer"),
        ("Full Stack Developer", "software engineer"),
        ("Software Engineer, iOS", "mobile engineer"),
        ("Staff Machine Learning Engineer", "staff machine learning engineer"),
        ("Engineering Manager, Ads", "engineering manager"),
        ("Director of Product", "director product manager"),
        ("Software Engineering Intern (Summer)", "intern software engineer"),
        ("Software Development Engineer in Test", "test engineer"),
        ("New Grad Software Engineer 2026", "junior software engineer"),
        ("Chief of Staff", "chief of staff"),
        ("Member of Technical Staff", "software engineer"),
        ("Software Sales Executive", "account executive"),
        ("Registered Nurse - ICU", "registered nurse"),
        ("Customer Happiness Hero (Remote, EMEA)", "customer happiness hero"),
        ("高级工程师", "高级工程师"),
        ("", ""),
    ],
)
def test_titles_become_roles(title: str, role: str) -> None:
    assert role_of(title).text == role
    assert role_of(role).text == role


@pytest.mark.parametrize("level", ["", *LEVEL_PHRASES])
def test_every_role_reads_back_as_itself(level: str) -> None:
    for family in FAMILIES:
        assert role_of(Role(family.name, level).text) == Role(family.name, level, family.phrases, family.places)


SURE, PASSING, NO = "sure", "passing", "no"


@pytest.mark.parametrize(
    ("company", "text", "meant"),
    [
        ("Block", "I had an interview at Block last week", SURE),
        ("Block", "Block interview experience", SURE),
        ("Block", "worked at block for two years", SURE),
        ("Block", "I had a mental block in the interview", NO),
        ("Block", "Block the recruiter's number", NO),
        ("Block", "How To Block Recruiters", NO),
        ("Block", "roadblock, blocked, BlockFi", NO),
        ("Block", "offers from Stripe, Block, and Brex", SURE),
        ("Google", "Google's interview process", SURE),
        ("Google", "a google-style interview", SURE),
        ("Google", "Google things you don't understand", NO),
        ("Google", "I am trying to google but get different answers", NO),
        ("Google", "what would I see if I googled you", NO),
        ("Google", "I filled out this Google Forms interview", NO),
        ("Google", "I applied to google for an internship", SURE),
        ("Google", "the recruiter sent https://drive.google.com/x and me@google.com", NO),
        ("Google", "| Google | Ghosted by recruiter |", SURE),
        ("Google", "2. Google\n3. Meta", PASSING),
        ("Stripe", "a full length grey black stripe shirt", NO),
        ("Stripe", "Pin Dot And Stripe Wool-Blend Suit", NO),
        ("Stripe", "react, node, stripe, graphql", NO),
        ("Stripe", "Both Stripe and Akuna had me build something", PASSING),
        ("Stripe", "the process at thumbtack or stripe?", SURE),
        ("Walmart", "Anyone here work @WalmartLabs?", SURE),
        ("Walmart", "even walmart looks at them", PASSING),
        ("Capital One", "the Capital-One power day", PASSING),
        ("Meta", "my Facebook onsite", SURE),
        ("Meta", "a MetaMask wallet, metadata", NO),
        ("Procter & Gamble", "interview at Procter and Gamble", SURE),
        ("AT&T", "interviews with Microsoft and AT&T", SURE),
        ("C++ Corp (x", "interview at C++ Corp (x", SURE),
        ("Booking", "my Booking.com interview", SURE),
        ("", "interview at nothing", NO),
    ],
)
def test_a_name_in_a_text(company: str, text: str, meant: str) -> None:
    found = list(mentions(company, text))
    assert (SURE if any(mention.sure for mention in found) else PASSING if found else NO) == meant


def test_a_mention_is_where_it_stands() -> None:
    text = "see https://acme.test/very/long and then an Acme interview"
    (mention,) = mentions("Acme", text)
    assert text[mention.at :].startswith("Acme interview")
