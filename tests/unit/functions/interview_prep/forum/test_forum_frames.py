"""What a mention means: the employer, a channel, a product, a word; and the names a company goes by."""

from __future__ import annotations

import json

import pytest

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.company_names import framed_mentions
from functions.interview_prep.forum.exports.read_exports import read_export, saved_posts
from functions.interview_prep.forum.post_ranking import GOOD, IN_PASSING, Subject, relevance
from shared.sources.forum_types import ForumPost
from tests.support.hostile.processor_time import takes_at_most
from tests.support.real_data import REAL_DATA

DATA = REAL_DATA / "reddit" / "interviews"


@pytest.mark.parametrize(
    ("company", "text", "frame"),
    [
        ("Zoom", "I interviewed at Zoom last week", "employer"),
        ("Zoom", "My interview with Zoom went well", "employer"),
        ("Zoom", "the Zoom recruiter was kind", "employer"),
        ("Zoom", "an offer from Zoom", "employer"),
        ("Zoom", "we met over Zoom", "channel"),
        ("Zoom", "they sent me a Zoom link", "channel"),
        ("Zoom", "I have a Zoom interview tomorrow", "channel"),
        ("Zoom", "the interview was on Zoom", "channel"),
        ("Slack", "he answered via Slack", "channel"),
        ("DocuSign", "I signed the offer through DocuSign", "channel"),
        ("DocuSign", "worked at DocuSign for two years", "employer"),
        ("HackerRank", "a HackerRank test came first", "channel"),
        ("CodeSignal", "the CodeSignal assessment for Fernhill took an hour", "channel"),
        ("Karat", "Karat interview with Oakham, any tips", "channel"),
        ("Foundations", "I read Foundations of Statistical Learning twice", "name"),
        ("Block", "allocate a memory block of 4 kB", "word"),
        ("Block", "my onsite at Block was long", "employer"),
        ("Permit", "I still need a work permit", "word"),
        ("X", "they ask for X years of experience", "word"),
        ("X", "I was hired at X (formerly Twitter)", "employer"),
        ("Microsoft", "join the Microsoft Teams call", "product"),
        ("Google", "I wrote it in a Google Doc", "product"),
        ("Larkmoor", "the Larkmoor panel asked me to design a pump", "employer"),
        ("Visa", "Visa Inc. first round on Monday", "employer"),
        ("Visa", "do you need a visa to interview abroad", "word"),
        ("Visa", "ten tips for your student visa interview", "word"),
        ("Block", "a mental block in interviews", "word"),
        ("Block", "H&R Block interview next week", "word"),
        ("Block", "Block (formerly Square) data analyst interview", "employer"),
        ("Snap", "seven snap judgments that managers make in interviews", "word"),
        ("Epic", "my epic interview fail", "word"),
        ("Epic", "entry-level Epic analyst role at our hospital", "product"),
        ("Epic", "I have a phone interview with Epic in May", "employer"),
        ("Oracle", "has anybody tuned Oracle databases before", "product"),
        ("Workday", "my Workday application status says interview", "channel"),
        ("Workday", "the posting disappeared from Workday after my panel", "channel"),
        ("Workday", "I had a final interview at Workday for a data role", "employer"),
        ("Zoom", "can they delete my recorded Zoom job interview", "channel"),
        ("Target", "an e-mail from Target for an interview on Friday", "employer"),
        ("Larkmoor", "they build with Larkmoor", "name"),
        ("Meta", "on-site interviews with Amazon, Google, Meta and others", "employer"),
        ("Tesla", "Tesla phone interview on Monday", "employer"),
        ("Adobe", "Adobe video interview, what to expect", "employer"),
        ("DoorDash", "DoorDash analytics engineer interview", "employer"),
        ("Google", "fill in the Google Forms interview sheet", "product"),
        ("Microsoft", "a Microsoft Teams interview with a bank", "product"),
        ("PayPal", "PayPal second round interview next week", "employer"),
        ("PayPal", "they pay me through PayPal", "channel"),
        ("Uber", "how long is Uber's interview", "employer"),
        ("Apple", "my first shift as a specialist at the Apple Store", "employer"),
        ("Apple", "an apple specialist employee rang me", "employer"),
        ("LinkedIn", "five LinkedIn job search tips", "channel"),
        ("LinkedIn", "a LinkedIn rejection arrived during my interview", "channel"),
        ("LinkedIn", "final interview at LinkedIn for the data team", "employer"),
        ("Notion", "I keep my interview notes in Notion", "channel"),
        ("EA", "Ghosted after an EA interview at a law firm", "word"),
        ("EA", "an opening for EA to the president", "word"),
        ("EA", "I interviewed at EA for a level designer position", "employer"),
        ("Salesforce", "senior Salesforce dev interview at a consultancy", "product"),
        ("Salesforce", "my experience in HTML, SQL, Salesforce and more", "product"),
        ("Salesforce", "an onsite interview at Salesforce", "employer"),
        ("Oracle", "rejected after the fourth interview with Oracle consulting", "employer"),
        ("Salesforce", "a Salesforce consulting company wants a graduate", "product"),
        ("Workday", "Workday data scientist interview", "employer"),
        ("Dropbox", "Dropbox interview with A lot of concurrency", "employer"),
        ("Square", "after the rejection I am back at square one", "word"),
        ("Gap", "a gap year internship", "word"),
        ("Fidelity", "I draw high fidelity mockups", "word"),
        ("Spotify", "the new Spotify feature copies my project", "product"),
        ("MongoDB", "projects in React, Node, MongoDB and more", "product"),
        ("Snowflake", "a lot of work with Python, SQL, and Snowflake", "product"),
        ("MongoDB", "phone interview with MongoDB in May", "employer"),
        ("VMware", "five years as a VMware engineer", "product"),
        ("DoorDash", "to pay the bills I have been doing DoorDash since May", "product"),
        ("Lyft", "four years as a Lyft driver", "product"),
        ("DoorDash", "I have an interview with DoorDash on Monday", "employer"),
        ("Shopify", "Shopify interview for Senior Financial Analyst", "employer"),
        ("ServiceNow", "ServiceNow interview with Fernhill", "channel"),
    ],
)
def test_the_words_around_tell_what_a_name_means(company: str, text: str, frame: str) -> None:
    assert [mention.frame for mention in framed_mentions(company, text)][:1] == [frame]


TALKED_OVER = (
    "Interview over Zoom tomorrow, what to wear?",
    "My interview is on Zoom. They sent a Zoom link and the Zoom call is 45 minutes. Which questions will they ask?",
)
ABOUT = (
    "Zoom onsite experience, senior engineer",
    "I interviewed at Zoom in May. Three rounds: a recruiter call, coding, system design. The Zoom recruiter was quick and the offer from Zoom came in a week.",
)


def test_a_video_call_makers_posts_are_those_about_the_employer() -> None:
    posts = [ForumPost(id=str(at), title=title, body=body) for at, (title, body) in enumerate([TALKED_OVER, ABOUT])]
    subject = Subject.of("Zoom", "Software Engineer").judged_by(posts)
    assert subject.ambiguous
    over, about = (relevance(post, subject) for post in posts)
    assert over is None or over <= IN_PASSING
    assert about is not None
    assert about >= GOOD


def test_a_name_that_turns_out_to_be_a_word_is_ambiguous_by_what_was_found() -> None:
    permits = [
        ForumPost(id=str(at), title="Visa help", body="I need a work permit, and the permit takes a year. Interview soon.")
        for at in range(5)
    ]
    about = ForumPost(
        id="9", title="Interview at Permit", body="I interviewed at Permit for a designer role. The offer from Permit was fair."
    )
    subject = Subject.of("Permit", "Designer").judged_by([*permits, about])
    assert subject.ambiguous
    assert all(relevance(post, subject) is None for post in permits)
    assert (relevance(about, subject) or 0) >= GOOD


@pytest.mark.skipif(not DATA.is_dir(), reason="real exports are not beside the project")
@pytest.mark.parametrize("tool", ["Zoom", "Indeed", "HackerRank", "GitHub", "Slack", "Skype", "X", "Block"])
def test_among_real_posts_none_is_about_a_tools_maker(tool: str) -> None:
    posts = [
        post
        for file in sorted(DATA.glob("*.json"))
        for post, _ in saved_posts(read_export(json.loads(file.read_text("utf-8"))).posts)
    ]
    subject = Subject.of(tool, "Software Engineer").judged_by(posts)
    assert [post.title for post in posts if (relevance(post, subject) or 0) > IN_PASSING] == []


@pytest.mark.parametrize(
    ("raw", "domain", "names"),
    [
        ("Quillbrook Analytics GmbH", "", {"Quillbrook Analytics", "Quillbrook"}),
        ("Tidewrack Services LLC", "", {"Tidewrack Services", "Tidewrack"}),
        ("Orla Byrne LLP", "", {"Orla Byrne", "Orla"}),
        ("Skrivan Auto a.s.", "", {"Skrivan Auto", "Skrivan"}),
        ("Grab Holdings Pte. Ltd.", "", {"Grab"}),
        ("Lipova s.r.o.", "", {"Lipova"}),
        ("Amazon Web Services (AWS)", "amazon.com", {"Amazon Web Services", "AWS", "Amazon"}),
        ("PalmerWright", "", {"PalmerWright", "Palmer Wright"}),
        ("Northern Consulting Group", "", {"NCG"}),
        ("Walt D.", "disney.com", {"Walt D", "Disney"}),
    ],
)
def test_a_companys_names_by_rule(raw: str, domain: str, names: set[str]) -> None:
    assert names <= set(aliases_of(raw, domain))


@pytest.mark.parametrize(
    "raw", ["American Express", "General Motors", "First National Bank", "Boston Scientific", "Baker Hughes"]
)
def test_a_common_first_word_stands_for_nobody(raw: str) -> None:
    assert raw.split(maxsplit=1)[0] not in aliases_of(raw)


@pytest.mark.parametrize(
    "text",
    ["Zoom " * 8_000, "interview " * 4_000 + "at Zoom", "a, " * 13_000 + "Zoom", "at " + "A, " * 13_000, "Zoom's " * 5_000],
)
def test_hostile_posts_cost_little(text: str) -> None:
    assert takes_at_most(15, lambda: list(framed_mentions("Zoom", text)))
