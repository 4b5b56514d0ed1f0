"""outline_guide: near-duplicates merged, best supported first, refs in order of use."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from functions.interview_prep.guide.merge_statements import alike, merge_rounds
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Batch, Claim, Insights, Outline, Post, Posting, Question, Round
from functions.interview_prep.stages.outline_guide import outline_guide
from tests.support.fakes import fake_ports
from tests.support.hostile.processor_time import takes_at_most

POSTING = Posting(title="Data Engineer", company="Fernhill", description="SQL.")
DAY = 86_400.0
NOW = 1_790_000_000.0


def batch(*posts: Post) -> Batch:
    return Batch(company="Fernhill", role="Data Engineer", posts=posts)


def post(name: str, *, score: int = 1, created: float = NOW, **changes: Any) -> Post:
    return Post(
        **{"source": "reddit", "id": name, "title": f"Post {name}", "url": f"https://forum.test/{name}", "place": "r/interviews"}
        | changes,
        score=score,
        created=created,
    )


def question(text: str, *sources: str, **changes: Any) -> Question:
    return Question(text=text, sources=tuple(f"reddit:{name}" for name in sources), **changes)


async def outline(insights: list[Insights], *posts: Post) -> Outline:
    return await outline_guide(insights, POSTING, [batch(*posts)], PrepRequest(posting_text="x"), None, fake_ports())


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Implement a rate limiter.", "implement a Rate-Limiter", True),
    ("They asked me to implement a rate limiter", "Implement rate limiters", True),
    ("Tell me about a conflict in your team.", "Tell me about a conflict with your manager and how you solved it in the end.", False),
    ("Design a URL shortener", "Design a chat service", False),
    ("Why do you want to work here?", "Why do you want to leave?", False),
    ("如何设计缓存", "如何设计缓存", True),
    ("?", "!", False),
])  # fmt: skip
def test_near_duplicates_are_told_from_different_things(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


async def test_duplicates_of_several_batches_become_one_with_all_sources() -> None:
    found = await outline(
        [
            Insights(questions=(question("Implement a rate limiter.", "a"),)),
            Insights(questions=(question("Implement a rate limiter", "b", kind="coding", round="coding", difficulty="hard"), question("Why us?", "b"))),
        ],
        post("a", score=50), post("b"),
    )  # fmt: skip
    assert [(q.text, q.kind, q.round, q.difficulty, len(q.sources)) for q in found.insights.questions] == [
        ("Implement a rate limiter.", "coding", "coding", "hard", 2),
        ("Why us?", "other", "other", "unknown", 1),
    ]


async def test_more_newer_and_better_rated_reports_come_first() -> None:
    found = await outline(
        [Insights(questions=(question("old one", "old"), question("new one", "new"), question("liked thing", "liked"), question("told twice", "new", "old")))],
        post("old", created=NOW - 1500 * DAY), post("new"), post("liked", score=900),
    )  # fmt: skip
    assert [q.text for q in found.insights.questions] == ["liked thing", "told twice", "new one", "old one"]


async def test_sources_are_named_in_order_of_use_and_unused_posts_are_left_out() -> None:
    found = await outline(
        [Insights(tips=(Claim(text="Sleep well.", sources=("reddit:c",)),), rounds=(Round(kind="coding", detail="One hour.", sources=("reddit:b",)),))],
        post("a"), post("b", score=7, created=NOW - DAY), post("c", created=0.0),
    )  # fmt: skip
    assert [(s.ref, s.title, s.url, s.score, s.date) for s in found.sources] == [
        ("R1", "Post b", "https://forum.test/b", 7, "2026-09-20"),
        ("R2", "Post c", "https://forum.test/c", 1, ""),
    ]
    assert (found.insights.rounds[0].sources, found.insights.tips[0].sources) == (("R1",), ("R2",))
    assert (found.posts_used, found.oldest_report, found.newest_report) == (2, "2026-09-20", "2026-09-20")


SUBJECTS = ("queues locks retries", "graphs trees tries", "caches shards feeds", "parsers lexers grammars", "tides boats maps")


async def test_rounds_of_one_kind_become_one_of_at_most_600_characters() -> None:
    told = [Round(kind="coding", detail=f"{word} hour at a whiteboard with {number} engineers about {SUBJECTS[number]} {'x' * 60}", difficulty="hard" if number == 3 else "unknown", sources=(f"reddit:{number}",))
            for number, word in enumerate(("One", "Two", "Three", "Four", "Five"))]  # fmt: skip
    found = await outline([Insights(rounds=tuple(told))], *(post(str(number)) for number in range(5)))
    (only,) = found.insights.rounds
    assert len(only.detail) <= 600
    assert (only.difficulty, len(only.sources)) == ("hard", 4), "the four details that fit, and who says them"


async def test_a_detail_that_only_says_the_round_again_is_left_out() -> None:
    told = (
        Round(kind="recruiter_screen", detail="Recruiter call of 25 minutes about notice period and what I want next.", sources=("reddit:0",)),
        Round(kind="recruiter_screen", detail="Recruiter call (30 min).", sources=("reddit:1",)),
        Round(kind="recruiter_screen", detail="The recruiter asked about travel, languages and weekend cover.", sources=("reddit:2",)),
    )  # fmt: skip
    found = await outline([Insights(rounds=told)], *(post(str(number)) for number in range(3)))
    (only,) = found.insights.rounds
    assert "notice period" in only.detail
    assert "weekend cover" in only.detail
    assert "30 min" not in only.detail


def test_what_a_round_tells_is_not_told_again_of_no_round() -> None:
    known = Round(
        kind="technical_screen", detail="Screen was one problem in four steps, all about a ledger.", sources=("reddit:1",)
    )
    again = Round(kind="other", detail="Screen was one problem in four steps, all abt a ledger.", sources=("reddit:2",))
    more = Round(
        kind="other", detail="Somebody from banking operations showed me their queue of stuck payments.", sources=("reddit:3",)
    )
    weights = {"reddit:1": 1.0, "reddit:2": 1.0, "reddit:3": 1.0}
    assert merge_rounds([again, known], weights, 9) == (known,)
    assert merge_rounds([again, more, known], weights, 9) == (known, more)


async def test_everything_is_capped() -> None:
    words = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrs"]
    many = Insights(
        questions=tuple(question(f"{word} {word[::-1]}", "a") for word in words),
        tips=tuple(Claim(text=f"{word} {word[::-1]}", sources=("reddit:a",)) for word in words),
    )
    found = await outline([many], post("a"))
    assert (len(found.insights.questions), len(found.insights.tips)) == (40, 12)


async def test_statements_about_posts_that_are_not_there_are_left_out() -> None:
    found = await outline([Insights(questions=(question("Why?", "gone"),))], post("a"))
    assert (found.insights, found.sources, found.posts_used) == (Insights(), (), 0)


async def test_all_seven_sections_always() -> None:
    found = await outline([])
    assert [request.section for request in found.sections] == [
        "role",
        "process",
        "questions",
        "stories",
        "checklist",
        "company",
        "plan",
    ]
    assert (found.oldest_report, found.newest_report) == ("", "")


def test_the_same_input_gives_the_same_outline_in_good_time() -> None:
    posts = [post(str(number), score=number) for number in range(60)]
    insights = [
        Insights(questions=tuple(question(f"question about subject {n % 97} and {n % 13}", str(n % 60)) for n in range(600)))
    ]
    made: list[Outline] = []
    assert takes_at_most(20, lambda: made.append(asyncio.run(outline(insights, *posts))))
    assert made[0] == asyncio.run(outline(insights, *posts))
