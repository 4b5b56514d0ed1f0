"""What a variable's text has to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from shared.errors import BadInput
from shared.setting_values import read_value
from shared.settings import Settings


@pytest.mark.parametrize(
    ("raw", "default", "value"),
    [("7", 1, 7), ("0", 1, 0), ("1.5", 0.0, 1.5), ("a, b,,", (), ("a", "b")), ("x/y", Path(), Path("x/y")), ("text", "", "text")],
)
def test_a_value_is_of_its_settings_kind(raw: str, default: Any, value: Any) -> None:
    assert read_value("HEADRACE_X", raw, default) == value


@pytest.mark.parametrize(
    ("raw", "default", "said"),
    [
        ("many", 1, "a whole number from 0 on"),
        ("1.5", 1, "a whole number from 0 on"),
        ("-1", 1, "a whole number from 0 on"),
        ("x", 0.0, "a number from 0 on"),
        ("-0.5", 0.0, "a number from 0 on"),
        ("nan", 0.0, "a number from 0 on"),
        ("inf", 0.0, "a number from 0 on"),
        ("9" * 400, 1, "a whole number from 0 on"),
        ("9" * 5000, 1, "a whole number from 0 on"),
    ],
)
def test_what_is_no_number_that_could_be_meant_is_refused(raw: str, default: Any, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        read_value("HEADRACE_X", raw, default)


def test_there_is_at_least_one_worker() -> None:
    with pytest.raises(BadInput, match=re.escape("HEADRACE_WORKERS='0'")):
        Settings.load({"HEADRACE_WORKERS": "0"})
