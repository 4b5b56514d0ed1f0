"""The forum's content: as much as promised, the same on every run, moved with the date."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from infra.sample_sites.forum import post_writer
from infra.sample_sites.forum.posts import Post, posts, walk
from infra.sample_sites.forum.seed_file_format import companies, read
from infra.sample_sites.jobs.postings import posting

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC).timestamp()


def _of(slug: str) -> list[Post]:
    return [post for post in posts(TODAY) if post.company == slug and post.place != "hn"]


def test_a_dozen_companies() -> None:
    assert len(companies()) == 12


@pytest.mark.parametrize("slug", companies())
def test_each_company_is_talked_about(slug: str) -> None:
    found, name = _of(slug), posting(slug).company.split()[0].casefold()
    assert 35 <= len(found) <= 60
    silent = [post for post in found if name not in f"{post.title} {post.body}".casefold()]
    assert 0.08 <= len(silent) / len(found) <= 0.17  # about one in eight
    assert all(name in post.also.casefold() for post in silent)
    assert {"[deleted]", "[removed]"} <= {post.body for post in found}
    assert sum(bool(post.parent) for post in found) == 2
    lengths = sorted(len(post.body) for post in found)
    assert lengths[3] < 200
    assert lengths[-3] > 800


def test_the_main_company_is_written_by_hand() -> None:
    by_hand = read("larkmoor").drafts
    assert len(by_hand) >= 25
    assert len({draft.head["by"] for draft in by_hand}) == len(by_hand)


def test_dates_lie_within_three_years_and_comments_after_their_post() -> None:
    for post in posts(TODAY):
        assert NOW - 3 * 365.25 * 86_400 <= post.created < NOW
        assert all(post.created < comment.created <= NOW for comment in walk(post.comments))


def test_ids_are_unique_and_beyond_any_that_exist() -> None:
    ids = [post.id for post in posts(TODAY)] + [comment.id for post in posts(TODAY) for comment in walk(post.comments)]
    assert max(Counter(ids).values()) == 1
    assert all(len(name) == 8 and name.startswith("zz") for name in ids)


def test_the_same_text_for_every_date() -> None:
    later = posts(date(2027, 2, 1))
    assert [(post.id, post.body) for post in later] == [(post.id, post.body) for post in posts(TODAY)]
    assert {round(new.created - old.created) for new, old in zip(later, posts(TODAY), strict=True)} == {70 * 86_400}
    assert post_writer.write("nimbrel") == post_writer.write("nimbrel")


def test_no_slot_is_left_open() -> None:
    for post in posts(TODAY):
        for text in (post.title, post.body, *(comment.body for comment in walk(post.comments))):
            assert text.strip() == text
            assert "{" not in text or post.company == "larkmoor"  # one of the hand-written posts has code
            assert "\n\n\n" not in text


def test_a_post_does_not_repeat_itself() -> None:
    for post in posts(TODAY):
        asked = [line for line in post.body.split('"')[1::2] if line.endswith("?")]
        assert len(asked) == len(set(asked)), post.title
