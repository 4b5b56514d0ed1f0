"""pick_posts, read_comments and batch_reports."""

import json
import random
from typing import Any

import pytest

from functions.interview_prep.forum.post_ranking import Subject, distinct_posts, rank_posts, relevance
from functions.interview_prep.stage_messages import CommentsRequest, Found, Picked, Post, Posting, Search
from functions.interview_prep.stages.batch_reports import MOST, TOKENS, batch_reports
from functions.interview_prep.stages.pick_posts import pick_posts
from functions.interview_prep.stages.read_comments import read_comments
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.web import Page
from shared.sources.forum_types import ForumPost
from tests.support.fakes import FakeWeb, fake_ports, page

POSTING = Posting(title="Sr. Software Engineer, Ads", company="Acme, Inc.", description="text")
WORDS = tuple(
    f"{one}{two}" for one in ("graph", "tree", "heap", "trie", "lock") for two in ("", "s", "ing", "ed", "able", "less")
)


def post(name: str, **more: Any) -> Post:
    words = random.Random(name)  # other words for every post: nobody writes the same report twice
    body = " ".join(words.choice(WORDS) for _ in range(60))
    return Post(
        **{"source": "reddit", "id": name, "title": f"Acme interview {name}", "body": body, "relevance": 0.8, "comment_count": 4}
        | more
    )


def shuffled(posts: list[Post]) -> list[Post]:
    return random.Random(7).sample(posts, len(posts))


# ---- relevance and order


def test_relevance_grows_with_what_a_post_tells() -> None:
    subject = Subject.of("Acme", "senior software engineer")
    texts = [
        ("Job hunt", "Globex, Acme and Initech exist."),
        ("Job hunt", "Yesterday I had an interview at Acme."),
        ("Acme interview", "Yesterday I had an interview at Acme."),
        (
            "Acme senior software engineer interview",
            "I had an interview at Acme. Three rounds, coding questions, then an offer after 2 hours. " * 5,
        ),
    ]
    values = [relevance(ForumPost("a", title, body), subject) for title, body in texts]
    assert values == sorted(values, key=lambda value: value or 0)
    assert len(set(values)) == 4
    assert values[0] is not None
    assert values[0] < 0.3
    assert (values[-1] or 0) > 0.95


def test_a_bare_title_is_no_report() -> None:
    subject = Subject.of("Acme", "")
    assert (relevance(ForumPost("a", "Acme onsite interview questions", ""), subject) or 0) < 0.5
    assert (relevance(ForumPost("a", "Acme onsite interview questions", "", comment_count=9), subject) or 0) >= 0.5
    assert relevance(ForumPost("a", "Interview questions", "at Globex"), subject) is None


def test_order_is_relevance_then_score_then_age_whatever_came_first() -> None:
    now = 1_700_000_000.0
    year = 31_557_600.0
    best = post("best", relevance=1.0, created=now - year, score=5)
    popular = post("popular", created=now, score=900)
    fresh = post("fresh", created=now, score=2)
    old = post("old", created=now - 8 * year, score=2)
    weak = post("weak", relevance=0.3, created=now, score=9000)
    expected = [best, popular, fresh, old, weak]
    assert rank_posts(shuffled(expected)) == expected
    assert rank_posts([]) == []


def test_nearly_the_same_post_is_one() -> None:
    one = post("one")
    copies = [one, one.model_copy(update={"source": "export"}), one.model_copy(update={"id": "two", "title": one.title + "?"})]
    other = one.model_copy(update={"source": "hackernews", "title": "Quite another", "body": "with other words"})
    assert distinct_posts([*copies, other]) == [one, other]


# ---- pick_posts


def planned(number: int) -> list[Search]:
    return [
        Search(sources=("reddit_rss", "hackernews"), company="Acme", role="Engineer", phrases=(), rank=at) for at in range(number)
    ]


async def test_thirty_posts_are_picked_and_the_best_twelve_read() -> None:
    posts = [post(f"p{n}", relevance=0.5 + n / 200) for n in range(60)]
    found = [
        Found(source="reddit", posts=tuple(posts[:40]), dropped=3, warnings=("w",)),
        Found(source="hackernews", posts=tuple(posts[20:]), dropped=4, warnings=("w", "v")),
    ]
    picked = await pick_posts(found, POSTING, planned(2), fake_ports())

    assert [post.id for post in picked.posts] == [f"p{n}" for n in range(59, 29, -1)]
    assert [read.post for read in picked.reads] == list(picked.posts[:12])
    assert {read.company for read in picked.reads} == {"Acme"}
    assert (picked.searches, picked.posts_found, picked.dropped, picked.warnings) == (2, 60, 7, ("w", "v"))
    assert await pick_posts(found[::-1], POSTING, planned(2), fake_ports()) == picked.model_copy(update={"warnings": ("w", "v")})


async def test_only_unread_comments_are_read() -> None:
    posts = (
        post("none", comment_count=0),
        post("has", source="export", comments=("said",)),
        post("feed", source="reddit_rss"),
        post("news", source="hackernews"),
        post("yes"),
    )
    picked = await pick_posts([Found(posts=posts)], POSTING, planned(1), fake_ports())
    assert {read.post.id for read in picked.reads} == {"news", "yes"}
    assert len(picked.posts) == 5


async def test_a_passing_mention_is_found_but_not_used() -> None:
    picked = await pick_posts([Found(posts=(post("a", relevance=0.2),))], POSTING, planned(1), fake_ports())
    assert (picked.posts, picked.posts_found) == ((), 1)


async def test_nothing_found_picks_nothing() -> None:
    picked = await pick_posts([], POSTING, [], fake_ports())
    assert (picked.posts, picked.searches, picked.posts_found) == ((), 0, 0)


async def test_searches_that_failed_are_counted_and_the_reader_is_told_how_to_go_on() -> None:
    some = await pick_posts(
        [Found(source="reddit_rss", posts=(post("a"),)), Found(warnings=("w",))], POSTING, planned(3), fake_ports()
    )
    assert (some.searches, some.unanswered) == (3, 2)
    assert some.warnings == ("2 of 3 searches were not answered: run the guide again later, it may find more.", "w")
    none = await pick_posts([], POSTING, planned(3), fake_ports())
    assert (none.searches, none.unanswered) == (3, 3)
    assert none.warnings == (
        "Reddit's feed, Hacker News did not answer: run the guide again later, or give it posts that you saved (`exports`).",
    )
    answered = await pick_posts([Found(source="reddit_rss")] * 3, POSTING, planned(3), fake_ports())
    assert (answered.unanswered, answered.warnings) == (0, ())


# ---- read_comments

API, AUTH, HN = "https://api.test", "https://auth.test", "https://hn.test"


def forum(answer: Page | Exception) -> tuple[Ports, FakeWeb]:
    web = FakeWeb({API: answer, HN: answer, AUTH: page(AUTH, '{"access_token": "t", "expires_in": 3600}')})
    return fake_ports(web=web, reddit_url=API, reddit_auth_url=AUTH, hackernews_url=HN, reddit_client_id="id"), web


def thread(*comments: tuple[str, Any]) -> Page:
    children = [{"kind": "t1", "data": {"body": body, "score": score}} for body, score in comments]
    empty: dict[str, Any] = {"kind": "Listing", "data": {"children": []}}
    return page(API, json.dumps([empty, {"kind": "Listing", "data": {"children": children}}]))


async def test_the_best_five_comments_within_two_thousand_characters() -> None:
    comments = [(f"number {n} tells this: " + "x y " * 150, str(n)) for n in range(8)] + [("too short", 99), ("[removed]", 100)]
    here, _ = forum(thread(*comments))
    full = post("abc", body="word " * 380)
    read = await read_comments(CommentsRequest(company="Acme", post=full), here)

    assert [text[7] for text in read.comments] == ["7"]
    assert len(read.body) <= 1400
    assert len(read.title) + len(read.body) + sum(map(len, read.comments)) <= 2000

    short = await read_comments(
        CommentsRequest(company="Acme", post=post("abc", body="")), forum(thread(*[(c[:60], s) for c, s in comments]))[0]
    )
    assert [text[7] for text in short.comments] == ["7", "6", "5", "4", "3"]


@pytest.mark.parametrize("source", ["reddit", "hackernews"])
@pytest.mark.parametrize(
    "answer",
    [page(API, status=404), page(API, status=403), page(API, "<html>"), page(API, "[]"), page(API, "[1, 2]"), page(API, status=500), Transient("down", code="fetch_failed")],
)  # fmt: skip
async def test_a_failing_read_keeps_the_post(source: str, answer: Page | Exception) -> None:
    one = post("123", source=source)
    assert await read_comments(CommentsRequest(company="Acme", post=one), forum(answer)[0]) == one


async def test_a_named_wait_goes_to_the_engine() -> None:
    with pytest.raises(Transient) as error:
        await read_comments(CommentsRequest(company="Acme", post=post("a")), forum(page(API, status=429, retry_after="3"))[0])
    assert error.value.retry_after == 3


async def test_hacker_news_comments_come_from_its_items() -> None:
    item = {"children": [{"text": "<p>They asked me about <i>graphs</i>.</p>", "children": []}]}
    here, web = forum(page(HN, json.dumps(item)))
    read = await read_comments(CommentsRequest(company="Acme", post=post("77", source="hackernews")), here)
    assert read.comments == ("They asked me about graphs.",)
    assert web.calls[0][0] == f"{HN}/api/v1/items/77"


# ---- batch_reports


def tokens(posts: tuple[Post, ...]) -> int:
    return sum(len(one.title) + len(one.body) + sum(map(len, one.comments)) for one in posts) // 4


async def test_batches_are_balanced_and_the_same_for_any_order() -> None:
    posts = [post(f"p{n}", body=post(f"p{n}").body * (1 + n % 5), relevance=0.4 + n / 60) for n in range(30)]
    batches = await batch_reports(posts, POSTING, Picked(), fake_ports())

    assert await batch_reports(shuffled(posts), POSTING, Picked(), fake_ports()) == batches
    assert 3 <= len(batches) <= MOST
    assert {(batch.company, batch.role) for batch in batches} == {("Acme", "senior software engineer")}
    assert sorted(one.id for batch in batches for one in batch.posts) == sorted(one.id for one in posts)
    sizes = [tokens(batch.posts) for batch in batches]
    assert max(sizes) <= min(TOKENS, 1.1 * min(sizes))


@pytest.mark.parametrize(("count", "batches"), [(0, 0), (1, 1), (2, 1), (30, 4), (45, 5), (200, 6)])
async def test_the_number_of_batches(count: int, batches: int) -> None:
    made = await batch_reports(
        [post(f"p{n}", body=post(f"p{n}").body.ljust(1950)) for n in range(count)], POSTING, Picked(), fake_ports()
    )
    assert len(made) == batches
    assert all(tokens(batch.posts) <= TOKENS for batch in made)


async def test_few_small_posts_are_one_call() -> None:
    assert len(await batch_reports([post("a"), post("b"), post("c")], POSTING, Picked(), fake_ports())) == 1


async def test_a_post_whose_comments_did_not_come_in_time_is_used_without_them() -> None:
    late = post("late", title="Acme interview, second round")
    picked = Picked(posts=(late,), reads=(CommentsRequest(company="Acme", post=late),))
    (batch,) = await batch_reports([post("read")], POSTING, picked, fake_ports())
    assert {used.id for used in batch.posts} == {"late", "read"}
