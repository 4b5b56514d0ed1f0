"""The pytest plugin for whoever writes a pipeline: `pytest_plugins = ("infra.testing.pytest_plugin",)` in a `conftest.py`.

`pipeline_world(flow, …)` makes a world to run the flow in, `recorded_models` gives model answers from a file beside the test, and
`crash_everywhere(flow, request, …)` lets the process die at every commit. `check_pipeline("my.package")` finds what would keep it from
running: a lane that there is not, a field that is misspelt, a function that `main.py` does not have.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # the engine is imported by who asks for a fixture, and by nobody else's tests
    from infra.testing.pipeline_world import PipelineWorld
    from infra.testing.recorded_answers import RecordedModels
    from shared.engine.flow import Flow


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--headrace-record`."""
    parser.getgroup("headrace").addoption(
        "--headrace-record", action="store_true", help="Ask the model of the settings for answers that are not recorded yet."
    )


def check_pipeline(package: str) -> None:
    """Hold a pipeline to what a start would: lanes, fields, signatures, `main.py`, each with file and line.

    Raises:
        AssertionError: it has mistakes; the message lists them.
    """
    from functions import flow_check  # noqa: PLC0415 - see above
    from functions.pipeline_registration import load  # noqa: PLC0415

    found = [str(fault) for fault in flow_check.faults(package, load(f"{package}.pipeline:PIPELINE"))]
    assert not found, "\n".join(found)


@pytest.fixture
def pipeline_world(tmp_path: Path) -> Iterator[Callable[..., PipelineWorld]]:
    """Makes worlds: `pipeline_world(FLOW, models=…, web=…)`. They are closed afterwards."""
    from infra.testing.pipeline_world import PipelineWorld  # noqa: PLC0415 - see above

    made: list[PipelineWorld] = []

    def make(flow: Flow, **outside: Any) -> PipelineWorld:
        folder = tmp_path / f"world-{len(made)}"
        folder.mkdir()
        made.append(PipelineWorld(flow, folder, **outside))
        return made[-1]

    yield make
    for world in made:
        world.close()


@pytest.fixture
def crash_everywhere(tmp_path: Path) -> Callable[..., Awaitable[int]]:
    """Lets the process die at every commit of a flow's run, and answers how often it died; see this module's beginning."""
    from infra.testing.pipeline_world import PipelineWorld, survive  # noqa: PLC0415 - see above

    numbers = itertools.count()

    def crash(flow: Flow, request: dict[str, Any], **outside: Any) -> Awaitable[int]:
        def make() -> PipelineWorld:
            folder = tmp_path / f"crash-{next(numbers)}"
            folder.mkdir()
            return PipelineWorld(flow, folder, **outside)

        return survive(make, request)

    return crash


@pytest.fixture
def recorded_models(request: pytest.FixtureRequest) -> RecordedModels:
    """Model answers from `recorded/{test module}.json` beside the test."""
    from infra.testing.recorded_answers import RecordedModels  # noqa: PLC0415 - see above
    from shared import bootstrap  # noqa: PLC0415

    file = request.path.parent / "recorded" / f"{request.path.stem}.json"
    real = None
    if request.config.getoption("--headrace-record"):
        file.parent.mkdir(exist_ok=True)
        real = bootstrap.ports().models
    return RecordedModels(file=file, real=real)
