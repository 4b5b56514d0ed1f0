from __future__ import annotations

import pytest
from pydantic import ValidationError

from functions.for_you.catalogue.podcast_feed_files import episodes
from functions.for_you.imported_records import Engagement, Episode, posix_seconds

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>The long tale</title><link>https://tale.example</link><language>en-GB</language><itunes:type>serial</itunes:type>
<itunes:category text="Fiction"/>
<item><title>Part one</title><guid>a1</guid><description>&lt;p&gt;How it &lt;b&gt;began&lt;/b&gt;&lt;/p&gt;</description>
<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate><itunes:duration>1:02:03</itunes:duration><itunes:season>1</itunes:season>
<itunes:episode>1</itunes:episode><enclosure url="https://tale.example/1.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Part two</title><guid>a2</guid><itunes:duration>95</itunes:duration><itunes:episode>2</itunes:episode></item>
</channel></rss>"""


def test_a_feed_becomes_episodes_of_one_series_in_order() -> None:
    one, two = (Episode.model_validate(row) for row in episodes(FEED))
    assert (one.title, one.description, one.duration_s, one.season, one.number) == ("Part one", "How it began", 3723, 1, 1)
    assert (one.series_type, one.language, one.categories, one.url) == (
        "serial",
        "en-GB",
        ("Fiction",),
        "https://tale.example/1.mp3",
    )
    assert one.published_at == 1767225600
    assert (two.series_id, two.duration_s, two.number) == (one.series_id, 95, 2)
    assert [row["id"] for row in episodes(FEED)] == [one.id, two.id]


def test_what_is_no_feed_says_so() -> None:
    with pytest.raises(ValueError, match="no feed"):
        list(episodes(b"just text"))


@pytest.mark.parametrize(
    "at", [1767225600, 1767225600000, "2026-01-01T00:00:00Z", "2026-01-01", "1767225600", "Thu, 01 Jan 2026 00:00:00 GMT"]
)
def test_times_are_read_as_people_write_them_and_the_same_event_is_one(at: object) -> None:
    event = Engagement.model_validate({"user_id": "u", "episode_id": "e", "action": "play", "at": at})
    assert event.at == 1767225600
    assert (
        event.id == Engagement.model_validate({"user_id": "u", "episode_id": "e", "action": "play", "timestamp": 1767225600.0}).id
    )
    assert event.key == f"0001767225600.000-{event.id}"


@pytest.mark.parametrize(
    "given",
    [
        {"user_id": "u", "at": 1},
        {"user_id": "u", "episode_id": "e", "at": "soon"},
        {"user_id": "a/b", "episode_id": "e", "at": 1},
    ],
)
def test_an_engagement_about_nothing_or_of_no_time_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Engagement.model_validate(given)


@pytest.mark.parametrize("duration", ["-10", "soon", "1:2:3:4", "90 min"])
def test_an_episode_is_not_lost_for_a_duration_that_is_none(duration: str) -> None:
    content = f'<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A</title><item><title>One</title><guid>g</guid><itunes:duration>{duration}</itunes:duration></item></channel></rss>'
    (row,) = episodes(content.encode())
    assert Episode.model_validate(row).duration_s == 0


def test_a_feed_that_breaks_off_is_said_to() -> None:
    with pytest.raises(ValueError, match="breaks off"):
        list(episodes(b'<rss version="2.0"><channel><title>cut off</tit'))


def test_times_are_read_in_any_unit_and_none_breaks_the_reader() -> None:
    assert [posix_seconds(value) for value in (1.7e9, 1.7e12, "1700000000000000", 1_700_000_000_000_000_000)] == [1.7e9] * 4
    assert posix_seconds("2023-11-14 22:13:20 UTC") == 1.7e9
    with pytest.raises(ValueError, match="is no time"):
        posix_seconds(10**400)
