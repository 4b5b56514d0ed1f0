"""What pipelines register is there, and is theirs alone: nobody else in the house says their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from functions import PIPELINES, SERVICES, by_package, deployed, expiring, pipelines, registrations
from functions.pipeline_registration import DocumentTrigger, Pipeline, ScheduledWork, check, load
from functions.upkeep.main import SHARED_RECORDS
from tests.infra import indexes

ROOT = Path(__file__).parents[3]
NAME = re.compile(r"[\w.]+:\w+")
SHARED_WORDS = {"posts", "profile", "spacing", "queues", "sessions", "served", "users", "user", *SHARED_RECORDS}
"""The house's own words, whoever registers them too: `posts` are what is published, a `profile` is HEADRACE_PROFILE, queues are lanes."""
PROSE = {"for_you"}
"""Pipelines whose names are words of plain English: only their spelling as a name counts."""
NOUNS = ("kol", "interview")
"""What pipelines are about, and nothing else is."""
COMMANDS = ("graph", "feed", "evaluate")
"""Commands that are there for one pipeline alone."""
ASIDE = (
    "infra/offline_model/",
    "infra/sample_sites/",
    "infra/demo.py",
    *(f"infra/cli/commands/{name}.py" for name in COMMANDS),
)
"""The demo's outside world, what it answers, and those commands."""
OURS = ("functions", "shared", "infra")


@pytest.mark.parametrize("package", list(by_package()))
def test_every_name_stands_for_something(package: str) -> None:
    tree = ast.parse((ROOT / package.replace(".", "/") / "pipeline.py").read_text())
    names = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    ]
    assert names
    assert all(load(name) is not None for name in names)
    for late in by_package()[package].late_imports:
        assert load(late) if ":" in late else import_module(late)


def test_the_stages_are_the_flows() -> None:
    for title, registered in registrations().items():
        flow = pipelines()[title]
        assert (flow.name, list(registered.stages)) == (registered.name, [stage.name for stage in flow.stages])


def test_every_deployed_function_is_there_and_no_other() -> None:
    for name, module in deployed().items():
        assert callable(getattr(import_module(module), name)), name
    for module in set(deployed().values()):
        folder = module.split(".")[-2]
        there = {name for name in vars(import_module(module)) if name == folder or name.startswith(f"{folder}_")}
        assert there <= {name for name, where in deployed().items() if where == module}


def test_what_says_until_when_it_is_kept_is_deleted_by_firestore() -> None:
    assert {*expiring(), *SHARED_RECORDS} <= indexes.expiring()


def test_inputs_readers_are_of_fields_that_there_are() -> None:
    for title, registered in registrations().items():
        assert set(registered.input_readers) <= set(pipelines()[title].request.model_fields)


@pytest.mark.parametrize(
    "two",
    [
        replace(registrations()["daily-post"], name="other"),
        Pipeline("other", about="", flow="", stages=(), functions=("jobs_api",)),
        Pipeline("other", about="", flow="", stages=(), statuses={"unknown_kol": 400}),
        Pipeline("other", about="", flow="", stages=(), schedules=(ScheduledWork("daily", "* * * * *", calls="a:b"),)),
        Pipeline("other", about="", flow="", stages=(), schedules=(ScheduledWork("sweep", "* * * * *", calls="a:b"),)),
        Pipeline("other", about="", flow="", stages=(), schedules=(ScheduledWork("x", "* * * * *"),)),
        Pipeline("other", about="", flow="", stages=(), triggers=(DocumentTrigger("x", "x/{id}", drops="x", calls="a:b"),)),
    ],
)
def test_two_of_a_name_and_work_that_is_none_are_refused(two: Pipeline) -> None:
    taken = [name for own in SERVICES.values() for name in own]
    check(registrations().values(), taken)
    with pytest.raises(ValueError, match=r"two of a kind|one of two things"):
        check([*registrations().values(), two], taken)


# ---- nobody else names them


def words() -> Iterator[tuple[str, re.Pattern[str]]]:
    """What names a pipeline or its matter, and how that would stand in a file."""
    for registered in registrations().values():
        between = "[_-]" if registered.name in PROSE else "[_ -]"
        yield registered.name, re.compile(registered.name.replace("_", between), re.IGNORECASE)
        own = {each.name for each in registered.collections} | {
            part for kind in registered.imports for part in (kind.name, kind.one)
        }
        own |= {part for each in registered.filters for part in (each.parameter, each.field)}
        for word in own - SHARED_WORDS:
            yield word, re.compile(rf"""["'`/]{word}["'`/{{]""")
        functions = [each.function for each in registered.schedules] + [each.function for each in registered.triggers]
        for whole in (*registered.statuses, *functions):
            yield whole, re.compile(rf"\b{whole}\b")
    for noun in NOUNS:
        yield noun, re.compile(rf"\b{noun}s?\b", re.IGNORECASE)


def named(text: str) -> list[str]:
    return [word for word, pattern in words() if pattern.search(text)]


def files() -> Iterator[tuple[str, str]]:
    """Every file that belongs to no pipeline. The list of their names is where they may stand."""
    own = tuple(f"functions/{name}/" for name in PIPELINES)
    for folder in OURS:
        for file in sorted((ROOT / folder).rglob("*.*")):
            path = str(file.relative_to(ROOT))
            if file.suffix in (".py", ".html") and not path.startswith((*own, *ASIDE)):
                text = file.read_text()
                yield path, re.sub(r"(?s)\nPIPELINES = \(.*?\)\n", "\n", text) if path == "functions/__init__.py" else text


def test_no_pipeline_is_named_outside_its_folder() -> None:
    found = {path: guilty for path, text in files() if (guilty := named(text))}
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        'if job.pipeline == "daily-post":',
        "from functions.interview_prep import flow",
        'path = f"quotas/{serial}"',
        'TRIGGERS = {"agents": drop}',
        '"unknown_kol": 422,',
        '"""The KOL who posts."""',
        'schedules["upkeep_daily"]',
        "an interview guide",
    ],
)
def test_what_names_one_is_found(line: str) -> None:
    assert named(line)
