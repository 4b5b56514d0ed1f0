"""Where a further posting begins in a text, by what goes and what comes there, whatever the layout."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

from functions.interview_prep.posting.identity.weighed import probabilities
from functions.interview_prep.posting.page.single_posting_check import check_one_job, is_title, looks_like
from functions.interview_prep.posting.several.beginning_features import features_of
from functions.interview_prep.posting.several.several_postings import SURELY, postings_in, weights
from functions.interview_prep.posting.several.text_lines import lines_of, title_on
from shared.errors import Permanent
from tests.support.fitting.fit_several_weights import AT_LEAST, choices

NURSE = "Tollgate Surgery treats small animals in two towns. At Tollgate Surgery a Veterinary Nurse assists at surgery, takes samples and speaks with owners.\nWhat we ask\n- A diploma in veterinary nursing\n- A calm hand with frightened cats\nWrite to the practice at Tollgate Surgery by the end of May."
BAKER = "Silverbeck Mill bakes for nine shops. The Baker at Silverbeck Mill kneads and bakes from two in the morning until ten, and Silverbeck Mill pays a bonus for the night.\nWho we look for\n- A certificate in the trade\n- Joy in sourdough\nSend your CV to the office of Silverbeck Mill."
FORMS = (
    "{title}\n{text}",
    "{owner}\n{title}\n{text}",
    "{title} ({owner})\n\n{text}",
    "{owner} — {title}\n{text}",
    "{title}\n\n{text}",
)
BETWEEN = ("\n\n", "\n\n\n", "\n\n---\n\n", "\n\nand the other one:\n\n")


def _pasted(form: str, between: str) -> str:
    one = form.format(title="Veterinary Nurse", owner="Tollgate Surgery", text=NURSE)
    return one + between + form.format(title="Baker", owner="Silverbeck Mill", text=BAKER)


@pytest.mark.parametrize(("form", "between"), list(product(FORMS, BETWEEN)))
def test_two_postings_without_a_place_or_a_rule_are_two_jobs(form: str, between: str) -> None:
    with pytest.raises(Permanent, match=r"names 2 jobs \(Veterinary Nurse.*, Baker") as refused:
        check_one_job(_pasted(form, between))
    assert refused.value.code == "posting_is_listing"


@pytest.mark.parametrize("label", ["Title", "Position", "title", "Job title"])
def test_records_of_one_form_are_as_many_jobs(label: str) -> None:
    """Each has its labels again; that two jobs of one office share most words makes them no less two."""
    record = "{label}: {title}\nPlace: Arnside\nGrade: 7\n\n{text} The office answers letters, keeps the register and helps at the count.\n"
    jobs = (("Voter Services Manager", NURSE), ("Absentee Manager", NURSE.replace("Tollgate Surgery", "The office")))
    text = "\n".join(record.format(label=label, title=title, text=said) for title, said in jobs)
    with pytest.raises(Permanent, match=r"names 2 jobs \(Voter Services Manager, Absentee Manager\)"):
        check_one_job(text)
    again = record.format(label=label, title="Voter Services Manager", text=NURSE) * 2
    assert postings_in(again, is_title) == []


MENU = "Skip to content\n\nHome\nOur hospital for animals\nOpening hours of both houses\nAccurate and honest advice, learn more\nContact\n\n"


@pytest.mark.parametrize("form", FORMS)
def test_a_sites_menu_above_a_posting_is_no_posting(form: str) -> None:
    text = MENU + form.format(title="Veterinary Nurse", owner="Tollgate Surgery", text=NURSE)
    for surely in (SURELY, 0.02):  # however sure the choice is that something begins there
        assert postings_in(text, is_title, surely) == []


@pytest.mark.parametrize("form", FORMS)
def test_one_posting_with_a_second_employers_name_or_its_own_title_again_is_one(form: str) -> None:
    one = form.format(title="Veterinary Nurse", owner="Tollgate Surgery", text=NURSE)
    for text in (
        one,
        f"{one}\n\n---\n\n{one}",
        f"{one}\n\nVeterinary Nurse\nThe Veterinary Nurse works at Tollgate Surgery in Leeds.",
    ):
        assert postings_in(text, is_title) == []


def test_a_title_told_again_is_another_job_where_another_employer_stands_below_it() -> None:
    again = "\n\n---\n\nVeterinary Nurse\n"
    assert (
        postings_in(f"Veterinary Nurse\n{NURSE}{again}who has a talent and the passion to make a difference. {BAKER}", is_title)
        == []
    )
    several = postings_in(f"Veterinary Nurse\nTollgate Surgery\n{NURSE}{again}Silverbeck Clinic\n{BAKER}", is_title)
    assert several == ["Veterinary Nurse", "Veterinary Nurse, Silverbeck Clinic"]


def test_the_likeliest_line_is_the_one_where_names_go_and_others_come() -> None:
    lines = lines_of(_pasted(FORMS[0], "\n\n"))
    features = features_of(lines, is_title)
    likely = probabilities(features, weights())
    best = max(likely, key=lambda at: likely[at])
    assert lines[int(best)].text == "Baker"
    assert likely[best] > SURELY
    assert (features[best]["names_gone"], features[best]["names_new"]) == (1.0, 1.0)


def test_a_section_about_the_employer_begins_no_posting() -> None:
    text = f"Veterinary Nurse\n{NURSE}\n\nAbout Larkhill Partners\nLarkhill Partners owns vets in nine counties. Larkhill Partners is led by Ada Moss."
    lines = lines_of(text)
    assert not [at for at in features_of(lines, is_title) if lines[int(at)].text.startswith("About")]
    check_one_job(text)


def test_a_title_that_no_word_list_has_is_known_by_who_seeks_it() -> None:
    assert title_on("Silverbeck Dairy is hiring a Cheese Maker", is_title).text == "Cheese Maker"
    assert title_on("Silverbeck Dairy is hiring a team that cares", is_title).text == ""


def test_what_may_be_several_jobs_is_said_in_the_question() -> None:
    text = "Nurse\nTollgate Surgery\nLinz\n\nYou assist at surgery, take samples and speak with owners. A diploma is required.\n\nNurse, nights\nSilverbeck Clinic\nWels\n\nYou work on a ward of twenty beds between eight and six. You give medicine and write reports."
    assert looks_like(text).startswith("This looks like a list of jobs (Nurse")
    assert looks_like(
        "You cook. " + "Apply with a CV. We offer benefits, full-time. Requirements: duties.", titled=False
    ).startswith("If this is not one job's posting")


def test_the_fit_learns_the_beginnings_of_pasted_postings_and_none_of_one(tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    both = (("Veterinary Nurse", "Tollgate Surgery", NURSE), ("Baker", "Silverbeck Mill", BAKER))
    written = (f"=== paste | {title} | {owner}\n{title}\n{text}\n" for title, owner, text in both * 8)
    file.write_text("".join(written), "utf-8")
    names: list[str] = []
    learnt = list(choices(str(file), names, random.Random(3)))
    several = [one for one in learnt if one.wanted == "several"]
    assert set(weights()) >= set(names)
    assert len(several) > 1
    assert all(one.right for one in several)
    assert not any(one.right for one in learnt if one.wanted == "one")
    assert all(weights()[name] >= least for name, least in AT_LEAST.items())


YARD = "Harrow Steel builds ships on the Humber. Our yard has made ferries and tugs since 1921, and half of those who work here learnt their trade with us. We are looking for people who like salt and wind."
PLATES = "You join plates in our yard and check what others joined. You bring two years at a yard and a certificate. Apply with your CV before Friday. You report to the foreman and work four days a week, ten hours each."


@pytest.mark.parametrize(
    "text",
    [
        (
            f"Welder\nHarrow Steel\nLeeds, UK\n\n{PLATES}\n\n| Kind | Words |\n| --- | --- |\n| Trade | Plates, seams, gas |\n| Automation | Welding Robots, AI Agents, sensors |\n"
            "| Ways | Four days a week, ten hours each, a share of what the yard earns and a bonus for every ferry that leaves on time |"
        ),
        f"Welder\nHarrow Steel\nLeeds, UK\n\n{YARD}\n\nType: Full-time / Internship\n\n{PLATES}",
        (
            f"{YARD}\nWe are looking for a Welder that also has experience with tugs.\n\nResponsibilities:\n\n"
            f"Collaborate with engineers, foremen, and designers on the plates of a ferry\nUnderstand what the sea does to them\n{PLATES}"
        ),
    ],
    ids=["cells", "label", "duty"],
)
def test_a_cell_a_label_and_a_duty_begin_no_further_posting(text: str) -> None:
    check_one_job(text)


def test_the_first_title_of_a_text_begins_no_further_posting() -> None:
    lines = lines_of(
        f"About the yard\n{YARD}\nWe offer a pension.\nWe have a canteen.\n\nWelder\n\n{PLATES}\n\nLine Cook\n\n{PLATES}"
    )
    assert [lines[int(at)].text for at in features_of(lines, is_title)] == ["Line Cook"]


def test_a_banner_for_cookies_is_no_job() -> None:
    assert is_title("Consent Manager")
    assert not is_title("Cookie Consent Manager")
