"""A text as each place takes it: closing words, hashtags and links kept, the rest cut where a sentence ends."""

from __future__ import annotations

import pytest

from shared.post_rules.platform_limits import HASHTAG, PLATFORMS, length_on, platform
from shared.publish.platform_variants import Destinations, fitted, variants, wording_of

LONG = " ".join(f"Sentence {number} says a little about the tide and the moon." for number in range(60))
LINK = "https://example.com/a/rather/long/path/that/takes/room"
CHINESE = "潮水今天比昨天高了三公分，漁港的人都說沒見過。" * 40
CLOSING = "Not investment advice. AI-written."


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@pytest.mark.parametrize(
    "text",
    [
        "Short.", LONG, CHINESE, f"{LONG}\n\n#a #bb #ccc #dddd #eeeee #ffffff #ggggggg #hhhhhhhh #i9", f"{LINK} {LONG}", f"{LONG} {LINK}",
        f"{LONG}\n\n{CLOSING}", "🌊" * 700, "x" * 50_000, f"{LONG} {LINK}\n\n#tide #moon\n\n{CLOSING}",
    ],
)  # fmt: skip
def test_a_text_fits_its_place(name: str, text: str) -> None:
    place = platform(name)
    made = fitted(text, name)
    assert made
    assert not place.text or length_on(made, place) <= place.text
    assert len(HASHTAG.findall(made.replace(LINK, ""))) <= place.tags
    assert (CLOSING in made) == (CLOSING in text)
    if text.startswith(LONG) and LINK in text:
        assert LINK in made, "the link was cut off"
    assert fitted(made, name) == made


def test_what_fits_stays_as_it_is() -> None:
    text = "The tide is high.\n\nIt was lower.\n\n#tide #moon"
    assert [fitted(text, name) for name in ("bluesky", "x", "mastodon")] == [text] * 3


def test_a_hashtag_too_many_becomes_a_word_or_goes() -> None:
    assert fitted("The #tide and the #moon", "threads") == "The #tide and the moon"
    assert fitted("The tide\n\n#tide #moon", "threads") == "The tide\n\n#tide"
    assert fitted("The #tide\n\n#moon", "reddit") == "The tide"


def test_closing_words_of_a_persona_are_never_cut() -> None:
    own = "Holds no shares. Do your own work."
    made = fitted(f"{LONG}\n\n{own}", "x", own)
    assert made.endswith(own)
    assert length_on(made, platform("x")) <= 280


def test_links_are_tagged_for_each_place_unless_that_costs_words() -> None:
    places = Destinations(link_tags={"utm_source": "{platform}", "utm_campaign": "tides"})
    data = {"text": f"High water. {LINK}"}
    made = {one.platform: one.text for one in variants(data, ("bluesky", "mastodon", "bluesky"), places)}
    assert made == {name: f"High water. {LINK}?utm_source={name}&utm_campaign=tides" for name in ("bluesky", "mastodon")}
    full = {"text": "w" * (299 - len(LINK)) + f" {LINK}"}
    assert [one.text for one in variants(full, ("bluesky",), places)] == [full["text"]]


def test_a_persons_wording_stands_and_says_when_it_is_of_a_former_text() -> None:
    data = {"text": "New text.", "variants": {"x": wording_of("By hand " * 60, "Old text.", "ann", 5.0)}}
    (one, other) = variants(data, ("x", "bluesky"), Destinations())
    assert (one.stale, one.length > one.most, [finding["code"] for finding in one.findings]) == (True, True, ["platform_length"])
    assert one.text == "By hand " * 60
    assert (other.text, other.wording, other.stale, other.findings) == ("New text.", None, False, ())
