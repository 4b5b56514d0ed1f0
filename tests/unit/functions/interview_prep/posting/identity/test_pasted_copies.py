"""Whose posting it is in copies as people paste them: from boards, from mails, from notes, with what stood around them."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.employer.agencies import is_agencys, speaks_for_another
from functions.interview_prep.posting.identity.employer.agreement import has_evidence, signs_as_board
from functions.interview_prep.posting.identity.employer.company_sentences import companies_in, opening_subjects
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.names_on_lines import may_stand_for_employer, towns_in
from functions.interview_prep.posting.identity.headlines import clean_title, read_headline, without_requisition
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import may_be_title
from functions.interview_prep.posting.identity.title.title_sentences import titles_in
from functions.interview_prep.posting.identity.title.title_team import with_team
from functions.interview_prep.posting.page.html_text import plain
from functions.interview_prep.posting.posting_marks import speaks_as_postings_do
from functions.interview_prep.posting.read_pasted_text import with_labels

DUTIES = (
    "You will plan the nightly runs and keep the boards up to date.\n\nRequirements:\n- three years of planning\n- a calm voice"
)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Route Planner, Night Desk (Ferries)- job post", "Route Planner, Night Desk (Ferries)"),
        ("Route Planner - job post", "Route Planner"),
        ("Route Planner Job Description", "Route Planner"),
        ("Job Description: Route Planner", "Route Planner"),
        ("Records Analyst -Crime HC620417", "Records Analyst -Crime"),
        ("Records Manager (Ref: 12031)", "Records Manager"),
        ("Records Manager - 4471920", "Records Manager"),
        ("Junior Data Engineer | 12 months experience | £40,000 | Fully Remote", "Junior Data Engineer"),
        ("Data Engineer new", "Data Engineer"),
        ("Pflegefachkraft (m/w/d) als Nachtwache (bis 30 Std.)", "Pflegefachkraft (m/w/d)"),
        ("Software Engineer 3", "Software Engineer 3"),
        ("Chef de Partie | Pastry", "Chef de Partie | Pastry"),
    ],
)
def test_a_title_loses_what_boards_and_adverts_put_behind_it(line: str, title: str) -> None:
    assert clean_title(line) == title


def test_a_number_that_is_part_of_the_title_stays() -> None:
    assert without_requisition("Apprentice 2025") == "Apprentice 2025"
    assert without_requisition("Cook HX20418") == "Cook"


@pytest.mark.parametrize(
    "text",
    [
        "Deine Aufgaben als Koch",
        "Join our Drivers",
        "About Tarn",
        "What Drivers do",
        "(CEO)",
        "(m/w/d) als Nachtwache",
        "Mail Ines Falk - ines@tarn.example",
        "What is a Bookkeeper?",
        "Bookkeeper?",
    ],
)
def test_a_heading_a_bracket_a_question_and_a_mail_address_are_no_title(text: str) -> None:
    assert not may_be_title(text)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("Target Job Description", False),
        ("apply_link", False),
        ("A154697A", False),
        ("Tarn Tarn Careers", False),
        ("API", False),
        ("Carwell.com", True),
        ("Tarn Logistics", True),
    ],
)
def test_what_a_posting_calls_itself_and_what_forms_hold_is_no_employer(name: str, may: bool) -> None:
    assert may_stand_for_employer(name) is may


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("This is a part-time role for a Planning Intern at Tarn Ferries based in Whitby, with some days at home.", "Tarn Ferries", "job_at"),
        ("The School of Care at the University of Larkmoor seeks a calm person.", "University of Larkmoor", "hires"),
        ("Bei TARNWERK entwickelst du Anlagen.", "TARNWERK", "at_we"),
        ("Na Fernwood acreditamos nas pessoas.", "Fernwood", "at_we"),
        ("Quillon is a small, family-owned consultancy.", "Quillon", "about"),
        ("At eQuillon, we chart the sea.", "eQuillon", "at_we"),
        ("Tell me more about Quillon", "Quillon", "about"),
    ],
)  # fmt: skip
def test_sentences_that_say_whose_job_it_is(sentence: str, name: str, kind: str) -> None:
    assert (name, kind) in set(companies_in(sentence))


def test_the_first_sentence_under_a_copys_heading_and_below_a_files_head_speaks_of_the_employer() -> None:
    assert list(opening_subjects("About the job\n\nQuillon is building ferries.")) == ["Quillon"]
    assert list(opening_subjects("---\ntitle: Planner\ntype: full-time\n---\n\nQuillon is a consultancy.")) == ["Quillon"]


def test_the_employer_before_the_title_on_its_line_is_cut_off_and_the_team_behind_it_kept() -> None:
    text = f"Avonel - Route Lead - Night and Pricing\nAvonel Corporation\n3.1\n3.1 out of 5 stars\nWhitby\nFull-time\n\n{DUTIES}\n\nAbout Avonel\nAvonel Corporation moves boats."
    found = identify(PostingParts(text))
    assert (found.title, found.company) == ("Route Lead - Night and Pricing", "Avonel Corporation")


@pytest.mark.parametrize("heading", ["Target Job Description", "# Job Description", "Supplied Job Posting"])
def test_a_files_own_heading_is_asked_about_as_nobody(heading: str) -> None:
    text = f"{heading}\n\nRole: Route Planner (Remote)\n\nAbout the Role\nWe are looking for a Route Planner to join our team.\n{DUTIES}"
    found = identify(PostingParts(text))
    assert (found.company, found.company_guess) == ("", "")
    assert found.title_guess.startswith("Route Planner")


def test_tools_and_hours_are_no_guess_at_an_employer() -> None:
    text = f"Route Planner\n\nHours: overlap with US Pacific Time\n\n{DUTIES}\n- knowledge of CI/CD, Git, Docker\n- a REST API"
    found = identify(PostingParts(text))
    assert (found.company, found.company_guess) == ("", "")


def test_the_only_title_that_the_sentences_look_for_is_taken() -> None:
    text = f"Fjordline builds maps of the sea. At Fjordline, we chart it from space.\n\nWe are looking for a data steward to join our growing team. {DUTIES}\n\nFjordline is an equal opportunity employer."
    assert identify(PostingParts(text)).title == "data steward"


def test_evidence_is_a_place_a_sentence_a_signature_or_an_address() -> None:
    assert has_evidence({"hires": 1.0})
    assert has_evidence({"organisation": 1.0, "ordinary": 0.2})
    assert not has_evidence({"organisation": 1.0, "ordinary": 1.0})
    assert not has_evidence({"line_0": 1.0, "subject": 1.0, "any": 1.0})
    assert not has_evidence({"line_above": 1.0, "unit": 1.0})


def test_a_board_that_signs_its_pages_is_not_whose_the_job_is() -> None:
    assert signs_as_board({"board": 1.0, "pictured": 1.0, "legal": 1.0})
    assert not signs_as_board({"board": 1.0, "hires": 1.0})
    assert not signs_as_board({"pictured": 1.0})


def test_a_selection_firm_is_an_agency() -> None:
    assert is_agencys("TRN Selection (Holdings) Limited", "", "Software Engineer")
    assert not is_agencys("Natural Selection", "", "Software Engineer")


def test_a_few_tags_do_not_run_a_pasted_notes_lines_together() -> None:
    assert plain("Call us.\n<br />\n## Route Planner\n### Avonel\n\nAvonel moves boats.").split("\n")[-4:] == [
        "## Route Planner",
        "### Avonel",
        "",
        "Avonel moves boats.",
    ]
    assert plain("<p>one\nline</p><p>two</p>") == "one line\n\ntwo"


def test_what_a_copy_saves_names_the_employer_and_its_towns_do_not() -> None:
    text = f"Route Planner (Night, Ferries)\nBaar, Zug, Switzerland · Reposted 4 weeks ago · Over 100 people clicked apply\nOn-site\nApply\nSave\nSave Route Planner (Night, Ferries)  at Tarn Group\nAbout the job\n{DUTIES}"
    found = identify(PostingParts(text))
    assert (found.company or found.company_guess) == "Tarn Group"
    assert towns_in(text.split("\n")) == {"Baar", "Zug", "Switzerland"}


def test_duties_in_chinese_are_no_titles_and_the_employer_behind_we_are_is_one() -> None:
    assert not may_be_title("负责前端开发工作")
    assert may_be_title("高级前端开发工程师")
    assert ("Tarnlab Inc", "we_are") in set(companies_in("我们是 Tarnlab Inc，一家初创公司。"))


@pytest.mark.parametrize(
    "text",
    [
        "Our client Net Promoter Score is 68.",
        "You are responsible for building our client app experiences.",
    ],
)
def test_a_clients_app_and_clients_praise_are_no_agencys_words(text: str) -> None:
    assert not speaks_for_another(text, [text])


def test_a_title_that_a_headline_gives_with_adjectives_loses_them() -> None:
    found = [reading.title for reading in read_headline("Tarn Trust is seeking an experienced and strategic Executive Director")]
    assert found == ["Executive Director"]


def test_a_team_is_kept_up_to_the_place_and_the_start() -> None:
    assert with_team("Kitchen Intern", ["Kitchen Intern - Pastry - Leeds - Start in May"], "Tarn") == "Kitchen Intern - Pastry"


@pytest.mark.parametrize(
    "text",
    [
        "Amats: Digitālā mārketinga speciālists\nUzņēmums: SIA Tarnwise\nPienākumi: kampaņas\nPrasības: pieredze",
        "Посада: керівник служби\nКомпанія: Tarnwise\nОбов'язки: команда\nВимоги: досвід",
    ],
)
def test_labels_of_more_languages(text: str) -> None:
    found = identify(PostingParts(text))
    assert found.title
    assert found.company.endswith("Tarnwise")
    assert speaks_as_postings_do(text)


@pytest.mark.parametrize("text", ["Start time for Driver: 07:30 AM", "planning and dispatch of Drivers;"])
def test_an_hour_and_an_entry_are_no_title(text: str) -> None:
    assert not may_be_title(text)


def test_as_a_job_in_small_letters_you_will_names_the_job() -> None:
    assert ("senior data pipeline engineer", "as_a") in set(
        titles_in("As senior data pipeline engineer, you will work on pipelines.")
    )
    assert not list(titles_in("As our business grows, you will too."))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("A Fernmed é uma empresa de tecnologia em saúde.", "Fernmed"),
        ("Tarnwerk ist ein junges Unternehmen.", "Tarnwerk"),
        ("【公司介绍】\n云岭是中国领先的物流平台。", "云岭"),
    ],
)
def test_a_company_says_what_it_is_in_more_languages(sentence: str, name: str) -> None:
    assert (name, "about") in set(companies_in(sentence))


def test_who_recruits_for_one_of_its_customers_is_no_employer() -> None:
    text = "This is a job that Jill, our AI Recruiter, is recruiting for on behalf of one of our customers."
    assert speaks_for_another(text, [text])


def test_a_craft_in_a_registered_name_is_no_title_to_cut_off() -> None:
    rows = ["Plattenleger", "T.B. Plattenleger GmbH", "Deine Aufgaben: Platten legen."]
    found = find_names(PostingParts("\n".join(rows)), (), (), rows, "Plattenleger")
    assert "T.B. Plattenleger GmbH" in {one.name for one in found.values()}


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_pages_source_says_title_and_author_in_quotes(quote: str) -> None:
    text = f"---\nlayout: post\ntitle: {quote}Sr. R&D Engineer - Hull Forms{quote}\nauthor: {quote}Tarn Maps{quote}\n---\n## Job Description\n{DUTIES}"
    rows = with_labels(text).split("\n")
    assert rows[2:4] == ["title: Sr. R&D Engineer - Hull Forms", "author: Tarn Maps"]
    assert identify(PostingParts(plain(with_labels(text)))).title.startswith("Sr. R&D Engineer")
