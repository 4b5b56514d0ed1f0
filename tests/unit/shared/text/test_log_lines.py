"""Log events as people read them: one line each, with the line of code that a developer would open."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
import structlog
from structlog.stdlib import get_logger

from shared import logs
from shared.text.log_lines import JOB_ENDED


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    before = structlog.get_config()
    made = io.StringIO()
    logs.configure("warning", made, human=True, always=(JOB_ENDED,))
    yield made
    structlog.configure(**before)


def missing(of: dict[str, int]) -> int:
    return of["missing"]


def no_number(_: dict[str, int]) -> int:
    return int("x")


def no_place(of: dict[str, int]) -> int:
    return list(of.values())[3]


@pytest.mark.parametrize(("broken", "name"), [(missing, "KeyError"), (no_number, "ValueError"), (no_place, "IndexError")])
def test_a_crash_is_one_line_with_what_was_raised_and_where(
    stream: io.StringIO, broken: Callable[[dict[str, int]], int], name: str
) -> None:
    try:
        broken({})
    except (LookupError, ValueError):
        get_logger().exception("stage_crashed", job_id="j1", stage="read_posting", attempt=2)
    (line,) = stream.getvalue().splitlines()
    assert f"error: stage crashed: {name}: " in line
    assert "test_log_lines.py:" in line
    assert "(j1, read_posting, attempt 2)" in line


def test_a_jobs_end_is_told_at_every_level_and_other_news_are_not(stream: io.StringIO) -> None:
    get_logger().info("task_ended", job_id="j1")
    get_logger().info(JOB_ENDED, job_id="j1", pipeline="toy", status="succeeded", seconds=2.94, usd=0.0031)
    get_logger().info(
        JOB_ENDED, job_id="j2", pipeline="toy", status="failed", seconds=0.5, usd=0.0, error="no such page", stage="read"
    )
    first, second = stream.getvalue().splitlines()
    assert first.endswith(" toy j1 succeeded in 2.9 s, $0.0031")
    assert second.endswith(" toy j2 failed in 0.5 s, $0.0000: no such page (in read)")


def test_numbers_of_tokens_are_shown_and_keys_are_not(stream: io.StringIO) -> None:
    get_logger().warning("call_ended", input_tokens=12, openai_api_key="sk-1", token_count=3)
    line = stream.getvalue()
    assert ("input_tokens=12" in line, "token_count=3" in line, "sk-1" in line) == (True, True, False)
