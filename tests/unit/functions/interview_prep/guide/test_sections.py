"""write_section: what each section is asked with, what is taken out of the answer, and what the offline model makes of it."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest

from functions.interview_prep.posting.values.posting_language import is_rather_in
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import (
    Batch,
    Claim,
    Insights,
    Item,
    Outline,
    Post,
    Posting,
    Question,
    Round,
    SectionName,
    SectionRequest,
    Source,
)
from functions.interview_prep.stages.extract_insights import extract_insights
from functions.interview_prep.stages.outline_guide import outline_guide
from functions.interview_prep.stages.write_section import NEEDS, NO_REPORTS, SectionDraft, write_section
from shared.errors import Transient
from tests.support.fakes import FakeModels, fake_ports
from tests.support.real_data import REAL_DATA
from tests.unit.infra.offline_model.offline_models import offline_models

POSTING = Posting(
    title="Senior Data Engineer", company="Fernhill", location="Leeds", level="senior", url="https://fernhill.test/jobs/1",
    description="""Fernhill measures heat pumps. See https://fernhill.test/about for more.

What you will do
- Build and operate the telemetry pipeline, with on-call one week in six.
- Work with product managers and other teams on what to measure.

What you bring
- 5+ years of experience with Python and SQL.
- Experience with Kafka or another message queue.
- Ability to mentor junior colleagues.

Nice to have
- Airflow.""",
)  # fmt: skip
OUTLINE = Outline(
    sections=tuple(SectionRequest(section=name) for name in get_args(SectionName)),
    insights=Insights(
        rounds=(Round(kind="coding", detail="An hour of SQL in a shared editor.", difficulty="medium", sources=("R1", "R2")),
                Round(kind="recruiter_screen", detail="Half an hour, friendly.", sources=("R1",))),
        questions=(Question(text="Write a query that finds gaps in readings.", kind="coding", round="coding", sources=("R1",)),
                   Question(text="Tell me about a time your numbers were wrong.", kind="behavioural", sources=("R2",))),
        topics=(Claim(text="SQL", sources=("R1", "R2")), Claim(text="Idempotency", sources=("R2",))),
        tips=(Claim(text="Practise window functions.", sources=("R2",)),),
        culture=(Claim(text="The team is friendly.", sources=("R1",)),),
        red_flags=(Claim(text="The recruiter went quiet for two weeks.", sources=("R2",)),),
        compensation=(Claim(text="They offered 95k base.", sources=("R1",)),),
        timeline=(Claim(text="Four weeks in all.", sources=("R1",)),),
    ),
    sources=(Source(ref="R1", title="My loop", date="2026-05-01", url="https://forum.test/1"), Source(ref="R2", title="Rejected", date="2024-02-01")),
    posts_used=2,
    reports={
        "R1": "My loop at Fernhill\nHalf an hour with the recruiter, friendly. Then an hour of SQL in a shared editor: write a query that finds gaps in readings. "
        "The team is friendly, so they say, and kind. They offered 95k base, four weeks in all.",
        "R2": "Rejected by Fernhill\nAn hour of SQL in a shared editor and idempotency. Tell me about a time your numbers were wrong. So they say they are kind. "
        "The recruiter went quiet for two weeks. Practise window functions.",
    },
)  # fmt: skip
EMPTY = Outline(sections=OUTLINE.sections)
NAMES = get_args(SectionName)


async def written(section: SectionName, *items: Item, intro: str = "Read on.", outline: Outline = OUTLINE) -> Any:
    models = FakeModels(lambda **_: SectionDraft(intro=intro, items=items), label="gpt-test")
    return await write_section(SectionRequest(section=section), POSTING, outline, fake_ports(models=models))


async def test_sources_that_the_outline_does_not_have_are_dropped() -> None:
    section = await written(
        "company", Item(title="Kind", text="So they say.", label="signal", sources=("R1", "R9", "[r2]", "R1"))
    )
    assert section.items[0].sources == ("R1", "R2")
    assert (section.title, section.written_by) == (TITLES["company"], "gpt-test")


async def test_links_that_were_not_given_are_removed() -> None:
    text = "See https://fernhill.test/about and https://evil.test/about. Also [this](https://evil.test)."
    section = await written(
        "role", Item(title="T", text=text, label="theme", points=("https://evil.test",)), intro="Go to www.evil.com"
    )
    assert section.items[0].text == "See https://fernhill.test/about and. Also this."
    assert section.items[0].points == ()
    assert section.intro == "Go to"


async def test_labels_order_and_number_are_as_the_renderer_expects() -> None:
    company = await written(
        "company",
        Item(title="Pay", text="x", label="Pay"),
        Item(title="Silence", text="The recruiter went quiet for two weeks.", label="watch out", sources=("R2",)),
        Item(title="ASK", text="x", label="ASK"),
        Item(title="People", text="The team is friendly.", label="nonsense", sources=("R1",)),
    )
    assert [item.label for item in company.items] == ["signal", "watch out", "pay", "ask"]
    process = await written("process", Item(title="Coding", text="x", label="brutal"))
    assert process.items[0].label == "unknown"
    plan = await written("plan", *(Item(title=f"{day}", text="x", label="?") for day in range(9)))
    assert [item.label for item in plan.items] == [f"Day {day}" for day in range(1, 8)]
    questions = await written(
        "questions", Item(title="a", text="x"), Item(title="b", text="x", sources=("R1",)), Item(title="c", text="x")
    )
    assert [item.title for item in questions.items] == ["b", "a", "c"]


async def test_without_reports_the_section_says_so_whatever_the_model_says() -> None:
    first = await written("role", Item(title="Python", text="x", label="must-have", sources=("R1",)), outline=EMPTY)
    assert first.intro == f"{NO_REPORTS} Read on."
    later = await written("process", Item(title="Coding", text="x", sources=("R1",)), outline=EMPTY)
    assert later.intro == "Read on."
    assert first.items[0].sources == later.items[0].sources == ()


async def test_an_empty_section_is_asked_again() -> None:
    with pytest.raises(Transient) as caught:
        await written("plan", Item(title="", text=""))
    assert caught.value.code == "model_invalid_answer"


@pytest.mark.parametrize("section", NAMES)
async def test_each_section_is_asked_with_its_own_prompt_and_only_what_it_needs(section: SectionName) -> None:
    models = FakeModels(lambda **_: SectionDraft(intro="", items=(Item(title="Why this team?", text="x"),)))
    await write_section(SectionRequest(section=section), POSTING, OUTLINE, fake_ports(models=models))
    call = models.calls[0]
    assert f"Section `{section}`" in call["instructions"]
    assert call["role"] == "good"
    data = json.loads(call["data"])
    assert set(data["insights"]) == set(NEEDS[section])
    cited = {ref for statements in data["insights"].values() for statement in statements for ref in statement["sources"]}
    assert {source["ref"] for source in data["sources"]} == cited
    assert "https://forum.test/1" not in call["data"]


async def offline(section: SectionName, outline: Outline = OUTLINE, posting: Posting = POSTING) -> Any:
    ports = fake_ports(models=offline_models())
    return await write_section(SectionRequest(section=section), posting, outline, ports)


@pytest.mark.parametrize("section", NAMES)
async def test_the_offline_model_writes_each_section_with_and_without_reports(section: SectionName) -> None:
    with_reports, without = await offline(section), await offline(section, EMPTY)
    for found in (with_reports, without):
        assert found.written_by == "offline"
        assert len(found.items) >= 2
        assert all(item.title and (item.text or item.points or section in {"role", "questions"}) for item in found.items)
        assert len({(item.title, item.text) for item in found.items}) == len(found.items)
    assert without.intro.startswith(NO_REPORTS) == (section == "role")
    assert not any(item.sources for item in without.items)
    said = " ".join(f"{item.text} {item.why} {item.label}" for item in without.items)
    assert not re.search(r"\d+ reports?|[Cc]andidates? (?:say|on|report)", said)


async def test_offline_rounds_come_in_the_order_in_which_a_candidate_meets_them() -> None:
    section = await offline("process")
    assert [(item.title, item.label) for item in section.items] == [("Recruiter screen", "unknown"), ("Coding", "medium")]
    assert section.items[1].sources == ("R1", "R2")
    assert "An hour of SQL in a shared editor" in section.items[1].text


async def test_offline_questions_are_ten_at_least_and_reported_ones_come_first() -> None:
    section = await offline("questions")
    assert len(section.items) >= 10
    assert [item.title for item in section.items[:2]] == [question.text for question in OUTLINE.insights.questions]
    assert all(item.label for item in section.items)
    assert all("Fernhill" not in item.why and re.search(r"report|\u201c", item.why) for item in section.items if item.why), (
        "a reason names something"
    )
    assert not any(item.sources for item in section.items[2:])
    bare = await offline("questions", EMPTY, Posting(title="Clerk", company="Fernhill", description="Help in the office."))
    assert len(bare.items) >= 10


async def test_the_offline_checklist_is_ranked_by_evidence() -> None:
    labels = [item.label for item in (await offline("checklist")).items]
    assert labels[:2] == ["2 reports", "1 report"]
    assert set(labels[2:]) == {"posting"}


async def test_the_offline_role_and_plan_keep_their_form() -> None:
    role, plan = await offline("role"), await offline("plan")
    assert {item.label for item in role.items} == {"must-have", "nice-to-have"}  # one line alone is no theme
    assert "Airflow" in next(item.title for item in role.items if item.label == "nice-to-have")
    assert [item.label for item in plan.items] == [f"Day {day}" for day in range(1, 8)]
    assert all(2 <= len(item.points) <= 5 for item in plan.items)


async def test_offline_stories_have_star_prompts_and_the_question_that_was_asked() -> None:
    section = await offline("stories")
    yourself, *stories = section.items
    assert [point.split(":")[0] for point in yourself.points] == ["Now", "Proof", "Next"]
    assert "telemetry pipeline" in " ".join(yourself.points), "made for this posting, without a CV"
    assert all([point.split(":")[0] for point in item.points] == ["Situation", "Task", "Action", "Result"] for item in stories)
    prompts = [point for item in stories for point in item.points]
    assert len(set(prompts)) == len(prompts), "no prompt stands under two stories"
    assert stories[0].label == "Tell me about a time your numbers were wrong."


REAL = REAL_DATA / "reddit" / "interviews"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")
@pytest.mark.parametrize("company", ["google", "stripe", "walmart"])
async def test_real_posts_become_a_guide_whose_every_claim_has_a_source(company: str) -> None:
    saved = json.loads((REAL / f"{company}.json").read_text())["posts"][:40]
    posts = [
        Post(source="export", id=str(n), title=p["title"], body=p["body"][:1500], score=p["score"], created=1.7e9 + n,
             comments=tuple(c["body"][:200] for c in p["comments"][:3]))
        for n, p in enumerate(saved)
    ]  # fmt: skip
    ports = fake_ports(models=offline_models())
    batches = [Batch(company=company.title(), role="Software Engineer", posts=tuple(posts[n : n + 20])) for n in range(0, 40, 20)]
    posting = POSTING.model_copy(update={"company": company.title()})
    outline = await outline_guide(
        [await extract_insights(batch, ports) for batch in batches], posting, batches, PrepRequest(posting_text="x"), None, ports
    )
    known = {source.ref for source in outline.sources}
    checked = held = 0
    for request in outline.sections:
        section = await write_section(request, posting, outline, ports)
        checked, held = checked + section.claims_checked, held + section.claims_held
        assert all(set(item.sources) <= known for item in section.items)
        assert "http" not in section.model_dump_json().replace("https://fernhill.test/about", "")
    assert held >= 0.85 * checked, "the offline model cites what posts say"


TREES = ("apples", "pears", "plums", "cherries", "quinces", "medlars", "figs", "walnuts", "hazels", "almonds", "peaches", "apricots", "mulberries")  # fmt: skip


async def test_no_more_is_inferred_for_a_round_that_has_enough_questions() -> None:
    words = ("queues", "locks", "tests", "migrations", "backups", "limits", "retries", "caches", "shards", "ledgers")
    asked = [Item(title=f"How would you explain {word} to a newcomer?", text="", label="Hiring manager") for word in words]
    elsewhere = Item(title="How do you test a parser without a grammar?", text="", label="Coding")
    further = Item(title="Why do you want to work on compilers?", text="", label="Recruiter screen")
    section = await written("questions", *asked, elsewhere, further)
    assert [item.label for item in section.items].count("Hiring manager") == 8
    assert section.items[-2].title == elsewhere.title


async def test_a_process_of_one_round_keeps_more_questions_in_it() -> None:
    asked = [Item(title=f"How would you prune {tree} in a wet spring?", text="", label="Hiring manager") for tree in TREES]
    section = await written("questions", *asked)
    assert len(section.items) == 12


async def test_what_begins_a_line_of_a_cv_is_no_address() -> None:
    outline = OUTLINE.model_copy(update={"candidate": "Ada Fenn, gardener\nM.Sc. Botany, Fern University, 2021"})
    made = await written("role", Item(title="A degree", text="Your proof: M.Sc. Botany", label="must-have"), outline=outline)
    assert made.items[0].text == "Your proof: M.Sc. Botany"


@pytest.mark.parametrize(
    ("text", "language", "rather"),
    [
        ("Vezměte s sebou doklad nebo jeho číslo", "cs", True),
        ("Bring the paper and the date of it", "cs", False),
        ("请带上证件", "zh", True),
        ("Bring it", "zh", True),
    ],
)
def test_a_short_text_is_in_the_language_it_was_asked_in_unless_it_speaks_english(
    text: str, language: str, *, rather: bool
) -> None:
    assert is_rather_in(text, language) is rather
