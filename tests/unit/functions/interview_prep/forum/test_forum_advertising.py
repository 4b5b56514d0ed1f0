"""Advertising and hearsay among reports."""

from __future__ import annotations

import pytest

from functions.interview_prep.forum.advertising import without_advertising
from functions.interview_prep.forum.post_ranking import GOOD, Subject, is_hearsay, relevance
from functions.interview_prep.stage_messages import Post
from shared.sources.forum_types import ForumPost
from tests.support.hostile.processor_time import takes_at_most

REPORT = "Three rounds at Larkmoor: a recruiter call, coding and a panel about pumps."
PLUG = "I prepared with InterviewGenie and it gave me every single question they asked, honestly worth it."


def post(name: str, body: str, *comments: str) -> Post:
    return Post(source="reddit", id=name, title=f"Larkmoor interview {name}", body=body, comments=comments)


def test_a_plug_in_several_threads_goes_and_the_reports_stay() -> None:
    posts, dropped = without_advertising(
        [post("a", f"{REPORT}\n\n{PLUG}"), post("b", "The panel was kind.", PLUG), post("c", "It took a week.")]
    )
    assert [one.body for one in posts] == [REPORT, "The panel was kind.", "It took a week."]
    assert posts[1].comments == ()
    assert dropped == 2


@pytest.mark.parametrize(
    "plug",
    [
        "Use my code LARK20 for 20% off.",
        "I built a tool that answers for you, link in bio.",
        "DM me for the question list.",
        "Interview on Telegram only, send a deposit.",
        "No interview needed: pay the registration fee and start on Monday.",
        "Contact Mr Daniel on WhatsApp +1 555 0100 and you are in.",
        "We offer proxy interview help, our expert speaks in your ear.",
        "Selling all answers of the online test, twenty dollars.",
        "100% guaranteed selection, write to @larkmoor_jobs on Telegram.",
    ],
)
def test_what_sells_something_is_no_report(plug: str) -> None:
    (only,), dropped = without_advertising([post("a", f"{REPORT}\n\n{plug}")])
    assert (only.body, dropped) == (REPORT, 1)


def test_a_post_that_is_nothing_else_goes_and_layout_of_others_stays() -> None:
    posts, _ = without_advertising([post("a", "Sign up here for a free trial."), post("b", f"{REPORT}  \n \n\n")])
    assert [one.id for one in posts] == ["b"]
    assert posts[0].body == f"{REPORT}  \n \n\n"


@pytest.mark.parametrize(
    ("text", "hearsay"),
    [
        ("I haven't interviewed there but Larkmoor is said to ask about pumps.", True),
        ("A friend of mine interviewed at Larkmoor and got three rounds.", True),
        ("I heard that Larkmoor asks graph questions.", True),
        ("I interviewed at Larkmoor in May. I heard that others had four rounds.", False),
        ("My Larkmoor onsite had three rounds.", False),
    ],
)
def test_hearsay_says_so_itself(text: str, hearsay: bool) -> None:
    assert is_hearsay(text) is hearsay


def test_hearsay_is_no_good_report() -> None:
    body = "I haven't interviewed there but I heard that the Larkmoor interview process has five rounds, coding, system design and a panel."
    value = relevance(ForumPost(id="a", title="Larkmoor interview process", body=body), Subject.of("Larkmoor", "Engineer"))
    assert value is not None
    assert value < GOOD


@pytest.mark.parametrize("text", ["i " * 20_000, "i made a " * 5_000, "\n\n" * 20_000, "my friend " * 4_000])
def test_hostile_texts_cost_little(text: str) -> None:
    assert takes_at_most(15, lambda: (is_hearsay(text), without_advertising([post("a", text), post("b", text)])))


@pytest.mark.parametrize(
    "warning",
    [
        "Somebody wrote to me on WhatsApp +1 555 0100 in Larkmoor's name: a scam.",
        "The recruiter asked me for a registration fee, so I left.",
        "My recruiter at Larkmoor answered on WhatsApp within an hour.",
    ],
)
def test_a_warning_of_swindlers_and_a_usual_channel_are_reports(warning: str) -> None:
    (only,), dropped = without_advertising([post("a", warning)])
    assert (only.body, dropped) == (warning, 0)


def test_who_says_that_they_were_not_there_is_no_first_hand_witness() -> None:
    assert is_hearsay("I have not interviewed at Larkmoor but my cousin says that they ask about pumps.")
    assert not is_hearsay("I interviewed at Larkmoor; my cousin says that she was asked the same.")
