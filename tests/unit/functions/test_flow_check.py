"""Mistakes in a flow are found before it runs, with file and line: made in copies of a pipeline that has none."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from functions import (
    PIPELINES,
    broken_pipelines,
    by_package,
    check_sound,
    deployed,
    flow_check,
    left_out,
    pipelines,
    registrations,
)
from functions.flow_check import check_pipelines, faults, leave_out_broken
from functions.flow_fault import BadFlow, FlowFault
from functions.pipeline_registration import load
from infra.testing.pytest_plugin import check_pipeline
from shared import bootstrap
from shared.engine.flow import Branch
from shared.errors import BadInput
from tests.pipelines import noop

SOURCE = Path(noop.__file__).parent
Broken: TypeAlias = Callable[..., list[FlowFault]]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Makes a copy of noop in which something stands in place of something else, `copied("flow.py", "a", "b")`: its package."""
    monkeypatch.syspath_prepend(tmp_path)
    name = f"broken_{tmp_path.name.replace('-', '_')}"

    def made(file: str, before: str, after: str) -> str:
        shutil.copytree(SOURCE, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (tmp_path / name).glob("*.py"):
            path.write_text(path.read_text().replace("tests.pipelines.noop", name))
        text = (tmp_path / name / file).read_text()
        assert before in text
        (tmp_path / name / file).write_text(text.replace(before, after, 1))
        importlib.invalidate_caches()
        return name

    yield made
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


@pytest.fixture
def broken(copied: Callable[..., str]) -> Broken:
    """The faults of such a copy."""

    def found(file: str, before: str, after: str) -> list[FlowFault]:
        name = copied(file, before, after)
        return list(faults(name, load(f"{name}.pipeline:PIPELINE")))

    return found


MISTAKES = {
    "a lane that there is not": ("flow.py", "Stage(spread, ", 'Stage(spread, lane="modles", ', "did you mean models?", "flow.py"),
    "a lane with a capital": ("flow.py", "Stage(total)", 'Stage(total, lane="Models")', "no lane 'Models'", "flow.py"),
    "a lane that is empty": ("flow.py", "Stage(total)", 'Stage(total, lane="")', "no lane ''", "flow.py"),
    "a field to fan out over that there is not": ("flow.py", "Stage(total)", 'Stage(total, each="itmes")', "no field 'itmes'", "flow.py"),
    "a sum of no field": ("flow.py", "Stage(nothing, ", 'Stage(nothing, sums=("membrs",), ', "did you mean members?", "flow.py"),
    "enough of no field": ("flow.py", "Join(total, ", 'Join(total, enough=("good", 3), ', "no field 'good'", "flow.py"),
    "words about no sum": ("flow.py", "Stage(nothing, ", 'Stage(nothing, says="{found} found", ', "names 'found'", "flow.py"),
    "a need that the function does not take": ("flow.py", "Stage(total)", "Stage(total, needs=(Request,))", "takes 1 argument besides ports, and the flow gives it 2", "flow.py"),
    "a need that is no stage": ("flow.py", "Stage(total)", "Stage(total, needs=(added,))", "needs added", "flow.py"),
    "a result that the next does not take": ("flow.py", "-> AsyncIterator[Item]", "-> AsyncIterator[Total]", "gives Total, and nothing takes Item", "flow.py"),
    "one result where many are wanted": ("flow.py", "-> AsyncIterator[Item]", "-> Item", "so a list is given to it", "flow.py"),
    "a function that main.py does not have": ("main.py", 'noop_total = stage_function(FLOW, "total")', "", "no function noop_total", "flow.py"),
    "a function that is misspelt": ("main.py", "noop_spread", "noop_spraed", "did you mean noop_spraed?", "flow.py"),
    "a stage that is not registered": ("pipeline.py", '"spread", "nothing", "total"', '"spread", "nothing"', "does not name it", "pipeline.py"),
    "a stage that there is not": ("pipeline.py", '"spread", "nothing", "total"', '"spread", "nothing", "total", "totl"', "no stage of the flow: did you mean total?", "pipeline.py"),
    "an import that there is not": ("flow.py", "from pydantic import BaseModel", "from pydantic import BaseModle", "ImportError", "flow.py"),
    "a name that there is not": ("flow.py", "Stage(total)", "Stage(totl)", "NameError", "flow.py"),
    "a stage's function of no stage": ("main.py", '"total")', '"totl")', "KeyError: 'totl'", "main.py"),
    "a rule of flows": ("flow.py", "Stage(total)", "Stage(spread)", "named twice", "flow.py"),
    "what is no Python": ("flow.py", "Stage(total)", "Stage(total", "SyntaxError", "flow.py"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_found_where_it_stands(broken: Broken, mistake: tuple[str, str, str, str, str]) -> None:
    file, before, after, said, stands = mistake
    found = broken(file, before, after)
    assert [fault for fault in found if said in fault.message], found
    fault = next(fault for fault in found if said in fault.message)
    lines = fault.file.read_text().splitlines()
    assert (fault.file.name, 1 <= fault.line <= len(lines)) == (stands, True)


def test_the_line_is_the_keywords(broken: Broken) -> None:
    (fault,) = broken("flow.py", "Stage(total)", 'Stage(total,\n        says="",\n        lane="modles",\n    )')
    assert 'lane="modles"' in fault.file.read_text().splitlines()[fault.line - 1]


def test_how_main_makes_its_functions_is_its_own_business(broken: Broken) -> None:
    made = 'noop_spread, noop_nothing = (stage_function(FLOW, name) for name in ("spread", "nothing"))'
    text = (SOURCE / "main.py").read_text()
    one, two = 'noop_spread = stage_function(FLOW, "spread")', 'noop_nothing = stage_function(FLOW, "nothing")'
    assert one in text
    assert two in text
    assert broken("main.py", f"{one}\n{two}", made) == []


def test_our_own_pipelines_have_none() -> None:
    assert [str(fault) for package, registered in by_package().items() for fault in faults(package, registered)] == []


def test_the_test_helper_says_all_of_them() -> None:
    check_pipeline("tests.pipelines.asking")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("flow.py", "Stage(total)", 'Stage(total, lane="modles")'),
        ("flow.py", "from pydantic import BaseModel", "from pydantic import BaseModle"),
        ("main.py", '"total")', '"totl")'),
        ("pipeline.py", "about=", "abuot="),
        ("pipeline.py", "Pipeline(", "Pipeline((("),
    ],
)
def test_a_broken_one_is_left_out_and_the_others_are_there(
    copied: Callable[..., str], monkeypatch: pytest.MonkeyPatch, file: str, before: str, after: str
) -> None:
    monkeypatch.setenv("HEADRACE_PIPELINES", copied(file, before, after))
    monkeypatch.setattr(bootstrap, "_ports", None)
    try:
        leave_out_broken()
        (gone,) = left_out().values()
        assert gone.faults[0].file.name == file
        assert set(pipelines()) == set(registrations()) == {name.replace("_", "-") for name in PIPELINES}
        assert not set(gone.functions) & set(deployed())
        check_sound("for-you")
        with pytest.raises(BadFlow, match=f"{file}:"):
            check_sound(gone.title)
        with pytest.raises(BadFlow, match=f"{file}:"):
            check_pipelines()
    finally:
        broken_pipelines.forget()


def test_two_that_want_the_same_name_are_told_which(copied: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_PIPELINES", f"tests.pipelines.noop,{copied('flow.py', 'Stage(total)', 'Stage(total, )')}")
    monkeypatch.setattr(bootstrap, "_ports", None)
    with pytest.raises(BadInput, match="noop_spread"):
        registrations()


def test_what_a_branch_says_is_among_what_it_adds_up() -> None:
    registered = by_package()["functions.transcript_graph"]
    flow = load(registered.flow)
    stages = [
        replace(stage, then=replace(stage.then, says="{names:.0f} of {pairs:.0f}", sums=("names", "of_nothing")))
        if isinstance(stage.then, Branch)
        else stage
        for stage in flow.stages
    ]
    found = [said for stage in stages for said in flow_check._of_stage(flow, stage)]
    assert {keyword for keyword, _ in found} == {"says", "sums"}
    assert any("names 'pairs'" in said for _, said in found)
    assert any("no field 'of_nothing'" in said for _, said in found)
