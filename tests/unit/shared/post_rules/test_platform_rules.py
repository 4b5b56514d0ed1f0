"""Platform rules: limits per platform, links, contact details, shouting."""

from __future__ import annotations

import pytest

from shared.post_rules.platform_limits import PLATFORMS, length_on, limits_of, platform
from shared.post_rules.platform_rules import platform_faults


def codes(text: str, place: str = "forum", supplied: str = "") -> list[str]:
    return [fault.code for fault in platform_faults(text, text, place, supplied)]


@pytest.mark.parametrize(
    ("text", "place", "length"),
    [
        ("abc é", "x", 5), ("台積電", "x", 6), ("👍🏽 👨‍👩‍👧", "x", 5), ("see https://example.com/a/very/long/path?with=query", "x", 27), ("see example.com", "x", 27),
        ("see example.com/a and www.test.org", "x", 4 + 23 + 5 + 23), ("3.5 p.m. e.g. v1.2", "x", 18), ("«Größe» Привет", "x", 14), ("—“”", "x", 3), ("…", "x", 2), ("️", "x", 2),
        ("台積電", "mastodon", 3), ("see https://example.com/a/very/long/path", "mastodon", 27), ("see example.com", "mastodon", 15), ("@anna@social.example hi", "mastodon", 8),
        ("👨‍👩‍👧é", "bluesky", 2), ("see https://example.com/a", "bluesky", 25), ("🇭🇰🇹🇼", "bluesky", 2), ("台積電", "threads", 3),
    ],
)  # fmt: skip
def test_each_place_counts_as_it_publishes(text: str, place: str, length: int) -> None:
    assert length_on(text, platform(place)) == length


LINK = 23


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("uni-north.edu", LINK), ("acme.rocks opened", LINK + 7), ("lamp.jp", 7), ("lamp.jp/a", LINK), ("lamp.co.jp", LINK), ("clips.tv", LINK), ("notes.txt", 9), ("me@lamp.com", 11),
        ("(https://lamp.com/a)", LINK + 2), ("https://lamp.com/a, now.", LINK + 6), ("https://lamp.com/Oven_(film)!", LINK + 1), ("見lamp.com/index.html又", LINK + 4), ("https://lamp.com/路", LINK + 2), ("https://lamp.com/Дом", LINK),
    ],
)  # fmt: skip
def test_a_link_on_x_is_what_twitter_text_makes_one(text: str, length: int) -> None:
    assert length_on(text, platform("x")) == length


def test_a_sentences_signs_after_a_link_count_on_mastodon_too() -> None:
    assert length_on("https://lamp.com/a, and (https://lamp.com/b).", platform("mastodon")) == LINK + 7 + LINK + 2


def test_a_regions_flag_is_one_sign() -> None:
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert [length_on(wales, platform(place)) for place in ("x", "mastodon", "bluesky")] == [2, 1, 1]


def test_of_several_places_the_strictest_count_holds() -> None:
    both = limits_of(("x", "mastodon"))
    assert both.text == 280
    assert length_on("台積電 https://example.com", both) == 6 + 1 + 23


@pytest.mark.parametrize(
    ("name", "most"), [(name, limit.text) for name, limit in PLATFORMS.items() if limit.text and not limit.weighted]
)
def test_a_text_may_fill_its_platform_and_no_more(name: str, most: int) -> None:
    assert codes("a" * most, name) == []
    assert codes("a" * (most + 1), name) == ["platform_length"]


def test_chinese_fills_x_twice_as_fast() -> None:
    assert codes("台" * 140, "x") == []
    assert codes("台" * 141, "x") == ["platform_length"]


def test_hashtags_mentions_and_emoji_are_counted_per_platform() -> None:
    assert codes("good #a #b #c") == []
    assert codes("good #台積電 #半導體", "threads") == ["hashtags"]
    assert codes("good #a", "reddit") == ["hashtags"]
    assert codes("ranked #1 and #12 of C# fans") == []
    assert codes("as @somebody said") == ["mentions"]
    assert codes("as @somebody said", supplied="quote @somebody") == []
    assert codes("🚀🎉💎🙌🔥") == []
    assert codes("🚀🎉💎🙌🔥💰") == ["emoji"]
    assert codes("hands 👍🏽 👨‍👩‍👧 🇭🇰 ✅ ❤️", "forum") == []
    assert codes("nice 🙂", "reddit") == ["emoji"]


def test_a_link_must_have_been_supplied() -> None:
    assert codes("see https://example.com/report.", supplied="Source: https://example.com/report") == []
    assert codes("see https://example.com/report") == ["unsupplied_link"]
    assert codes("on example.com/a or www.example.org", supplied="example.com/a www.example.org") == ["links"]
    assert codes("at 3.5 p.m. e.g. the U.S. firm vs. S.A. peers") == []


def test_an_unknown_platform_has_the_forums_limits() -> None:
    assert codes("good #a #b #c #d", "no-such-place") == ["hashtags"]


@pytest.mark.parametrize(
    "text",
    [
        "DM me for more", "Feel free to message me.", "Join our Telegram group today", "add me on WhatsApp", "follow my VIP channel", "link in bio", "mail joe@example.org", "call: +852 9123 4567", "私訊小編", "find me on Telegram", "Telegram: @stocks",
        "t.me/stockgroup", "LINE ID: abc", "加我LINE", "私訊我", "加入我的群組", "免費領取飆股", "加微信詳談", "微信號abc123", "電話：9123 4567", "進群一起討論",
    ],
)  # fmt: skip
def test_contact_details_and_invitations_are_found(text: str) -> None:
    assert "contact" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "WeChat has more users than LINE and Telegram.", "微信支付與WhatsApp的商業化", "LINE在台灣的市占", "I follow the company closely.", "Join the discussion below.", "They never contact me about dividends.",
        "Apple's iMessage groups", "歡迎留言討論", "加入標普指數", "the group's channel checks", "電話會議上管理層說", "聯絡不上的管理層", "The bottom line: margins matter.", "Let me add my view: channel inventory is high in one group.", "Follow me on this line of reasoning.", "微信群裡都在討論業績", "微信搜一搜的廣告收入", "JD.com and Booking.com are stocks.", "revenue of 12 345 678",
    ],
)  # fmt: skip
def test_apps_as_a_subject_are_no_invitation(text: str) -> None:
    assert codes(text) == []


def test_shouting_is_capitals_in_a_row_or_signs() -> None:
    assert codes("THIS STOCK NEVER FAILS") == ["shouting"]
    assert codes("Wow!!!") == ["shouting"]
    assert codes("真的假的！！！") == ["shouting"]
    assert codes("NVIDIA (NVDA) beat on EPS, and the CEO of TSMC said AI and HPC lead. Really?!") == []
