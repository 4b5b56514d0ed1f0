"""Several postings or cards that only their layout tells apart are refused; one job whose text repeats itself is not."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.page.repeated_lines import cards_of_one_layout, counts_jobs, postings_of_one_layout
from functions.interview_prep.posting.page.single_posting_check import check_one_job
from shared.errors import Permanent

GLAZING = (
    "You cut the panes to size in our shop and set them on site with one colleague, from small shop fronts to whole stairwells."
)
FLOWERS = (
    "You bind what the customers order by phone, water what stands outside and keep the till until the shop closes at seven."
)
BOARD = "{owner}\n{title}\n{place}\nPosted 4 days ago · 9 applicants\nEasy Apply  Save\nAbout the job\n{text}\nAsk for Mrs Lind."


def _never(_: str) -> bool:
    return False


def _rows(text: str) -> list[str]:
    return [row for row in text.split("\n") if row]


def test_two_copies_of_a_boards_pages_are_two_jobs_whatever_they_are_called() -> None:
    one = BOARD.format(owner="Larch Windows", title="Panes and Putty", place="Derby, UK", text=GLAZING)
    other = BOARD.format(owner="Larch Windows", title="Stems and Ribbons", place="Derby, UK", text=FLOWERS)
    assert postings_of_one_layout(_rows(f"{one}\n\n{other}"), _never) == 2
    with pytest.raises(Permanent, match="it holds 2 jobs, one after the other") as refused:
        check_one_job(f"{one}\n\n{other}")
    assert refused.value.code == "posting_is_listing"
    check_one_job(f"{one}\n\n{one}")


def test_headings_that_come_again_late_in_one_text_are_one_jobs() -> None:
    criteria = "Essential\n- Two years in a shop\nDesirable\n- A forklift licence"
    skills = (
        "Essential\n- Patience with customers on the phone all day\nDesirable\n- Polish or Romanian, spoken well enough to help"
    )
    about = "\n".join(f"{GLAZING} We are number {count} in town." for count in range(9))
    assert not postings_of_one_layout(_rows(f"Shop Hand\nLarch Windows\n{about}\n{criteria}\n{skills}"), _never)


def test_a_title_among_what_is_repeated_is_one_job_said_again() -> None:
    one = f"Glazier\nRequirements\n{GLAZING}\n{GLAZING} Then you sweep."
    other = f"Glazier\nRequirements\n{FLOWERS}\n{FLOWERS} Then you lock."
    assert postings_of_one_layout(_rows(f"{one}\n{other}"), _never) == 2
    assert not postings_of_one_layout(_rows(f"{one}\n{other}"), lambda row: row == "Glazier")


@pytest.mark.parametrize(
    ("last", "count"), [("Tallenna", 4), ("", 0)], ids=["each card ends in the same button", "nothing ends the cards"]
)
def test_cards_in_a_language_without_word_lists_are_told_by_their_button(last: str, count: int) -> None:
    cards = [(f"Työ {name}", f"Yritys {name}", "Remote") for name in ("Yksi", "Kaksi", "Kolme", "Nelja")]
    rows = [row for card in cards for row in (*card, last) if row]
    assert cards_of_one_layout(rows) == count


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        ("14 вакансий в Самаре", True),
        ("🔍 2 משרות חדשות", True),
        ("3 role(s) · last hour", True),
        ("27 new jobs in Derby", True),
        ("Açık pozisyonlar", True),
        ("Locuri de muncă disponibile:", True),
        ("Offene Stellen in der Küche sind selten", False),
        ("1 job in Derby", False),
        ("3 years in similar jobs", False),
        ("Jobs at Larch Windows", False),
    ],
)
def test_a_list_counts_its_jobs_in_many_languages(row: str, *, counted: bool) -> None:
    assert bool(counts_jobs([row])) is counted


@pytest.mark.parametrize(
    "duties",
    [
        ("Develop model pipelines", "Train the model", "Automate model training", "Key partners for the shop"),
        ("As a Glazier", "Hands on experience with putty", "Support fitters", "Must be a registered Glazier"),
    ],
)
def test_duties_without_dots_are_no_list_of_jobs(duties: tuple[str, ...]) -> None:
    check_one_job("\n".join(["Glazier", "Larch Windows", "Derby, UK", *duties]))


def test_sentences_with_as_many_commas_are_no_table() -> None:
    rows = [
        "Support Shop Managers in tracking, pulling, and sorting orders.",
        "Assist Floor Managers with bills, dates, and monthly lists of all that came in.",
        "Help Area Managers in planning, buying, and storing what the shops sell.",
    ]
    check_one_job("Shop Assistant\nLarch Windows\n" + "\n".join(rows))


def test_a_word_less_in_a_title_is_the_same_job() -> None:
    check_one_job(
        f"Senior Glass Shop Manager\nLarch Windows\nDerby, UK\n\n{GLAZING}\n\nSenior Shop Manager\nDerby, UK\n{FLOWERS}\nTo apply, send your CV."
    )
