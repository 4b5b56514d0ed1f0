"""Import cost is cold-start cost: what each deployed function loads before its first request, and what its stage can reach."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields

import grimp
import pytest

from functions import PIPELINES, SERVICES, pipelines
from infra.local.function_mounts import deployed
from shared.settings import Settings

CLOUD = ("google.cloud.firestore_v1", "google.cloud.tasks_v2", "google.auth", "grpc")
"""What every function of the cloud profile needs once its ports are made: documents and tasks."""
HEAVY = (
    *CLOUD, "google.cloud.storage", "openai", "httpx", "httpx2", "httpcore2", "pinecone", "numpy", "reportlab", "PIL",
    "lxml", "trafilatura", "feedparser", "typer", "rich", "matplotlib", "uvicorn", "scipy", "implicit",
)  # fmt: skip
"""Packages of over ten milliseconds each."""

MAY = {
    "engine": {"numpy"},
    "models": {"numpy"},
    "web": {"lxml", "trafilatura", "feedparser", "PIL"},
    "forum": {"feedparser"},
    "images": {"PIL"},
    "render": {"reportlab", "PIL"},
    "compute": {"numpy", "scipy", "implicit"},
}
"""The heavy packages that a stage may reach by any import, late ones included: what its lane is for. Other lanes' reach none."""
DEPLOYMENT = {
    "HEADRACE_PROFILE": "cloud",
    "GOOGLE_CLOUD_PROJECT": "acme",
    "HEADRACE_BUCKET": "acme-files",
    "HEADRACE_FUNCTION_URL": "https://{service}-1.us-central1.run.app",
    "HEADRACE_TASKS_ACCOUNT": "tasks@acme.iam.gserviceaccount.com",
    "HEADRACE_API_KEY": "a key",
}
MAINS = tuple(f"functions.{name}.main" for name in (*PIPELINES, *SERVICES))


def loaded(code: str, **settings: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `code`."""
    ours = {setting.metadata["env"] for setting in fields(Settings)}
    environment = {name: value for name, value in os.environ.items() if name not in ours} | settings
    command = [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own code
    return set(done.stdout.split())


def among(packages: tuple[str, ...], modules: set[str]) -> set[str]:
    """Those of `packages` of which something is there."""
    return {package for package in packages if any(f"{module}.".startswith(f"{package}.") for module in modules)}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "functions", "shared", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def test_every_deployed_function_is_looked_at() -> None:
    assert {module.__name__ for _, module in deployed()} == set(MAINS)


@pytest.mark.parametrize("main", MAINS)
def test_a_function_starts_without_what_only_some_requests_need(main: str) -> None:
    modules = loaded(f"import {main}")
    assert among(HEAVY, modules) == set()
    assert among(("infra", "tests", *(name for name in MAINS if name != main)), modules) == set()


def test_in_the_cloud_its_ports_bring_documents_and_tasks_and_nothing_more() -> None:
    imports = "; ".join(f"import {main}" for main in MAINS)  # together they load no less than each alone
    modules = loaded(f"{imports}\nfrom shared.bootstrap import ports\nports()", **DEPLOYMENT)
    assert among(HEAVY, modules) == set(CLOUD)
    assert among(("shared.adapters.embedded", "shared.adapters.pinecone"), modules) == set()


def test_stages_reach_only_what_their_lane_is_for(graph: grimp.ImportGraph) -> None:
    """By any import, late ones included: no fetch stage can come to a model's client or a PDF's writer."""
    stages = [(flow.function(stage), stage) for flow in pipelines().values() for stage in flow.stages]
    reached = {name: graph.find_upstream_modules(stage.run.__module__) & set(HEAVY) for name, stage in stages}
    too_much = {name: reached[name] - MAY.get(stage.lane, set()) for name, stage in stages}
    assert {name: packages for name, packages in too_much.items() if packages} == {}
    assert any(reached.values())
