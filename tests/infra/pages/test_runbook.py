"""The runbook has a section for every alert, and no other; what alerts point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.deployment.resource_kinds import alert_names
from tests.infra.terraform.terraform_files import read

PAGE = Path(__file__).parents[3] / "docs" / "runbook" / "alerts.md"
SECTIONS = dict(re.findall(r"(?ms)^## (\w+)\n(.*?)(?=^## |\Z)", PAGE.read_text()))
BUDGET = "budget"
"""What the billing budget tells; it is no alert policy."""


def test_every_alert_has_its_section_and_every_section_its_alert() -> None:
    assert set(SECTIONS) == alert_names(read().variables) | {BUDGET}


@pytest.mark.parametrize("alert", SECTIONS)
def test_a_section_says_what_it_means_where_to_look_and_what_to_do(alert: str) -> None:
    parts = re.findall(r"(?m)^\*\*(\w+)\.\*\* (.+)", SECTIONS[alert])
    assert [name for name, _ in parts] == ["Means", "Look", "Do"]
    assert all(len(text) > 20 for _, text in parts)


def test_every_alert_names_its_section() -> None:
    for each in read().of("google_monitoring_alert_policy"):
        (text,) = each.of("documentation", "content")
        page, _, section = re.findall(r"(docs/[\w/.]+)(#)([\w${}.]+)", text)[0]
        assert (PAGE.parents[2] / page) == PAGE
        assert section in {"${each.key}.", "error_share.", "clock_stopped."}
