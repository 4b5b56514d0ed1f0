"""read_export: any file of saved posts, whatever wrote it."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from functions.interview_prep.forum.exports.export_schema import SavedPost
from functions.interview_prep.forum.exports.read_exports import read_export, saved_posts
from functions.interview_prep.prep_request import PrepRequest
from shared.errors import BadInput
from tests.support.real_data import REAL_DATA

DATA = REAL_DATA / "reddit"
real = pytest.mark.skipif(not DATA.is_dir(), reason="real Reddit answers are not beside the project")


def test_our_own_shape_and_a_plain_list() -> None:
    item = {"title": "T", "body": "B", "score": "5", "comments": [{"body": "c", "score": None}, None], "unknown": 1}
    assert read_export({"company": "acme", "posts": [item]}).company == "acme"
    (post,) = read_export([item, "no post"]).posts
    assert (post.title, post.body, post.score, post.comments[0].body, post.comments[0].score) == ("T", "B", 5, "c", 0)


def test_reddits_own_listing_and_thread() -> None:
    child = {
        "kind": "t3",
        "data": {"id": "a1", "title": "T", "selftext": "**B**", "permalink": "/r/x/comments/a1/t/", "created_utc": 1700000000},
    }
    listing = {"kind": "Listing", "data": {"children": [child]}}
    comments = {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"body": "c", "score": 2}}]}}
    (post,) = read_export(listing).posts
    assert (post.title, post.body, post.created_at) == ("T", "**B**", 1700000000)
    (post,) = read_export([listing, comments]).posts
    assert post.comments[0].score == 2
    ((whole, said),) = saved_posts((post,))
    assert (whole.id, whole.comment_count, said[0].body) == ("a1", 1, "c")


@pytest.mark.parametrize("data", [None, 5, "x", [], [1], {}, {"posts": 5}, {"kind": "Listing"}, [{"kind": "Listing"}]])
def test_anything_else_is_said(data: Any) -> None:
    with pytest.raises(BadInput) as error:
        read_export(data)
    assert error.value.code == "export_unknown"
    assert "posts" in error.value.advice


@pytest.mark.parametrize("value", [None, [], {}, 1.5, True, "x", "9" * 5000, float("nan"), 10**400, "half \ud83d"])
def test_strange_types_never_crash(value: Any) -> None:
    fields = ("title", "body", "url", "subreddit", "score", "created_at", "created_utc", "comments")
    posts = [dict.fromkeys(fields, value), {"title": "T"}]
    saved_posts(read_export({"company": value, "posts": posts}).posts)


POST = {"title": "Interview at Larkmoor", "selftext": "Three rounds.", "permalink": "/r/x/comments/a1/t/", "subreddit": "x"}
NESTED = [
    {
        "body": "one",
        "replies": [
            {
                "body": "two",
                "replies": {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"body": "three", "replies": ""}}]}},
            }
        ],
    }
]


@pytest.mark.parametrize(
    ("data", "posts", "comments", "skipped"),
    [
        (POST, 1, 0, 0),
        ([POST, POST], 2, 0, 0),
        ({"data": [POST]}, 1, 0, 0),
        ({"items": [POST, 5, {"x": 1}]}, 1, 0, 2),
        ([{"kind": "t3", "data": POST}], 1, 0, 0),
        ({"posts": [{**POST, "comments": NESTED}]}, 1, 3, 0),
        ({"posts": [{**POST, "comments": ["bare", "text"]}]}, 1, 2, 0),
        ([{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": POST}]}}], 1, 0, 0),
        ([[POST], [POST]], 2, 0, 0),
    ],
)
def test_any_tools_shape_is_read_or_said(data: Any, posts: int, comments: int, skipped: int) -> None:
    export = read_export(data)
    assert (len(export.posts), sum(len(post.comments) for post in export.posts), export.skipped) == (posts, comments, skipped)


def test_a_crosspost_has_the_text_of_its_parent() -> None:
    (post,) = read_export([{**POST, "selftext": "", "crosspost_parent_list": [{"selftext": "Debug a watchdog live."}]}]).posts
    assert post.body == "Debug a watchdog live."


def test_an_endless_chain_of_replies_is_bounded() -> None:
    reply: dict[str, Any] = {"body": "last"}
    for _ in range(5_000):
        reply = {"body": "more", "replies": [reply]}
    assert len(read_export({**POST, "comments": [reply]}).posts[0].comments) == 500


def test_a_request_takes_an_export_in_any_shape() -> None:
    asked = PrepRequest.model_validate({"posting_text": "x", "exports": [{"data": [POST]}, [POST], POST]})
    assert [len(export.posts) for export in asked.exports] == [1, 1, 1]
    with pytest.raises(ValidationError, match="no export of posts"):
        PrepRequest.model_validate({"posting_text": "x", "exports": [{"rows": []}]})


@pytest.mark.parametrize(
    ("when", "seconds"),
    [(1700000000, 1700000000), ("1700000000", 1700000000), (1700000000000, 1700000000), ("2023-11-14", 1699920000), ("2023-11-14T22:13:20Z", 1700000000),
     ("2023-99-99", 0), ("yesterday", 0), (None, 0), ("", 0), (-1, 0)],
)  # fmt: skip
def test_dates_of_any_kind(when: float | str | None, seconds: float) -> None:
    ((post, _),) = saved_posts((SavedPost(title="T", created_at=when),))
    assert post.created == seconds


def test_addresses_are_https_or_nothing() -> None:
    urls = ("https://reddit.com/r/x/comments/1a/t/", "javascript:alert(1)", "https://x.test/<b>", "")
    found = [post.url for post, _ in saved_posts(SavedPost(title="T", url=url) for url in urls)]
    assert found == [urls[0], "", "", ""]


@real
@pytest.mark.parametrize("name", ["graw/thread", "graw/subreddit", "api/TestSubreddit.test_search.01", "interviews/stripe"])
def test_real_files(name: str) -> None:
    export = read_export(json.loads((DATA / f"{name}.json").read_text()))
    assert export.posts
    assert all(post.title for post in export.posts)
