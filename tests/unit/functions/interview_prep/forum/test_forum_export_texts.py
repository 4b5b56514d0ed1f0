"""Saved posts in files that are no JSON: feeds, pages, tables."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from functions.interview_prep.forum.exports.export_texts import read_export_file
from functions.interview_prep.forum.exports.read_exports import saved_posts
from functions.interview_prep.prep_request import PrepRequest
from shared.errors import BadInput

TITLE = "Larkmoor onsite interview"
BODY = "I interviewed at Larkmoor last week. Three rounds, then an offer."
COMMENT = "They asked me about caching in round two."
LINK = "/r/jobs/comments/a1/x/"
FEED = (
    f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>search</title><entry>'
    f'<content type="html">&lt;div class="md"&gt;&lt;p&gt;{BODY}&lt;/p&gt;&lt;/div&gt; submitted by /u/x</content><id>t3_a1</id>'
    f'<link href="https://www.reddit.com{LINK}"/><updated>2024-05-01T10:00:00+00:00</updated><title>{TITLE}</title></entry></feed>'
)
OLD_PAGE = (
    f'<!doctype html><html><body><div class=" thing id-t3_a1 odd link self" data-subreddit="jobs" data-timestamp="1714557600000"'
    f' data-score="14" data-permalink="{LINK}"><div class="entry"><p class="title"><a class="title may-blank" href="{LINK}">{TITLE}</a></p>'
    f'<div class="expando"><div class="usertext-body"><div class="md"><p>{BODY}</p></div></div></div></div></div><div class="commentarea">'
    f'<div class=" thing id-t1_c1 comment"><div class="entry"><span class="score unvoted" title="7">7 points</span>'
    f'<div class="usertext-body"><div class="md"><p>{COMMENT}</p></div></div></div><div class="child"><div class=" thing id-t1_c2 comment">'
    '<div class="entry"><div class="usertext-body"><div class="md"><p>Same for me, and SQL.</p></div></div></div></div></div></div></div></body></html>'
)
NEW_PAGE = (
    f'<html><body><shreddit-post permalink="{LINK}" post-title="{TITLE}" score="12" subreddit-prefixed-name="r/jobs"'
    f' created-timestamp="2024-05-01T10:00:00.000000+0000"><div slot="text-body"><p>{BODY}</p></div></shreddit-post>'
    f'<shreddit-comment score="3"><div slot="comment"><p>{COMMENT}</p></div></shreddit-comment></body></html>'
)
TABLE = (
    "id,permalink,date,subreddit,title,url,body\r\n"
    f'a1,https://www.reddit.com{LINK},2024-05-01 10:00:00 UTC,jobs,"{TITLE}",https://x.example,"{BODY}"\r\n'
)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        (FEED, []),
        (OLD_PAGE, [COMMENT, "Same for me, and SQL."]),
        (NEW_PAGE, [COMMENT]),
        (TABLE, []),
        (TABLE.replace("\r", ""), []),
    ],
    ids=["feed", "old page", "new page", "table", "table of a Unix tool"],
)
def test_a_feed_a_page_and_a_table_are_read(text: str, comments: list[str]) -> None:
    (post, said), *others = saved_posts(read_export_file(text).posts)
    assert not others
    assert (post.title, post.body, post.id, post.place) == (TITLE, BODY, "a1", "jobs")
    assert post.url == f"https://www.reddit.com{LINK}"
    assert post.created == 1_714_557_600.0
    assert [comment.body for comment in said] == comments


def test_scores_of_pages_are_kept() -> None:
    (post, comments), *_ = saved_posts(read_export_file(OLD_PAGE).posts)
    assert (post.score, [comment.score for comment in comments]) == (14, [7, 0])


def test_a_list_of_results_has_no_comments_of_one_post() -> None:
    found = saved_posts(read_export_file(OLD_PAGE.replace("</body>", OLD_PAGE.partition("<body>")[2])).posts)
    assert [len(comments) for _, comments in found] == [0, 0]


@pytest.mark.parametrize(
    "text",
    ["", "Some words.\nMore of them.", "<config><a>1</a></config>", "<html><body><p>News, today</p></body></html>", "a,b\n1,2\n"],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_export_file(text)
    assert refused.value.code == "export_unknown"


def test_a_request_parses_no_text_that_strangers_wrote() -> None:
    with pytest.raises(ValidationError, match="exports"):
        PrepRequest.model_validate({"posting_text": "Data engineer at Larkmoor", "exports": [FEED]})
