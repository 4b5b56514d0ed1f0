"""Angles: what makes the versions of a post differ."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.stage_messages import PostingType
from functions.forum_posts.writing.angle_table import TRAITS
from functions.forum_posts.writing.version_angles import ANGLES, angle_after, angle_named, pick
from shared.text.word_count import cjk_share

TYPES: tuple[PostingType, ...] = get_args(PostingType)


@given(st.text(max_size=20), st.sampled_from(TYPES), st.integers(0, 10), st.text(max_size=20))
def test_no_angle_or_trait_twice_in_a_post_and_the_same_ones_again(
    persona: str, kind: PostingType, count: int, seed: str
) -> None:
    angles = pick(persona, kind, count, seed)
    assert len({angle.key for angle in angles}) == len({angle.trait for angle in angles}) == count
    assert pick(persona, kind, count, seed) == angles
    assert pick(persona, kind, 10, seed)[:count] == angles


@pytest.mark.parametrize("kind", TYPES)
def test_personas_start_elsewhere(kind: PostingType) -> None:
    starts = [pick(str(serial), kind, 5, "2330")[0].key for serial in range(200, 200 + len(ANGLES[kind]))]
    assert len(set(starts)) == len(ANGLES[kind])
    second = {pick(str(serial), kind, 5, "2330")[1].key for serial in range(200, 220)}
    assert len(second) > 5
    assert len({pick("208", kind, 5, f"stock {at}")[0].key for at in range(40)}) > 5


def test_more_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="13 angles of 12"):
        pick("208", "analysis", 13, "")


@pytest.mark.parametrize("kind", TYPES)
def test_every_angle_is_whole_in_both_languages(kind: PostingType) -> None:
    angles = ANGLES[kind]
    assert len(angles) >= 10
    assert len({angle.key for angle in angles}) == len(angles)
    for angle in angles:
        assert len(angle.wording.outline) == len(angle.chinese.outline) == 4
        assert cjk_share(angle.brief("en")) == 0
        assert cjk_share(angle.brief("zh-Hant")) == 1
    for english, chinese in TRAITS.values():
        assert cjk_share(english) == 0
        assert cjk_share(chinese) == 1


def test_no_key_stands_in_both_kinds() -> None:
    keys = [angle.key for kind in TYPES for angle in ANGLES[kind]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", TYPES)
def test_a_recorded_name_is_found_again(kind: PostingType) -> None:
    for angle in (*pick("208", kind, 10, "2330"), *ANGLES[kind]):
        assert angle_named(angle.name) == angle
    assert angle_named(f"{ANGLES[kind][0].key}+gone") == ANGLES[kind][0]
    with pytest.raises(KeyError):
        angle_named("no_such_angle")


def test_a_brief_names_angle_outline_and_trait() -> None:
    (angle,) = pick("208", "interaction", 1, "2330")
    assert angle.brief("en").count("\n") == angle.brief("zh-Hant").count("\n") == 2
    assert TRAITS[angle.trait][0] in angle.brief("en")
    assert TRAITS[angle.trait][1] in angle.brief("zh-Hant")
    assert angle.brief("zh-Hans") == angle.brief("ja") == angle.brief("en")


@pytest.mark.parametrize("kind", TYPES)
def test_the_next_angle_goes_round_and_passes_over_what_is_taken(kind: PostingType) -> None:
    first = pick("208", kind, 1, "2330")[0]
    seen = [first]
    for _ in ANGLES[kind][1:]:
        seen.append(angle_after(seen[-1], kind))
    assert len({angle.key for angle in seen}) == len(ANGLES[kind])
    assert angle_after(seen[-1], kind).key == first.key
    assert seen[1].trait != first.trait
    assert angle_after(first, kind, taken=[seen[1].key]).key == seen[2].key
    assert angle_after(first, kind, taken=[angle.key for angle in seen]).key == seen[1].key
