"""Quiet hours as moments: over clock changes, midnight, and ranges that touch."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.publish.posting_times.quiet_hours import quiet_until, ranges_of


def at(text: str, zone: str = "UTC", fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC).timestamp()


@pytest.mark.parametrize(
    ("hours", "zone", "now", "until"),
    [
        ("22:00-07:00", "Asia/Taipei", at("2026-11-23 23:00", "Asia/Taipei"), at("2026-11-24 07:00", "Asia/Taipei")),
        ("22:00-07:00", "Asia/Taipei", at("2026-11-24 06:59", "Asia/Taipei"), at("2026-11-24 07:00", "Asia/Taipei")),
        ("22:00-07:00", "Asia/Taipei", at("2026-11-24 07:00", "Asia/Taipei"), 0),
        ("12:00-13:30, 22:00-07:00", "UTC", at("2026-11-24 12:10"), at("2026-11-24 13:30")),
        ("20:00-22:00,22:00-24:00,00:00-06:00", "UTC", at("2026-11-24 20:10"), at("2026-11-25 06:00")),
        ("01:00-01:30", "Europe/Berlin", at("2026-10-25 01:10", "Europe/Berlin"), at("2026-10-25 01:30", "Europe/Berlin")),
        # Clocks go back at three to two: what they show twice is quiet twice.
        ("22:00-02:30", "Europe/Berlin", at("2026-10-25 02:10", "Europe/Berlin"), at("2026-10-25 02:30", "Europe/Berlin")),
        ("22:00-02:30", "Europe/Berlin", at("2026-10-25 02:40", "Europe/Berlin"), 0),
        ("22:00-02:30", "Europe/Berlin", at("2026-10-25 02:10", "Europe/Berlin", 1), at("2026-10-25 02:30", "Europe/Berlin", 1)),
        ("02:30-05:00", "Europe/Berlin", at("2026-10-25 02:40", "Europe/Berlin"), at("2026-10-25 02:00", "Europe/Berlin", 1)),
        # Forward at two to three: half past two is past, and two to three does not come.
        ("22:00-02:30", "Europe/Berlin", at("2026-03-29 01:50", "Europe/Berlin"), at("2026-03-29 01:00", "UTC")),
        ("02:00-03:00", "Europe/Berlin", at("2026-03-29 01:50", "Europe/Berlin"), 0),
        # By half an hour, from two to half past one.
        (
            "23:00-01:45",
            "Australia/Lord_Howe",
            at("2027-04-04 01:40", "Australia/Lord_Howe", 1),
            at("2027-04-04 01:45", "Australia/Lord_Howe", 1),
        ),
        ("23:00-01:45", "Australia/Lord_Howe", at("2027-04-04 01:50", "Australia/Lord_Howe"), 0),
        # The 30th of December 2011 was left out.
        ("22:00-07:00", "Pacific/Apia", at("2011-12-29 23:00", "Pacific/Apia"), at("2011-12-31 07:00", "Pacific/Apia")),
        ("20:00-24:00", "Pacific/Apia", at("2011-12-29 23:00", "Pacific/Apia"), at("2011-12-31 00:00", "Pacific/Apia")),
        ("22:00-22:00", "UTC", at("2026-11-24 22:00"), 0),
        ("", "UTC", at("2026-11-24 12:10"), 0),
    ],
)
def test_the_end_is_a_moment(hours: str, zone: str, now: float, until: float) -> None:
    assert quiet_until(ranges_of(hours), zone, now) == until


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Taipei"]
)
CLOCK = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(
    st.lists(st.tuples(CLOCK, CLOCK), max_size=3), ZONES, st.integers(int(at("2026-03-01 00:00")), int(at("2026-11-30 00:00")))
)
def test_it_is_never_in_the_past_and_nothing_is_quiet_then(ranges: list[tuple[str, str]], zone: str, now: int) -> None:
    try:
        hours = ranges_of(",".join(f"{begin}-{end}" for begin, end in ranges))
    except ValueError:  # all day
        return
    until = quiet_until(hours, zone, now)
    assert until == 0 or until > now
    if until:
        assert quiet_until(hours, zone, until) == 0
        assert all(quiet_until(hours, zone, moment) == until for moment in range(now, int(until), 300))


@pytest.mark.parametrize("hours", ["00:00-24:00", "06:00-18:00, 17:00-06:00"])
def test_quiet_hours_leave_some_time(hours: str) -> None:
    with pytest.raises(ValueError, match="no time of the day"):
        ranges_of(hours)


def test_what_is_no_range_is_refused() -> None:
    for wrong in ("22-7", "25:00-07:00", "always", ",".join(["1:00-2:00"] * 11)):
        with pytest.raises(ValueError, match="quiet hours"):
            ranges_of(wrong)
