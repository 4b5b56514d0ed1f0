"""What is not worth a line: reasons that fit any job, sentences told twice, pay without a figure, warnings of nobody's behaviour."""

from __future__ import annotations

import pytest

from functions.interview_prep.figures.process_outcomes import paid_part
from functions.interview_prep.guide.difficulty_label import as_graded
from functions.interview_prep.guide.generic_lines import is_what_its_label_says, without_counts, without_generic_reason
from functions.interview_prep.guide.repeated_lines import without_repeated_lines
from functions.interview_prep.guide.source_numbers import numbered_in_order
from functions.interview_prep.guide.untrusted_text import cap_length, in_one_notation
from functions.interview_prep.process_figure_messages import Figure, ProcessFigures, RoundFigures, StatedStep
from functions.interview_prep.stage_messages import Insights, Item, Outline, Question, Section, Source

KNOWN = (
    "Ward clerk at Oakfield. You keep the admissions ledger and answer the night telephone.\n"
    "R1: They asked how I would calm a waiting room. The admissions ledger came up twice."
)


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ("It decides whether you fit the team and the level.", False),
        ("It shows how good your knowledge is under time.", False),
        ("They want to see your motivation.", False),
        ("The admissions ledger is the first duty.", True),
        ("Asked in 3 reports, 2024 to 2026.", True),
        ("The posting: “answer the night telephone”.", True),
        ("It is how they find out who can calm people.", True),
    ],
)
def test_a_reason_has_to_name_something_of_the_item_the_reports_or_the_posting(why: str, kept: bool) -> None:
    item = Item(title="How would you calm a waiting room?", text="Say who waits.", why=why)
    assert bool(without_generic_reason(item, KNOWN).why) == kept


@pytest.mark.parametrize(
    ("label", "text", "sources", "holds"),
    [
        ("pay", "They offered 52k base.", ("R1",), True),
        ("pay", "Declined for a fully remote one.", ("R1",), False),
        ("pay", "Ask for the range in the first call.", (), True),
        ("pay", "Expect about 70 to 80.", (), False),
        ("watch out", "The recruiter went quiet for two weeks.", ("R1",), True),
        ("watch out", "Five steps, four weeks, and a person.", ("R1",), False),
        ("signal", "Five steps, four weeks, and a person.", ("R1",), True),
    ],
)
def test_pay_gives_pay_and_a_warning_tells_what_somebody_did(
    label: str, text: str, sources: tuple[str, ...], holds: bool
) -> None:
    assert is_what_its_label_says("company", Item(title="x", text=text, label=label, sources=sources), "") == holds


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("Got an offer of 81k and declined for a fully remote one.", "offer of 81k"),
        ("They pay $19.40 an hour, breaks are unpaid.", "They pay $19.40 an hour"),
        ("Staff: 190k base, bonus 15%, and the team was kind.", "190k base, bonus 15%"),
        ("I declined it for a remote one.", ""),
    ],
)
def test_of_a_sentence_on_pay_the_parts_with_a_figure_stay(text: str, paid: str) -> None:
    assert paid_part(text) == paid


def test_an_introduction_does_not_count_what_is_shown() -> None:
    assert without_counts("7 subjects, ranked by evidence. Start with SQL.") == "Start with SQL."
    assert (
        without_counts("14 reports tell of it. One story answers several questions.")
        == "14 reports tell of it. One story answers several questions."
    )


def test_a_sentence_is_told_once_in_the_whole_guide_and_evidence_as_often_as_it_is_true() -> None:
    def item(title: str) -> Item:
        return Item(
            title=title,
            text=f"Say who waits, and how long. {title} is new.",
            why="Asked in 1 report, 2026.",
            points=("Write it down at once today",),
        )

    first, second = without_repeated_lines(
        [
            Section(section="process", title="P", items=(item("A"), item("B"))),
            Section(section="plan", title="L", items=(item("C"),)),
        ]
    )
    assert [one.text for one in (*first.items, *second.items)] == [
        "Say who waits, and how long. A is new.",
        "B is new.",
        "C is new.",
    ]
    assert [one.why for one in (*first.items, *second.items)] == ["Asked in 1 report, 2026."] * 3
    assert [len(one.points) for one in (*first.items, *second.items)] == [1, 0, 0]


def test_one_story_may_answer_two_questions() -> None:
    items = tuple(Item(title=title, text="", points=("Your story: I calmed a full waiting room in May.",)) for title in "AB")
    (section,) = without_repeated_lines([Section(section="questions", title="Q", items=items)])
    assert all(item.points for item in section.items)


def test_sources_are_numbered_as_the_guide_cites_them_and_those_it_does_not_cite_are_left_out() -> None:
    outline = Outline(
        sections=(),
        sources=tuple(Source(ref=f"R{at}", title=f"T{at}", date=f"202{at}-01-01") for at in range(1, 5)),
        insights=Insights(questions=(Question(text="Why us?", sources=("R4", "R2")),)),
        figures=ProcessFigures(
            length=Figure(value="9 days", sources=("R3",)), stated=(StatedStep(kind="coding", text="x", source=""),)
        ),
        reports={f"R{at}": f"text {at}" for at in range(1, 5)},
        posts_used=4,
    )
    sections = [
        Section(section="role", title="R", items=(Item(text="a", sources=("R4",)),)),
        Section(section="process", title="P", items=(Item(text="b", sources=("R2", "R4")),)),
    ]
    shown, numbered = numbered_in_order(sections, outline)
    assert [(one.ref, one.title) for one in numbered.sources] == [("R1", "T4"), ("R2", "T3"), ("R3", "T2")]
    assert [item.sources for section in shown for item in section.items] == [("R1",), ("R3", "R1")]
    assert numbered.figures.length.sources == ("R2",)
    assert (numbered.posts_used, numbered.oldest_report, numbered.newest_report) == (3, "2022-01-01", "2024-01-01")
    assert numbered.reports == {"R1": "text 4", "R2": "text 3", "R3": "text 2"}
    assert numbered_in_order(shown, numbered) == (shown, numbered), "once numbered, nothing changes"


@pytest.mark.parametrize(("counted", "label"), [("hard 2, medium 1", "hard"), ("", "unknown")])
def test_a_rounds_difficulty_is_the_one_that_the_table_counts(counted: str, label: str) -> None:
    figures = ProcessFigures(rounds=(RoundFigures(kind="coding", difficulty=Figure(value=counted, sources=("R1",))),))
    assert as_graded("process", Item(title="Coding", text="x", label="easy"), figures).label == label
    assert as_graded("process", Item(title="System design", text="x", label="easy"), figures).label == "easy"


def test_an_item_whose_words_were_told_before_is_left_out_where_its_title_says_only_whose_they_are() -> None:
    told = Item(title="Recruiter screen", text="They went quiet for two weeks after the call.")
    again = Item(title="Reported by one candidate", text=told.text, label="watch out", sources=("R1",))
    ask = Item(title="Who answers when the line stands still?", text=told.text, label="ask")
    sections = [Section(section="process", title="P", items=(told,)), Section(section="company", title="C", items=(again, ask))]
    assert [item.title for item in without_repeated_lines(sections)[1].items] == [ask.title]


def test_a_round_of_which_nothing_new_is_left_is_not_listed() -> None:
    said = "They asked whether I can open at five and close at eleven."
    sections = [
        Section(section="role", title="R", items=(Item(title="Shifts", text=said),)),
        Section(
            section="process",
            title="P",
            items=(Item(title="Other rounds", text=said, sources=("R1",)), Item(title="Panel", text="Two people asked.")),
        ),
    ]
    assert [item.title for item in without_repeated_lines(sections)[1].items] == ["Panel"]


def test_percentages_and_amounts_are_printed_in_one_way() -> None:
    assert in_one_notation("46.7% of rows, 9 % of calls, 5\u00a0% of both") == "46.7% of rows, 9% of calls, 5% of both"
    assert in_one_notation("$ 120,000 or € 90k") == "$120,000 or €90k"
    assert in_one_notation("a % sign, 100 $ in cash") == "a % sign, 100 $ in cash"


def test_a_quotation_that_is_cut_is_closed() -> None:
    assert (
        cap_length("Announced: “a talk of an hour with the head of the ledger team”", 40)
        == "Announced: “a talk of an hour with the…”"
    )
    assert cap_length("A talk of an hour with the head of the team", 20) == "A talk of an hour…"
