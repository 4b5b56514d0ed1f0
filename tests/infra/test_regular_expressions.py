"""No pattern of the project may take more than linear time: one small input would hold up the whole process."""

import subprocess
import sys

import pytest

from tests.support.regex_growth import slow_on


@pytest.mark.timeout(300)
def test_every_regular_expression_takes_linear_time() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.regex_growth"], capture_output=True, text=True, check=False, timeout=280
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"\s+$", {"sub"}),
        (r"(?:\w+\s*)+:", {"search"}),
        (r"```(?:json)?\s*\n(.*?)\n\s*```", {"search"}),
        (r"(?:-|\s-|- )+x", {"match"}),
        (r"<[^>]*>", {"search"}),
    ],
)
def test_patterns_that_are_not_linear_are_found(pattern: str, methods: set[str]) -> None:
    assert slow_on(pattern, 0, methods) is not None


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"(?<!\s)\s+$", {"sub"}),
        (r"\s*:", {"match"}),
        (r"</?(?:system|data)\b[^>]{0,300}+>", {"search"}),
        (r'"(?:[^"\\]|\\.)*+"?+', {"search"}),
    ],
)
def test_linear_patterns_pass(pattern: str, methods: set[str]) -> None:
    assert slow_on(pattern, 0, methods) is None
