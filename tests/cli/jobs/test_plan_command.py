"""`headrace plan`."""

from __future__ import annotations

import json
from collections.abc import Callable

from typer.testing import Result

from tests.cli.fake_api import PLAN, FakeApi

Headrace = Callable[..., Result]
POSTING = ("--set", "posting_text=Engineer wanted")


def test_a_plan_is_a_table_with_ranges_and_its_sums_in_words(api: FakeApi, headrace: Headrace) -> None:
    done = headrace("plan", "interview-prep", *POSTING, "--url", api.url)
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["stage", "tasks", "calls", "tokens", "cost", "shortest", "taken", "from"]
    assert ["Plan", "searches"] in lines, "what does nothing has nothing to say"
    assert ["Write", "section", "8", "12", "43,400", "$0.0770", "1", "min", "30", "s", "5", "earlier", "jobs"] in lines
    assert ["Render", "guide", "8", "8", "11,200", "$0.0224", "4.0", "s", "expected"] in lines
    assert ["all,", "likely", "8", "12", "43,400", "$0.0770", "1", "min", "30", "s"] in lines
    assert ["at", "least", "8", "8", "11,200", "$0.0224", "4.0", "s"] in lines
    assert ["at", "most", "8", "16", "105,000", "$0.2730", "2", "min", "00", "s"] in lines
    assert "Likely $0.0770 (from $0.0224 to $0.2730), 12 calls, 43,400 tokens." in done.stdout
    assert "Shortest possible time: 1 min 30 s, set by the limit of openai." in done.stdout
    assert "no price of the model a-model is known." in done.stdout
    assert api.asked == ["POST /api/v1/plans"]
    assert api.bodies == [{"pipeline": "interview-prep", "input": {"posting_text": "Engineer wanted"}}]


def test_json_is_the_apis_answer(api: FakeApi, headrace: Headrace) -> None:
    done = headrace("plan", "interview-prep", *POSTING, "--url", api.url, "--json")
    assert json.loads(done.stdout) == PLAN


def test_an_unknown_pipeline_is_a_usage_error(headrace: Headrace) -> None:
    assert headrace("plan", "no-such").exit_code == 2
