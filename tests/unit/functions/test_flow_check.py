"""Mistakes in a flow are found before it runs, with file and line: made in copies of a pipeline that has none."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from functions import by_package
from functions.flow_check import faults
from functions.flow_fault import FlowFault
from functions.pipeline_registration import load
from infra.testing.pytest_plugin import check_pipeline
from tests.pipelines import noop

SOURCE = Path(noop.__file__).parent
Broken: TypeAlias = Callable[..., list[FlowFault]]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    """The faults of a copy of noop in which something stands in place of something else: `broken("flow.py", "a", "b")`."""
    monkeypatch.syspath_prepend(tmp_path)
    name = f"broken_{tmp_path.name.replace('-', '_')}"

    def made(file: str, before: str, after: str) -> list[FlowFault]:
        shutil.copytree(SOURCE, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (tmp_path / name).glob("*.py"):
            path.write_text(path.read_text().replace("tests.pipelines.noop", name))
        text = (tmp_path / name / file).read_text()
        assert before in text
        (tmp_path / name / file).write_text(text.replace(before, after, 1))
        importlib.invalidate_caches()
        return list(faults(name, load(f"{name}.pipeline:PIPELINE")))

    yield made
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


MISTAKES = {
    "a lane that there is not": ("flow.py", "Stage(spread, ", 'Stage(spread, lane="modles", ', "did you mean models?", "flow.py"),
    "a lane with a capital": ("flow.py", "Stage(total)", 'Stage(total, lane="Models")', "no lane 'Models'", "flow.py"),
    "a lane that is empty": ("flow.py", "Stage(total)", 'Stage(total, lane="")', "no lane ''", "flow.py"),
    "a field to fan out over that there is not": ("flow.py", "Stage(total)", 'Stage(total, each="itmes")', "no field 'itmes'", "flow.py"),
    "a sum of no field": ("flow.py", "Stage(nothing, ", 'Stage(nothing, sums=("membrs",), ', "did you mean members?", "flow.py"),
    "enough of no field": ("flow.py", "Join(total, ", 'Join(total, enough=("good", 3), ', "no field 'good'", "flow.py"),
    "a stagger by no field": ("flow.py", "Stage(nothing, ", 'Stage(nothing, stagger=("nummer", 1), ', "did you mean number?", "flow.py"),
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


def test_our_own_pipelines_have_none() -> None:
    assert [str(fault) for package, registered in by_package().items() for fault in faults(package, registered)] == []


def test_the_test_helper_says_all_of_them() -> None:
    check_pipeline("tests.pipelines.asking")
