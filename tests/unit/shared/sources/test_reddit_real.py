"""Reddit's real answers, where they are at hand."""

import contextlib
import json
from pathlib import Path

import pytest

from shared.errors import Permanent
from shared.sources import reddit
from tests.support.real_data import REAL_DATA

DATA = REAL_DATA / "reddit"


real = pytest.mark.skipif(not DATA.is_dir(), reason="real Reddit answers are not beside the project")


@real
def test_real_search_and_listings() -> None:
    assert len(reddit.posts(json.loads((DATA / "api/TestSubreddit.test_search.01.json").read_text()))) == 6
    listed = reddit.posts(json.loads((DATA / "api/TestCommentForest.test_comment_forest_refresh_error.01.json").read_text()))
    assert len(listed) == 100
    assert all(post.url.startswith("https://www.reddit.com/r/") and post.created > 0 for post in listed)


@real
@pytest.mark.parametrize(
    "name", ["graw/thread", "api/TestCommentForest.test_replace__all.01", "api/TestComment.test_refresh__removed_comment.02"]
)
def test_real_threads(name: str) -> None:
    posts, comments = reddit.thread(json.loads((DATA / f"{name}.json").read_text()))
    assert len(posts) == 1
    assert len(comments) >= 30
    assert not {comment.body.lower() for comment in comments} & {"", "[deleted]", "[removed]"}
    assert not any("&amp;" in comment.body for comment in comments)


@real
@pytest.mark.parametrize("path", sorted(DATA.glob("*/*.json")), ids=lambda path: path.stem)
def test_any_real_answer_is_read_or_refused(path: Path) -> None:
    raw = json.loads(path.read_text())
    for read in (reddit.posts, reddit.thread):
        with contextlib.suppress(Permanent):  # and no other error
            read(raw)
