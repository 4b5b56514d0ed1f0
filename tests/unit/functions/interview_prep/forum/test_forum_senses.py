"""Posts that name an employer whose name means other things as well: which are about the employer."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.post_ranking import Subject, relevance
from functions.interview_prep.stages.pick_posts import IN_PASSING
from shared.sources.forum_types import ForumPost

POSTS = Path(__file__).parents[1] / "posting" / "posting_inputs" / "post_senses.txt"
PRECISION, RECALL = 0.9, 0.85


def test_posts_of_ambiguous_names_are_picked_by_their_sense() -> None:
    found: dict[str, list[tuple[bool, ForumPost]]] = defaultdict(list)
    for at, row in enumerate(POSTS.read_text("utf-8").splitlines()):
        company, about, title, body = row.split("|")
        found[company].append((about == "1", ForumPost(id=str(at), title=title, body=body, comment_count=4)))
    right = 0
    false: list[tuple[str, str]] = []
    missed: list[tuple[str, str]] = []
    for company, rows in found.items():
        subject = Subject.of(company, "Software Engineer").judged_by(post for _, post in rows)
        for meant, post in rows:
            picked = (relevance(post, subject) or 0.0) >= IN_PASSING
            right += int(picked and meant)
            false += [(company, post.title)] if picked and not meant else []
            missed += [(company, post.title)] if meant and not picked else []
    assert right >= PRECISION * (right + len(false)), false
    assert right >= RECALL * (right + len(missed)), missed


def test_what_others_did_and_what_was_bought_is_no_report() -> None:
    subject = Subject.of("Larkmoor", "Data Engineer")
    passing = (
        "We met the CTO, who was formerly at Larkmoor and studied in Delft. The interview was strange from the start.",
        "I looked for openings on LinkedIn, Glassdoor, Larkmoor jobs and the pages of companies. My interviews were long.",
        "The interviewer asked why things are cheaper when bought at Larkmoor, and I had no answer ready.",
    )
    own = (
        "Interviewed at Larkmoor for the data team. Three rounds, then an offer.",
        "Rejections so far: Hollin - phone screen - failed. Larkmoor - onsite - ghosted. Two more next week.",
        "Went into the final round of Larkmoor and was rejected last week, without a word on why.",
    )
    for text in passing:
        assert (relevance(ForumPost(id="1", title="My search", body=text, comment_count=2), subject) or 0.0) < IN_PASSING, text
    for text in own:
        assert (relevance(ForumPost(id="1", title="My search", body=text, comment_count=2), subject) or 0.0) >= IN_PASSING, text


def test_a_craft_that_heads_a_post_is_its_employer_unless_the_post_says_otherwise() -> None:
    others = [
        ForumPost(
            id=str(at), title="My stack", body=f"Projects in Python, SQL, Ravendock and Node, part {at}. An interview went badly."
        )
        for at in range(6)
    ]
    subject = Subject.of("Ravendock", "Data Engineer").judged_by(others)
    headed = ForumPost(id="a", title="Ravendock system design", body="Has anybody done this interview round as a new graduate?")
    assert (relevance(headed, subject) or 0.0) >= IN_PASSING
    assert all((relevance(post, subject) or 0.0) < IN_PASSING for post in others)


def test_whoever_applied_and_was_rejected_reports_even_without_the_word_interview() -> None:
    post = ForumPost(
        id="1",
        title="Rejected in three hours",
        body="I applied to the Larkmoor graduate position and the rejection came the same day.",
    )
    assert (relevance(post, Subject.of("Larkmoor", "Data Engineer")) or 0.0) >= IN_PASSING


def test_a_company_of_one_letter_keeps_its_own_name() -> None:
    assert aliases_of("X")[0] == "X"
    post = ForumPost(id="1", title="Interview at X (Twitter)", body="A take-home, then a call with the manager.", comment_count=2)
    assert (relevance(post, Subject.of("X", "Data Engineer")) or 0.0) >= IN_PASSING


def test_a_legal_name_is_as_ambiguous_as_the_name_in_it() -> None:
    assert aliases_of("Zoom Communications, Inc.")[1] == "Zoom"
    assert aliases_of("Oracle America, Inc.")[1] == "Oracle"
    assert aliases_of("Impact Solutions") == ("Impact Solutions",)
    subject = Subject.of("Zoom Communications, Inc.", "Data Engineer")
    over = ForumPost(
        id="1", title="Zoom interview etiquette", body="My interview is on Zoom. Which background do I take?", comment_count=2
    )
    at = ForumPost(
        id="2", title="Final round at Zoom", body="I interviewed at Zoom in May. The Zoom recruiter was quick.", comment_count=2
    )
    assert (relevance(over, subject) or 0.0) < IN_PASSING <= (relevance(at, subject) or 0.0)
