"""infra/terraform against the registrations, the provider's arguments and our own policies."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.deployment.terraform_variables import FILE, text, variables
from shared.settings import Settings
from tests.infra.terraform.terraform_arguments import ARGUMENTS
from tests.infra.terraform.terraform_files import FOLDER, blocks, read
from tests.infra.terraform.terraform_policies import POLICIES, problems
from tests.infra.terraform.terraform_values import differences

PROVIDERS = Path(__file__).parents[4] / "shared" / "reference" / "terraform_google_7.45_arguments.json"
"""The provider's whole table, where there is one beside the repository."""
NOT_IN_THE_TABLE = {"google_artifact_registry_repository_iam_member", "terraform_data"}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.__name__)
def test_the_files_keep_to(policy: object) -> None:
    assert callable(policy)
    assert list(policy(read())) == []


def test_the_values_are_those_written_down() -> None:
    assert list(differences(read())) == [], "look at each, then: python -m tests.infra.terraform.terraform_values"


def test_the_variables_are_made_of_the_registrations() -> None:
    assert FILE.read_text() == text(variables(Settings.load({}))), "make it anew: headrace infra export"


def test_our_table_of_arguments_is_no_longer_than_what_is_used() -> None:
    used = {path for resource in read().resources for path, _ in blocks(resource)}
    assert set(ARGUMENTS) == used


def test_our_table_of_arguments_is_the_providers() -> None:
    if not PROVIDERS.exists():
        pytest.skip("the provider's table of arguments is not here")
    known = json.loads(PROVIDERS.read_text())["resources"]
    wrong = []
    for path, names in ARGUMENTS.items():
        kind, *inner = path.split()
        if kind in NOT_IN_THE_TABLE:
            continue
        # The table leaves out how deep some blocks lie, and those without arguments.
        tables = [value for name, value in known[kind].items() if name == "_".join(inner) or (inner and name == inner[-1])]
        allowed = {name for table in tables for name in table} | {"depends_on"}
        if tables and (unknown := set(names.split()) - allowed):
            wrong.append((path, sorted(unknown)))
    assert wrong == []


def test_terraform_finds_the_files_formatted() -> None:
    """`terraform validate` needs the provider from Terraform's registry: it is a step of a deployment's own pipeline, and not run here."""
    if (terraform := shutil.which("terraform")) is None:
        pytest.skip("terraform is not installed")
    done = subprocess.run([terraform, "fmt", "-check", "-diff", str(FOLDER)], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout


def test_an_index_that_is_missing_is_found() -> None:
    found = read()
    del found.variables["indexes"][next(iter(found.variables["indexes"]))]
    assert len(problems(found)) == 1
