"""Saved posts in the shapes that tools write: forums' raw answers, their own wrappings, many names for one field."""

from __future__ import annotations

from typing import Any

import pytest

from functions.interview_prep.forum.exports.read_exports import read_export, saved_posts
from functions.interview_prep.prep_request import PrepRequest
from shared.errors import BadInput

B = "I interviewed at Acme last week. Three rounds, then an offer."
C = "They asked me about caching."
SHAPES: dict[str, tuple[Any, int, int]] = {
    "hn hits": (
        {
            "hits": [
                {
                    "title": "Acme interview",
                    "story_text": B,
                    "points": 12,
                    "num_comments": 3,
                    "objectID": "1",
                    "created_at_i": 1700000000,
                    "url": None,
                },
                {"comment_text": B, "story_title": "Acme", "objectID": "2"},
            ]
        },
        2,
        0,
    ),
    "hn item": (
        {
            "id": 1,
            "type": "story",
            "title": "Acme interview",
            "text": B,
            "points": 3,
            "created_at_i": 1700000000,
            "children": [{"text": C, "children": [{"text": "Same here.", "children": []}]}],
        },
        1,
        2,
    ),
    "post+comments": ({"post": {"title": "Acme interview", "selftext": B}, "comments": [{"body": C}, {"body": "Same"}]}, 1, 2),
    "submission wrapper": ({"submission": {"title": "Acme interview", "selftext": B, "comments": [{"body": C}]}}, 1, 1),
    "keyed by id": (
        {"posts": {"a1": {"title": "Acme interview", "selftext": B}, "a2": {"title": "Acme offer", "selftext": B}}},
        2,
        0,
    ),
    "keyed bare": ({"a1": {"title": "Acme interview", "selftext": B}, "a2": {"title": "Acme offer", "selftext": B}}, 2, 0),
    "capital keys": (
        [{"Title": "Acme interview", "Body": B, "Score": "12", "URL": "https://x.example/1", "Comments": [{"Body": C}]}],
        1,
        1,
    ),
    "content key": (
        [
            {
                "title": "Acme interview",
                "content": B,
                "upvotes": 4,
                "date": "2025-03-01",
                "comments": [{"content": C}, {"comment": "And sql."}],
            }
        ],
        1,
        2,
    ),
    "html body": ([{"title": "Acme interview", "body": "<p>" + B + "</p>", "body_is": "html"}], 1, 0),
    "selftext_html": ([{"title": "Acme interview", "selftext_html": "&lt;p&gt;" + B + "&lt;/p&gt;"}], 1, 0),
    "comments tree dict": (
        [{"title": "Acme interview", "selftext": B, "comments": {"c1": {"body": C, "replies": {"c2": {"body": "Same"}}}}}],
        1,
        2,
    ),
    "discourse": (
        {"title": "Acme interview", "post_stream": {"posts": [{"cooked": "<p>" + B + "</p>"}, {"cooked": "<p>" + C + "</p>"}]}},
        1,
        1,
    ),
    "stack items": (
        {
            "items": [
                {"title": "Acme interview", "body": "<p>" + B + "</p>", "score": 3, "answers": [{"body": "<p>" + C + "</p>"}]}
            ]
        },
        1,
        1,
    ),
    "wrapped twice": ({"data": {"posts": [{"title": "Acme interview", "selftext": B}]}}, 1, 0),
    "response": (
        {"response": {"data": {"children": [{"kind": "t3", "data": {"title": "Acme interview", "selftext": B}}]}}},
        1,
        0,
    ),
    "results by company": (
        {"company": "Acme", "threads": [{"title": "Acme interview", "text": B, "replies": [{"text": C}]}]},
        1,
        1,
    ),
    "list of threads": (
        [
            [
                {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"title": "Acme interview", "selftext": B}}]}},
                {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"body": C, "replies": ""}}]}},
            ]
        ],
        1,
        1,
    ),
    "posts and comments side by side": (
        [{"id": "a1", "title": "Acme interview", "selftext": B}, {"id": "c1", "body": C, "link_id": "t3_a1", "score": 2}],
        1,
        1,
    ),
    "posts, comments": (
        {
            "posts": [{"id": "a1", "title": "Acme interview", "selftext": B}],
            "comments": [{"post_id": "a1", "body": C}, {"post_id": "a1", "body": "Same"}],
        },
        1,
        2,
    ),
    "records by data type": (
        [
            {"dataType": "post", "id": "t3_a1", "title": "Acme interview", "body": B, "communityName": "r/jobs", "upVotes": 7},
            {"dataType": "comment", "id": "t1_c1", "postId": "t3_a1", "parentId": "t3_a1", "body": C, "upVotes": 3},
        ],
        1,
        1,
    ),
    "columns": (
        {
            "title": {"0": "Acme interview", "1": "Acme offer"},
            "selftext": {"0": B, "1": B + " Soon."},
            "score": {"0": 1, "1": 2},
        },
        2,
        0,
    ),
    "columns and rows": ({"columns": ["title", "selftext"], "index": [0], "data": [["Acme interview", B]]}, 1, 0),
    "heading and rows": ([["title", "selftext"], ["Acme interview", B]], 1, 0),
    "metadata beside comments": (
        {
            "scrape_settings": {"n_results": 1},
            "data": {
                "submission_metadata": {"title": "Acme interview", "selftext": B, "score": 4},
                "comments": [{"body": C, "score": 2, "replies": [{"body": "Same"}]}],
            },
        },
        1,
        2,
    ),
    "json feed": (
        {
            "version": "https://jsonfeed.org/version/1",
            "title": "Search",
            "items": [{"id": "1", "url": "https://x.example/1", "title": "Acme interview", "content_html": "<p>" + B + "</p>"}],
        },
        1,
        0,
    ),
    "post within its topic": (
        {"data": {"topics": {"edges": [{"node": {"title": "Acme interview", "post": {"voteCount": 3, "content": B}}}]}}},
        1,
        0,
    ),
    "body in several forms": ([{"title": "Acme interview", "content": {"markdown": B, "html": "<p>x</p>"}}], 1, 0),
    "comments as text": (
        [{"title": "Acme interview", "selftext": B, "comments": '[{"body": "They asked me about caching."}]'}],
        1,
        1,
    ),
    "by subreddit": (
        {"jobs": [{"title": "Acme interview", "selftext": B}], "interviews": [{"title": "Acme offer", "selftext": B}]},
        2,
        0,
    ),
    "by company": (
        {
            "Acme": {"posts": [{"title": "Acme interview", "selftext": B}]},
            "Oakham": {"posts": [{"title": "Oakham", "selftext": B}]},
        },
        2,
        0,
    ),
    "search engine's hits": (
        {"took": 1, "hits": {"hits": [{"_id": "a", "_source": {"title": "Acme interview", "selftext": B}}]}},
        1,
        0,
    ),
    "comment dump": ([{"body": B, "link_title": "Acme interview", "permalink": "/r/x/comments/1/a/b/", "score": 2}], 1, 0),
    "listing t1": (
        {
            "kind": "Listing",
            "data": {
                "children": [{"kind": "t1", "data": {"body": B, "link_title": "Acme", "permalink": "/r/x/comments/abc/a/b/"}}]
            },
        },
        1,
        0,
    ),
    "crosspost": ([{"title": "Acme interview", "selftext": "", "crosspost_parent_list": [{"title": "x", "selftext": B}]}], 1, 0),
    "strings": (["I interviewed at Acme. " + B, B + " two"], 2, 0),
    "gdpr": ([{"id": "abc", "permalink": "https://www.reddit.com/r/x/comments/abc/"}], 0, 0),
    "error": ({"data": None, "error": "rate limited"}, 0, 0),
    "jobs": ([{"company": "Acme", "salary": 3}], 0, 0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_gives_its_posts_and_comments_or_is_refused(shape: str) -> None:
    data, posts, comments = SHAPES[shape]
    if not posts:
        with pytest.raises(BadInput, match="no export"):
            read_export(data)
        return
    read = saved_posts(read_export(data).posts)
    assert (len(read), sum(len(said) for _, said in read)) == (posts, comments)
    assert all(B[:20] in post.body for post, _ in read)


NODE = {
    "title": "Fernhill, both rounds",
    "selftext": "I interviewed at Fernhill for an hour.",
    "createdAt": "2025-09-08T10:00:00Z",
}
LISTED = {"data": {"children": [{"data": {"body": "The same at Fernhill for me."}}]}}


@pytest.mark.parametrize(
    "shape",
    [
        {"data": {"subreddit": {"posts": {"edges": [{"node": NODE}]}}}},
        {"posts": [NODE]},
        {"posts": [{"post": NODE, "counts": {"score": 4}}]},
        {"nodes": [NODE]},
    ],
)
def test_posts_within_edges_nodes_and_their_kinds_name_are_read_whole(shape: Any) -> None:
    export = PrepRequest(posting_text="x", exports=(shape,)).exports[0]
    assert [(post.title, post.body) for post in export.posts] == [(NODE["title"], NODE["selftext"])]


def test_replies_in_a_bare_listing_are_comments_too() -> None:
    post = {**NODE, "comments": [{"body": "They asked about SQL at Fernhill.", "replies": LISTED}]}
    export = PrepRequest(posting_text="x", exports=([post],)).exports[0]
    assert [comment.body for comment in export.posts[0].comments] == ["They asked about SQL at Fernhill.", "The same at Fernhill for me."]  # fmt: skip


def test_entries_without_a_text_are_counted_and_not_kept_empty() -> None:
    with_one = {"posts": [NODE, {"post": {"name": "no text of ours"}, "counts": {"score": 4}}]}
    export = PrepRequest(posting_text="x", exports=(with_one,)).exports[0]
    assert (len(export.posts), export.skipped) == (1, 1)
