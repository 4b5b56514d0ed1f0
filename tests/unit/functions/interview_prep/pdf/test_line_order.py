"""A line's drawing order, held to what a kept implementation of the Unicode algorithm gave for the same lines."""

from __future__ import annotations

import pytest

from functions.interview_prep.pdf.typography.bidirectional import visual
from functions.interview_prep.pdf.typography.line_order import drawing_order

CASES = [
    (
        "\u0645\u0642\u0627\u0628\u0644\u0629 Python 3.11 \u0641\u064a 2026",
        False,
        "\u0629\u0644\u0628\u0627\u0642\u0645 Python 3.11 2026 \u064a\u0641",
    ),
    (
        "\u0645\u0642\u0627\u0628\u0644\u0629 Python 3.11 \u0641\u064a 2026",
        True,
        "2026 \u064a\u0641 Python 3.11 \u0629\u0644\u0628\u0627\u0642\u0645",
    ),
    ("\u05e9\u05dc\u05d5\u05dd (AWS) 50%", False, "\u05dd\u05d5\u05dc\u05e9 (AWS) 50%"),
    ("\u05e9\u05dc\u05d5\u05dd (AWS) 50%", True, "50% )AWS( \u05dd\u05d5\u05dc\u05e9"),
    ("(\u0645\u0642\u0627\u0628\u0644\u0629) 12", False, "(\u0629\u0644\u0628\u0627\u0642\u0645) 12"),
    ("(\u0645\u0642\u0627\u0628\u0644\u0629) 12", True, "12 )\u0629\u0644\u0628\u0627\u0642\u0645("),
    ("\u0627\u0644\u0633\u0639\u0631 $120-150!", False, "150-120$ \u0631\u0639\u0633\u0644\u0627!"),
    ("\u0627\u0644\u0633\u0639\u0631 $120-150!", True, "!150-120$ \u0631\u0639\u0633\u0644\u0627"),
    ("C++ \u0648 Java / 3.5", False, "C++ \u0648 Java / 3.5"),
    ("C++ \u0648 Java / 3.5", True, "Java / 3.5 \u0648 ++C"),
    ("(AWS)50%", False, "(AWS)50%"),
    ("(AWS)50%", True, "50%)AWS("),
    ("\u0663\u0664 (\u0641\u064a\u0639\u0645\u0644-C++)", False, "\u0663\u0664 (\u0644\u0645\u0639\u064a\u0641-C++)"),
    ("\u0663\u0664 (\u0641\u064a\u0639\u0645\u0644-C++)", True, ")++C-\u0644\u0645\u0639\u064a\u0641( \u0663\u0664"),
    (
        "\u05e9\u05dc\u05d5\u05dd: [\u05e8\u05d0\u05d9\u05d5\u05df 2] ok.",
        False,
        "]2 \u05df\u05d5\u05d9\u05d0\u05e8[ :\u05dd\u05d5\u05dc\u05e9 ok.",
    ),
    (
        "\u05e9\u05dc\u05d5\u05dd: [\u05e8\u05d0\u05d9\u05d5\u05df 2] ok.",
        True,
        ".ok ]2 \u05df\u05d5\u05d9\u05d0\u05e8[ :\u05dd\u05d5\u05dc\u05e9",
    ),
    ("(\u05e9\u05dc\u05d5\u05dd+1)12", False, "(1+\u05dd\u05d5\u05dc\u05e9)12"),
    ("(\u05e9\u05dc\u05d5\u05dd+1)12", True, "12)1+\u05dd\u05d5\u05dc\u05e9("),
    (" !\u0663\u0664(...\u0641\u064a) ", False, " !)\u064a\u0641...(\u0663\u0664 "),
    (" !\u0663\u0664(...\u0641\u064a) ", True, " )\u064a\u0641...(\u0663\u0664! "),
    ("a (b \u05e9) \u05d2", False, "a (b \u05e9) \u05d2"),
    ("a (b \u05e9) \u05d2", True, "\u05d2 )\u05e9 b( a"),
    ("\u05e8\u05d0\u05d9\u05d5\u05df e-mail: a.b@c.de", False, "\u05df\u05d5\u05d9\u05d0\u05e8 e-mail: a.b@c.de"),
    ("\u05e8\u05d0\u05d9\u05d5\u05df e-mail: a.b@c.de", True, "e-mail: a.b@c.de \u05df\u05d5\u05d9\u05d0\u05e8"),
]
"""Line, whether it is read from the right, and as it is drawn."""


@pytest.mark.parametrize(("line", "from_right", "drawn"), CASES)
def test_a_line_is_drawn_as_the_unicode_algorithm_says(line: str, from_right: bool, drawn: str) -> None:
    assert drawing_order(line, from_right=from_right) == drawn


@pytest.mark.parametrize("line", ["", " ", "(", ")", "((", "abc", "1", "\u05d0"])
def test_the_shortest_lines_lose_nothing(line: str) -> None:
    for from_right in (False, True):
        assert sorted(drawing_order(line, from_right=from_right)) == sorted(line)


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        # what stands in quotation marks and is read the other way is ordered by itself: its words stay in their order
        ("say \u201c\u05e9\u05dc SQL \u05d5\u05dd AWS\u201d now", "say \u201cAWS \u05dd\u05d5 SQL \u05dc\u05e9\u201d now"),
        ("pay \u201c22 \u05e2\u05d3 28\u201d now", "pay \u201c28 \u05d3\u05e2 22\u201d now"),
        ("\u05e9\u05dc \u201cAWS (C1), 5\u201d \u05d5\u05dd", "\u05dd\u05d5 \u201dAWS (C1), 5\u201c \u05dc\u05e9"),
        # a name in Latin letters at its beginning does not turn it
        (
            "\u05e9\u05dc \u201cAWS \u05e9\u05dc\u05d5\u05dd\u201d \u05d5\u05dd",
            "\u05dd\u05d5 \u201d\u05dd\u05d5\u05dc\u05e9 AWS\u201c \u05dc\u05e9",
        ),
        # a quotation that the line's end cuts
        ("say \u201c\u05e9\u05dc SQL \u05d5\u05dd", "say \u201c\u05dd\u05d5 SQL \u05dc\u05e9"),
    ],
)
def test_quotations_that_are_read_the_other_way_keep_their_own_order(line: str, drawn: str) -> None:
    assert visual(line) == drawn


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        # a range with words that are read from the right is one phrase, though a number begins it
        ("pay 22 \u05e2\u05d3 28 \u05e9\u05d7 now", "pay \u05d7\u05e9 28 \u05d3\u05e2 22 now"),
        ("pay 22-28 \u05e9\u05d7, now", "pay \u05d7\u05e9 22-28, now"),
        # a number that belongs to the line's own words stays where it is
        ("in 2024 \u05e9\u05dc opened", "in 2024 \u05dc\u05e9 opened"),
    ],
)
def test_a_range_that_is_read_the_other_way_keeps_its_own_order(line: str, drawn: str) -> None:
    assert visual(line) == drawn


@pytest.mark.parametrize(
    ("line", "from_right", "drawn"),
    [
        ("إتقان Backend (Laravel أو Go)", True, "(Go وأ Laravel) Backend ناقتإ"),
        ("مهندس (QA) أول", True, "لوأ (QA) سدنهم"),
        ("works with (עברית) only", False, "works with (תירבע) only"),
    ],
)
def test_a_bracket_that_is_read_from_the_right_is_turned(line: str, drawn: str, *, from_right: bool) -> None:
    """Also between two Latin words: the pair goes with the line where something in it does."""
    assert drawing_order(line, from_right=from_right, turned=True) == drawn
