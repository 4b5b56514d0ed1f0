"""What somebody meant."""

from __future__ import annotations

import pytest

from shared.text.nearest_word import did_you_mean, nearest

KNOWN = ("interview-prep", "forum-posts", "for-you")


@pytest.mark.parametrize(
    ("typed", "meant"), [("interviewprep", "interview-prep"), ("forum_posts", "forum-posts"), ("zzz", ""), ("", "")]
)
def test_the_nearest_word_is_found_or_none(typed: str, meant: str) -> None:
    assert nearest(typed, KNOWN) == meant
    assert did_you_mean(typed, KNOWN) == (f"Did you mean {meant}?" if meant else "")


def test_how_like_it_has_to_be_can_be_said() -> None:
    assert nearest("for-me", KNOWN)
    assert not nearest("for-me", KNOWN, like=0.95)
