"""Times as people type them: today's or tomorrow's clock time, a date, so much later, with or without a zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import typer

from infra.cli.chosen_time import chosen_time
from infra.cli.output import value_formatting
from tests.support.stopped_clock import StoppedClock


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """What it is here, wherever that is."""
    here = datetime(2027, 1, 15, 9, 30).astimezone()
    monkeypatch.setattr(value_formatting, "clock", StoppedClock(here))
    return here


def meant(text: str) -> datetime:
    return datetime.fromisoformat(chosen_time(text))


def test_a_clock_time_is_the_next_such_one(now: datetime) -> None:
    assert meant("18:05") == now.replace(hour=18, minute=5)
    assert meant("7:05") == now.replace(hour=7, minute=5) + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "later"), [("+30m", timedelta(minutes=30)), ("+2h", timedelta(hours=2)), ("+7d", timedelta(days=7))]
)
def test_so_much_later(now: datetime, text: str, later: timedelta) -> None:
    assert meant(text) == now + later


def test_a_date_without_a_zone_is_the_readers_and_one_with_it_stays() -> None:
    assert meant("2027-02-01 07:30") == datetime(2027, 2, 1, 7, 30).astimezone()
    assert meant("2027-02-01") == datetime(2027, 2, 1).astimezone()
    assert meant("2027-02-01T07:30:00+08:00") == datetime(2027, 2, 1, 7, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize("text", ["tomorrow", "25:00", "+2", "", "2027-13-01", "9" * 400])
def test_what_is_no_time_is_told_with_what_would_be(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="07:30"):
        chosen_time(text)
