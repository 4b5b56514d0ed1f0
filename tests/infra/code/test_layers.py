"""Arrows point down only: who may import whom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import grimp
import pytest

from functions import LANES, PIPELINES, pipelines
from infra.local.function_mounts import deployed

MOST_MODULES = 12
VENDORS = ("google", "openai", "pinecone", "httpx", "httpx2", "httpcore2")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("functions", "shared", "infra", include_external_packages=True, cache_dir=None)


def importers(graph: grimp.ImportGraph, package: str) -> set[str]:
    """Modules that import `package` or anything in it, at any level of indentation."""
    ours = package.split(".", maxsplit=1)[0] in ("functions", "shared", "infra")
    inside = {package} | (graph.find_descendants(package) if ours else set())
    return {by for module in inside & graph.modules for by in graph.find_modules_that_directly_import(module)}


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_ports_know_nobody(graph: grimp.ImportGraph) -> None:
    allowed = ("shared.ports", "shared.errors", "shared.settings")
    for port in {"shared.ports"} | graph.find_descendants("shared.ports"):
        wrong = [
            m
            for m in graph.find_modules_directly_imported_by(port)
            if within(m, "shared", "functions", "infra") and not within(m, *allowed)
        ]
        assert not wrong, port


def test_the_engine_knows_no_pipeline_and_no_vendor(graph: grimp.ImportGraph) -> None:
    for module in graph.find_descendants("shared.engine"):
        wrong = [
            m
            for m in graph.find_modules_directly_imported_by(module)
            if within(m, "functions", "infra", "shared.adapters", "shared.sources", "shared.bootstrap", *VENDORS)
        ]
        assert not wrong, module


ROOMS = ("flow", "store", "task", "spending", "limits", "fanout", "job", "attempt", "recovery", "trigger")
"""Of the engine, lower ones first: each imports only from those before it. `shared/engine/__init__.py` says what each holds."""


def room_of(module: str) -> str:
    return module.removeprefix("shared.engine.").split(".")[0]


def test_arrows_between_the_engines_rooms_point_down(graph: grimp.ImportGraph) -> None:
    for room in ROOMS:
        allowed = {*ROOMS[: ROOMS.index(room) + 1]}
        for module in {f"shared.engine.{room}"} | graph.find_descendants(f"shared.engine.{room}"):
            imported = {m for m in graph.find_modules_directly_imported_by(module) if within(m, "shared.engine")}
            assert not {m for m in imported if m == "shared.engine" or room_of(m) not in allowed}, module


def test_the_engines_map_names_every_room() -> None:
    engine = Path(__file__).parents[3] / "shared" / "engine"
    rooms = {folder.name for folder in engine.iterdir() if (folder / "__init__.py").exists()}
    said = [line.split("/")[0] for line in (engine / "__init__.py").read_text().splitlines() if "/  " in line]
    assert rooms == set(ROOMS)
    assert said == list(ROOMS)


def test_no_module_stands_in_a_circle_of_imports(graph: grimp.ImportGraph) -> None:
    for module in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(module):
            ours = within(imported, "functions", "shared", "infra") and imported != module
            assert not (ours and graph.chain_exists(imported, module)), f"{module} <-> {imported}"


@pytest.mark.parametrize("package", ["functions", "shared", "infra", "tests"])
def test_no_folder_holds_more_modules_than_a_reader_keeps_in_mind(package: str) -> None:
    root = Path(__file__).parents[3]
    counts = Counter(file.parent for file in (root / package).rglob("*.py") if file.name != "__init__.py")
    assert not {str(folder.relative_to(root)): count for folder, count in counts.items() if count > MOST_MODULES}


def test_only_bootstrap_imports_adapters(graph: grimp.ImportGraph) -> None:
    """And the world that pipelines' tests run in, which puts them together for a clock that jumps."""
    roots = {"shared.bootstrap", "infra.testing.pipeline_world"}
    assert {m for m in importers(graph, "shared.adapters") if not within(m, "shared.adapters")} == roots


def test_shared_never_imports_functions_nor_either_infra(graph: grimp.ImportGraph) -> None:
    assert not {m for m in importers(graph, "functions") if within(m, "shared")}
    assert not {m for m in importers(graph, "infra") if within(m, "shared", "functions")}


def test_stages_and_sources_never_import_a_vendor(graph: grimp.ImportGraph) -> None:
    for vendor in VENDORS:
        wrong = {m for m in importers(graph, vendor) if within(m, "functions", "shared.sources")}
        assert not wrong, vendor


def test_pipelines_do_not_know_each_other(graph: grimp.ImportGraph) -> None:
    for name in PIPELINES:
        others = tuple(f"functions.{other}" for other in PIPELINES if other != name)
        wrong = [
            m
            for module in graph.find_descendants(f"functions.{name}")
            for m in graph.find_modules_directly_imported_by(module)
            if within(m, *others)
        ]
        assert not wrong, name


def test_every_stage_is_a_deployed_function_in_a_lane_that_exists() -> None:
    names = {name for name, _ in deployed()}
    for flow in pipelines().values():
        for stage in flow.stages:
            assert flow.function(stage) in names
            assert stage.lane in LANES


def test_only_settings_reads_the_environment() -> None:
    root = Path(__file__).parents[3]
    readers = {
        str(file.relative_to(root))
        for folder in ("functions", "shared", "infra")
        for file in (root / folder).rglob("*.py")
        if "os.environ" in file.read_text() or "getenv(" in file.read_text()
    }
    assert readers <= {"shared/settings.py"}
