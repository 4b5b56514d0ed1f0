"""write_section with a model's usual faults: what it invents, what it says to who asked, and marks that no reader wants reach no guide."""

from __future__ import annotations

import pytest

from functions.interview_prep.stage_messages import Item, Section, SectionName
from functions.interview_prep.written.plain_sentences import in_one_language, plain
from tests.unit.functions.interview_prep.guide.test_sections import written

TRUE = Item(title="Silence", text="The recruiter went quiet for two weeks.", label="watch out", sources=("R2",))
STAYS = Item(title="What would you ask of a queue?", text="Name what it promises when a node dies.", label="Technical screen")


async def shown(section: SectionName, *items: Item, intro: str = "") -> Section:
    stays = TRUE if section == "company" else STAYS
    found: Section = await written(section, *items, stays, intro=intro)
    return found


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("signal", "Fernhill was founded in 2011 and has 4,200 employees."),
        ("signal", "Fernhill runs Snowflake on Kubernetes."),
        ("signal", "Fernhill is known for its relentless pace and high turnover."),
        ("signal", "They ship every Friday and skip code review."),
        ("watch out", "Recruiters here often go quiet after the final round."),
        ("pay", "$145,000 to $170,000 base at this level."),
        ("ask", "Ask the manager."),
    ],
)
async def test_what_nobody_says_of_the_employer_is_left_out(label: str, text: str) -> None:
    title = "How did the 2019 layoffs at Fernhill change the team?" if label == "ask" else "Fernhill"
    section = await shown("company", Item(title=title, text=text, label=label))
    assert [item.title for item in section.items] == ["Silence"]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("signal", "The posting says: “on-call one week in six”."),
        ("signal", "They build and operate the telemetry pipeline."),
        ("pay", "Ask for the range in the first call, before you name your own."),
        ("ask", "Ask the manager. A good answer names one case."),
    ],
)
async def test_what_the_posting_says_and_advice_stay(label: str, text: str) -> None:
    section = await shown("company", Item(title="What is hardest about the on-call week?", text=text, label=label))
    assert text in [item.text for item in section.items]


@pytest.mark.parametrize(
    "text",
    ["You have 90 minutes on HackerRank for three problems.", "The panel votes on the same day and everybody has to agree."],
)
async def test_a_round_that_nobody_reports_and_nobody_announces_tells_nothing(text: str) -> None:
    section = await shown("process", Item(title="Online assessment", text=text, points=("Do two tests against the clock.",)))
    assert section.items[0].title == "Online assessment"
    assert not section.items[0].text
    assert section.items[0].points == ("Do two tests against the clock.",)


@pytest.mark.parametrize(("sources", "kept"), [((), False), (("R1",), False), (("R1", "R2"), True)])
async def test_only_reports_that_are_named_are_counted(sources: tuple[str, ...], kept: bool) -> None:
    why = "Asked in 2 reports, 2024 to 2026."
    text = "An hour of SQL in a shared editor."
    section = await shown("process", Item(title="Coding", text=text, why=why, sources=sources))
    assert [bool(item.why) for item in section.items if item.title == "Coding"] == [kept]


async def test_a_question_with_figures_of_the_employers_that_nobody_gave_is_left_out() -> None:
    titles = (
        "How would you scale the 2 billion events a day of Fernhill on Flink?",
        "How would you scale telemetry at Fernhill?",
    )
    section = await shown("questions", *(Item(title=title, text="Name the partitions.") for title in titles))
    assert [item.title for item in section.items] == [titles[1], STAYS.title]


async def test_a_question_is_asked_once() -> None:
    section = await shown("questions", STAYS.model_copy(update={"title": "What do you ask of a queue?"}))
    assert len(section.items) == 1


async def test_an_introduction_brings_in_no_figure_of_its_own() -> None:
    intro = "Expect four weeks in all. Fernhill hires 12 percent of all candidates. Reports agree on SQL."
    assert (await shown("company", intro=intro)).intro == "Expect four weeks in all. Reports agree on SQL."


async def test_an_item_in_another_language_is_left_out() -> None:
    text = "Erkläre, wie du die Daten prüfst und was du mit den Fehlern machst, die dabei auftreten, und nenne ein Beispiel für die Folgen."
    section = await shown("questions", Item(title="What is a partition key?", text=text))
    assert [item.title for item in section.items] == [STAYS.title]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("**Kafka** offsets: `commit` after the write.", "Kafka offsets: commit after the write."),
        ("## Offsets\nCommit them.", "Offsets Commit them."),
        ("- Commit them\n- Reply", "Commit them Reply"),
        ("Commit them (R1, R2) and reply [C1].", "Commit them and reply."),
        ("🚀 Commit them ✅", "Commit them"),
        (r"Commit \u2014 then reply\n", "Commit \u2014 then reply"),
        ("I'm sorry, but I can't help with that request.", ""),
        ("I cannot provide specific information about this process. Commit them.", "Commit them."),
        ("Sure, here is the section.", ""),
        ("Based on the provided data, nothing is known.", ""),
        ("Es tut mir leid, aber ich kann dabei nicht helfen.", ""),
        ("Why do you want to work at [Company Name]?", ""),
        ("N/A", ""),
        # and what only looks like it
        ("Compute the median from the given data.", "Compute the median from the given data."),
        ("What does *args do, and what __init__?", "What does *args do, and what __init__?"),
        ("a[i] and C# and f(x)", "a[i] and C# and f(x)"),
        ("I can't say no: how do you deal with that?", "I can't say no: how do you deal with that?"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("Tell them you are sorry, and what you changed.", "Tell them you are sorry, and what you changed."),
        ("Rate it (R2 = 0.9).", "Rate it (R2 = 0.9)."),
    ],
)
def test_a_text_becomes_plain_sentences_to_the_reader(said: str, expected: str) -> None:
    assert " ".join(plain(said).split()) == expected


ENGLISH = "Say what you would check first and why, and name the person that you would call if the readings are wrong."
GERMAN = "Sagen Sie, was Sie zuerst prüfen und warum, und nennen Sie die Person, die Sie anrufen, wenn die Werte nicht stimmen."


@pytest.mark.parametrize(
    ("language", "texts", "kept"),
    [
        ("en", (ENGLISH, GERMAN), (ENGLISH,)),
        ("de", (GERMAN, GERMAN, ENGLISH), (GERMAN, GERMAN)),
        ("he", (ENGLISH, ENGLISH, "Name one."), (ENGLISH, ENGLISH, "Name one.")),  # a model that cannot write it
        ("en", ("A degree from a school, or a college, or a course that a school gives; a plus.",) * 2, None),
    ],
)
def test_a_stray_language_goes(language: str, texts: tuple[str, ...], kept: tuple[str, ...] | None) -> None:
    items = in_one_language([Item(text=text) for text in texts], language)
    assert tuple(item.text for item in items) == (texts if kept is None else kept)
