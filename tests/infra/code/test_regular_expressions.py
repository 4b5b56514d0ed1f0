"""No pattern of the project may take more than linear time, or mean something else to an older Python: either holds a process up."""

import subprocess
import sys

import pytest

from tests.support.patterns.regex_growth import slow_on
from tests.support.patterns.regex_possessive import misread_by_old_python


@pytest.mark.timeout(300)
def test_every_regular_expression_takes_linear_time_and_means_the_same_to_every_python() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.patterns.regex_growth"], capture_output=True, text=True, check=False, timeout=580
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


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a|bc)*+", r"(?:\s*+,)*+", r"(?:ab?c)++", r"(?>ab?c)", r"x(?:(?:\.\w++)*+y)?", r"(?:,(?!x))*+", r"(?:<(?=a)b)*+"],
)
def test_groups_that_old_python_misreads_are_found(pattern: str) -> None:
    assert misread_by_old_python(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\w++", r"(?:ab)*+", r"(?:\\.[^\\]*+)*+", r"(?:,\w*+)?+", r"(?:(?=<[^/])<\w*+)*+", r"(?:a|bc)*"]
)
def test_groups_that_every_python_reads_alike_pass(pattern: str) -> None:
    assert not misread_by_old_python(pattern)
