"""search_forum: the first source that answers, on-topic posts only, and what happens when none does."""

import json
from typing import Any

import pytest

from functions.interview_prep.forum.exports.export_schema import Export, SavedComment, SavedPost
from functions.interview_prep.forum.post_excerpt import excerpt
from functions.interview_prep.stage_messages import Found, Post, Search
from functions.interview_prep.stages.search_forum import search_forum
from shared.errors import PutBack, Transient
from shared.ports import Ports
from shared.ports.limits import Grant
from shared.ports.web import Page
from tests.support.fakes import FakeLimits, FakeWeb, fake_ports, page
from tests.support.real_data import REAL_DATA

DATA = REAL_DATA / "reddit" / "interviews"
real = pytest.mark.skipif(not DATA.is_dir(), reason="real exports are not beside the project")

API, AUTH, RSS, HN = "https://api.test", "https://auth.test", "https://rss.test", "https://hn.test"
REPORT = "I interviewed at Acme. Three rounds: a recruiter call, coding and a system design question. They asked about graphs."


def ports(reddit: Page | Exception | None = None, rss: Page | None = None, hn: Page | None = None, **more: Any) -> Ports:
    token = page(AUTH, '{"access_token": "t", "expires_in": 3600}')
    answers: dict[str, Any] = {API: reddit, RSS: rss, HN: hn, AUTH: token}
    web = FakeWeb({url: answer for url, answer in answers.items() if answer is not None})
    urls: dict[str, Any] = {"reddit_url": API, "reddit_auth_url": AUTH, "reddit_rss_url": RSS, "hackernews_url": HN}
    return fake_ports(web=web, reddit_client_id="id", **urls, **more)


def search(*sources: str, **more: Any) -> Search:
    return Search.model_validate(
        {"sources": sources or ("reddit",), "company": "Acme", "role": "software engineer", "phrases": ("software engineer",)}
        | more
    )


def listing(*children: dict[str, Any]) -> Page:
    return page(API, json.dumps({"kind": "Listing", "data": {"children": [{"kind": "t3", "data": child} for child in children]}}))


def stories(*titles: str) -> Page:
    return page(
        HN, json.dumps({"hits": [{"objectID": str(n), "title": title, "story_text": REPORT} for n, title in enumerate(titles)]})
    )


async def test_on_topic_posts_with_their_relevance_best_first() -> None:
    found = await search_forum(
        search(),
        ports(
            listing(
                {"id": "c", "title": "Job hunt", "selftext": "Globex and Acme, Initech too. " + "x " * 300},
                {"id": "a", "title": "Acme software engineer interview", "selftext": REPORT, "score": 50, "num_comments": 3},
                {"id": "b", "title": "What to wear", "selftext": "to an interview?"},
                {"id": "d", "title": "Acme interview", "selftext": "[removed]"},
                {"id": "e", "title": "Acme interview megathread", "stickied": True},
            )
        ),
    )
    assert found.source == "reddit"
    assert [post.id for post in found.posts] == ["a", "c"]
    assert found.posts[0].relevance >= 0.8
    assert found.posts[1].relevance < 0.3
    assert (found.good_posts, found.dropped, found.warnings) == (1, 3, ())


async def test_the_same_post_counts_once() -> None:
    twice = {"title": "Acme interview", "selftext": REPORT}
    found = await search_forum(
        search(), ports(listing({"id": "a", **twice}, {"id": "a", **twice}, {"id": "b", **twice, "title": "Acme interview?"}))
    )
    assert found.good_posts == len(found.posts) == 1


@pytest.mark.fault(23)
async def test_an_empty_answer_is_an_answer() -> None:
    found = await search_forum(search("reddit", "hackernews"), ports(listing(), hn=stories("Acme interview")))
    assert found == Found(source="reddit")


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    "answer",
    [page(API, status=403), page(API, status=401), page(API, "<html>log in", content_type="text/html"), page(API, '{"a": 1}'), page(API, status=502),
     Transient("no connection", code="fetch_failed")],
)  # fmt: skip
async def test_a_source_that_does_not_answer_is_followed_by_the_next(answer: Page | Exception) -> None:
    found = await search_forum(
        search("reddit", "reddit_rss", "hackernews"), ports(answer, page(RSS, status=429), stories("Acme interview"))
    )
    assert found.source == "hackernews"
    assert found.good_posts == 1
    assert len(found.warnings) == 2
    assert found.warnings[0].startswith("Reddit did not answer: ")
    assert found.warnings[1] == "Reddit's feed did not answer: Reddit's feed answered with status 429."


async def test_a_named_wait_goes_to_the_engine() -> None:
    with pytest.raises(Transient) as error:
        await search_forum(
            search("reddit", "hackernews"), ports(page(API, status=429, retry_after="5"), hn=stories("Acme interview"))
        )
    assert error.value.retry_after == 5


async def test_a_full_limit_goes_to_the_engine() -> None:
    class Full(FakeLimits):
        async def acquire(self, resource: str, **_: float) -> Grant:
            raise PutBack(resource, 30)

    with pytest.raises(PutBack):
        await search_forum(search("reddit", "hackernews"), ports(listing(), hn=stories("Acme interview"), limits=Full()))


async def test_nobody_answers_for_good() -> None:
    found = await search_forum(search("reddit", "hackernews"), ports(page(API, status=403), hn=page(HN, "<html>")))
    assert (found.source, found.posts, len(found.warnings)) == (None, (), 2)


async def test_nobody_answers_for_now() -> None:
    with pytest.raises(Transient):
        await search_forum(search("reddit", "hackernews"), ports(page(API, status=403), hn=page(HN, status=503)))


async def test_no_source_finds_nothing() -> None:
    assert await search_forum(search().model_copy(update={"sources": ()}), ports()) == Found()


async def test_an_export_needs_no_network_and_keeps_its_comments() -> None:
    saved = (
        SavedPost(
            title="Acme interview &amp; offer",
            body=REPORT + " word" * 800,
            url="https://reddit.com/r/interviews/comments/1abc/x/",
            subreddit="r/interviews",
            score=7,
            created_at="2025-01-01T00:00:00Z",
            comments=(
                SavedComment(body="[deleted]", score=99),
                *(SavedComment(body=f"comment number {n} says something", score=n) for n in range(9)),
            ),
        ),
        SavedPost(title="Acme interview", body="[removed]"),
        SavedPost(),
    )
    found = await search_forum(search("export", saved=saved), fake_ports())
    (post,) = found.posts
    assert (post.source, post.id, post.place, post.score, post.created) == ("export", "1abc", "interviews", 7, 1735689600)
    assert post.title == "Acme interview & offer"
    assert [text[15] for text in post.comments] == ["8", "7", "6", "5", "4"]
    assert size(post) <= 2000
    assert found.dropped == 2


def size(post: Post) -> int:
    return len(post.title) + len(post.body) + sum(map(len, post.comments))


async def test_a_long_post_shows_where_it_speaks_of_the_company() -> None:
    far = (
        "My year of searching. "
        + "Nothing to see. " * 400
        + "The onsite interview at Acme had four rounds and a system design question."
        + " The end." * 300
    )
    found = await search_forum(search(), ports(listing({"id": "a", "title": "Long job search", "selftext": far})))
    (post,) = found.posts
    assert post.body.startswith("My year of searching.")
    assert "The onsite interview at Acme had four rounds" in post.body
    assert size(post) <= 2000


@real
@pytest.mark.parametrize(
    ("name", "least_good", "dropped"), [("google", 38, (14, 24)), ("stripe", 17, (15, 22)), ("walmart", 48, (1, 5))]
)
async def test_real_exports(name: str, least_good: int, dropped: tuple[int, int]) -> None:
    export = Export.model_validate_json((DATA / f"{name}.json").read_bytes())
    found = await search_forum(search("export", company=name.capitalize(), saved=export.posts), fake_ports())
    assert found.good_posts >= least_good
    assert dropped[0] <= found.dropped <= dropped[1]
    assert all(size(post) <= 2000 for post in found.posts)
    titles = {post.title for post in found.posts if post.relevance >= 0.5}
    never = {"Research Assistant", "Rejected at first sight.", "Broken suit for a sales interview", "McDonald’s SWE hiring process?",
             "Sharing work experience details in a Google Doc during interviews?", "Walked out of an Interview after Two Questions"}  # fmt: skip
    surely = {
        "google": "My Google Tech Interviewing Decoded Experience",
        "stripe": "Stripe SWE Integration Round",
        "walmart": "Karat interview for Walmart",
    }
    assert not titles & never
    assert surely[name] in {title.strip() for title in titles}


def test_of_a_long_write_up_the_rounds_and_what_was_asked_are_kept() -> None:
    prose = "The train was late and the sea looked grey on that day, as it does here in the spring of most years.\n" * 6
    rounds = "\n".join(
        f"{prose}\nRound {number} - Technical (4{number} minutes)\n- How would you store {thing}?\n"
        for number, thing in enumerate(("tides", "berths", "tolls", "ropes"), 1)
    )
    kept = excerpt(f"How I met Acme.\n{rounds}", "Acme", 900)
    assert len(kept) <= 900
    assert kept.startswith("How I met Acme.")
    for number, thing in enumerate(("tides", "berths", "tolls", "ropes"), 1):
        assert kept.index(f"Round {number} - Technical (4{number} minutes)") < kept.index(f"How would you store {thing}?")


def test_what_is_kept_stands_under_its_own_heading() -> None:
    text = (
        "I interviewed at Acme.\n"
        "Round 1: coding\n- Sort a list of ropes\n"
        + "A long grey day by the sea it was.\n" * 40
        + "Tips for you\n- Sort a list of knots\n"
    )
    kept = excerpt(text, "Acme", 300)
    assert "Sort a list of knots" not in kept or kept.index("Tips for you") < kept.index("Sort a list of knots")


def test_a_text_of_one_row_is_cut_at_its_end() -> None:
    assert excerpt("Acme asked me about ropes. " * 60, "Acme", 200).startswith("Acme asked me about ropes.")
    assert len(excerpt("Acme asked me about ropes. " * 60, "Acme", 200)) <= 200
