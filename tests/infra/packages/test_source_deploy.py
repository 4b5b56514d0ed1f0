"""`gcloud run deploy --source . --function NAME`: what the buildpack finds at the root, and the function it then starts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from infra.emulators.function_process import Service
from infra.local.function_mounts import deployed
from tests.infra.terraform.terraform_files import read
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[3]
TARGET = "interview_prep_read_posting"
FOUND = re.compile(r"(?m)^functions-framework\b([^-]|$)")
"""How the buildpack looks for the framework in requirements.txt; it adds a version of its own where it finds none."""


def run(code: str) -> str:
    """What a fresh interpreter at the root prints."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own code


async def test_the_framework_starts_a_function_from_the_root(tmp_path: Path) -> None:
    service = Service(TARGET, ROOT / "main.py", {"PATH": os.environ["PATH"], "HEADRACE_DATA": str(tmp_path)}, tmp_path / "log")
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
            answer = await http.post(await service.url(), json={"kind": "warm", "job": "none", "stage": "read_posting"})
        assert (answer.status_code, answer.json()) == (200, {"said": "warm"})
    finally:
        await service.kill()


async def test_a_function_that_is_none_is_refused_by_the_names_of_those_there_are(tmp_path: Path) -> None:
    service = Service("read_posting", ROOT / "main.py", {"PATH": os.environ["PATH"]}, tmp_path / "log")
    with pytest.raises(RuntimeError, match=f"function named 'read_posting'. Found: .*'{TARGET}'.*'upkeep_sweep'"):
        await service.url()


def test_only_its_own_pipeline_is_imported() -> None:
    loaded = set(run(f"import main, sys; main.{TARGET}; print(*sys.modules)").split())
    assert "functions.interview_prep.main" in loaded
    assert {name for name in loaded if re.fullmatch(r"functions\.\w+\.main", name)} == {"functions.interview_prep.main"}


def test_functions_are_listed_and_those_that_clocks_and_documents_call_are_made_without_any_pipelines_stages() -> None:
    loaded = run("import main, sys; dir(main); main.upkeep_daily; main.events_profile_written; print(*sys.modules)").split()
    assert "functions.upkeep.main" in loaded
    assert [name for name in loaded if re.fullmatch(r"functions\.\w+\.(flow|stages.*)", name)] == []


def test_it_has_every_deployed_function_and_nothing_else() -> None:
    assert run("import main; print(*sorted(dir(main)))").split() == sorted(name for name, _ in deployed())
    assert run("import main; print(hasattr(main, '__path__'), hasattr(main, 'interview_prep_nothing'))").split() == ["False"] * 2


def test_it_has_what_every_service_starts() -> None:
    """The image's FUNCTION_SOURCE is this file, whichever service it is."""
    services = read().variables["services"].values()
    targets = {service["target"] for size in services for service in size.values()}
    assert targets - {name for name, _ in deployed()} == {"function_group"}
    assert (
        run(
            "import os; os.environ['HEADRACE_FUNCTION_SERVICES'] = 'x=y'; import main; print(callable(main.function_group))"
        ).strip()
        == "True"
    )


def test_buildpacks_install_the_lock() -> None:
    text = (ROOT / "requirements.txt").read_text()
    wanted = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert wanted == ["-r requirements.lock", "-c requirements.lock", 'functions-framework; python_version < "3"']
    assert FOUND.search(text)
    assert FOUND.search((ROOT / "requirements.lock").read_text())


def test_what_is_uploaded_is_what_functions_need() -> None:
    left = {line.rstrip("/") for line in (ROOT / ".gcloudignore").read_text().splitlines() if line and not line.startswith("#")}
    assert not left & {"main.py", "functions", "shared", "requirements.txt", "requirements.lock"}
    assert {"tests", "infra", ".venv*", ".git"} <= left
