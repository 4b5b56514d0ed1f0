"""What interview_prep expects, against what the sample postings were measured to take."""

from __future__ import annotations

import pytest

from functions.interview_prep.flow import FLOW
from functions.interview_prep.prep_request import PrepRequest
from functions.jobs_api.reports.job_estimate import Plan, StagePlan, plan
from shared.adapters.openai.model_catalogue import price_of
from shared.adapters.openai.models import OpenAIModels
from shared.ports import Ports
from shared.settings import Settings
from tests.support.fakes import FakeLimits, fake_ports

MEASURED = {"calls": 31, "input_tokens": 46_985, "output_tokens": 10_283}
"""The demo's posting, offline."""


@pytest.fixture
def ports() -> Ports:
    return fake_ports(models=OpenAIModels(Settings(), FakeLimits()))


def planned(ports: Ports, **asked: object) -> Plan:
    return plan(FLOW, PrepRequest.model_validate({"job_posting_url": "https://jobs.example/1", **asked}), [], ports)


def test_a_plan_is_near_what_a_sample_posting_takes(ports: Ports) -> None:
    told = planned(ports)
    for name, took in MEASURED.items():
        likely, low, high = (getattr(numbers, name) for numbers in (told, told.low, told.high))
        assert low <= took <= high
        assert likely == pytest.approx(took, rel=0.4)
    good, fast = price_of("gpt-6.1-terra"), price_of("gpt-6-luna")
    sections, insights = (
        next(stage for stage in told.stages if stage.name == name) for name in ("write_section", "extract_insights")
    )
    assert sections.dollars == pytest.approx((sections.input_tokens * good.input + sections.output_tokens * good.output) / 1e6)
    assert insights.dollars == pytest.approx((insights.input_tokens * fast.input + insights.output_tokens * fast.output) / 1e6)
    assert told.dollars == pytest.approx(sections.dollars + insights.dollars)


@pytest.mark.parametrize("sources", [(), ("export",)])
def test_without_forums_nothing_is_searched(ports: Ports, sources: tuple[str, ...]) -> None:
    told = planned(ports, sources=sources)
    found = {stage.name: stage.high.calls for stage in told.stages}
    assert (found["search_forum"], found["read_comments"], found["write_section"]) == (0, 0, 7)


def test_all_of_it_is_low_likely_high_in_this_order(ports: Ports) -> None:
    told = planned(ports)
    rows: list[Plan | StagePlan] = [told, *told.stages]
    for numbers in rows:
        for name in ("tasks", "calls", "tokens", "dollars", "floor_seconds"):
            assert getattr(numbers.low, name) <= getattr(numbers, name) <= getattr(numbers.high, name), (name, numbers)
