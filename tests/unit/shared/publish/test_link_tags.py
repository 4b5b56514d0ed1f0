"""Tags on a post's links."""

from __future__ import annotations

import pytest

from shared.publish.platform_variants import with_tags

TAGS = {"utm_source": "forum", "utm_campaign": "q 3"}


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("see https://example.com/a.", "see https://example.com/a?utm_source=forum&utm_campaign=q+3."),
        ("https://example.com/a?id=1&utm_source=mail#top", "https://example.com/a?id=1&utm_source=mail&utm_campaign=q+3#top"),
        ("(https://example.com/Oven_(film), yes)", "(https://example.com/Oven_(film)?utm_source=forum&utm_campaign=q+3, yes)"),
        ("no link, example.com neither", "no link, example.com neither"),
    ],
)
def test_each_link_is_tagged_once(text: str, tagged: str) -> None:
    assert with_tags(text, TAGS) == tagged
    assert with_tags(tagged, TAGS) == tagged
    assert with_tags(text, {}) == text


@pytest.mark.parametrize("text", ["see http://[ now", "http://[::1", "https://a]b/", "http://[v1.x/"])
def test_what_only_begins_like_an_address_stays_as_it_is(text: str) -> None:
    assert with_tags(text, {"utm_source": "a"}) == text
