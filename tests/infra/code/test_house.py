"""What the project promises about itself: settings are documented, locks have hashes, files stay small."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

from functions import pipelines
from infra.flow_picture import picture
from shared.settings import Settings

ROOT = Path(__file__).parents[3]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607 - git from the path
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert documented == {setting.metadata["env"] for setting in fields(Settings)}


def test_every_locked_package_has_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text())
        pinned = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]
        assert len(pinned) > 50
        assert not [block.split()[0] for block in pinned if "--hash=sha256:" not in block]


def test_no_file_names_a_registry() -> None:
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("debian", "org"))
    ]
    guilty = [
        f.name
        for f in tracked()
        if f.suffix in {".py", ".md", ".toml", ".lock", ".txt", ".yaml", ""}
        and any(h in f.read_text(errors="replace") for h in hosts)
    ]
    assert not guilty


def test_files_stay_readable() -> None:
    ours = [f for f in tracked() if f.suffix == ".py" and f.relative_to(ROOT).parts[0] in ("functions", "shared", "infra")]
    assert not [f"{f.relative_to(ROOT)}" for f in ours if f.read_text().count("\n") > 300]


PRIVATE = re.compile(r"^(?:(?<!\)\n)(?:async def|def|class) )?(_[a-zA-Z]\w*)(?: = |: |\(|\[)", re.MULTILINE)
"""What a module makes at its top; a decorator that is called, in the line before a function, may keep that for somebody else."""


def test_no_module_makes_a_private_name_that_it_does_not_read() -> None:
    sources = [f for f in tracked() if f.suffix == ".py" and f.relative_to(ROOT).parts[0] in ("functions", "shared", "infra")]
    made = [(f, name, f.read_text()) for f in sources for name in PRIVATE.findall(f.read_text())]
    assert not [f"{f.relative_to(ROOT)}: {name}" for f, name, text in made if len(re.findall(rf"\b{name}\b", text)) == 1]


def test_flows_are_read_without_scrolling() -> None:
    flows = [f for f in tracked() if f.name == "flow.py" and f.relative_to(ROOT).parts[0] == "functions"]
    assert flows
    assert not [f"{f.relative_to(ROOT)}: {line}" for f in flows for line in f.read_text().splitlines() if len(line) > 130]


def test_the_changelog_names_the_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_flow_pictures_show_the_flows() -> None:
    for name, flow in pipelines().items():
        assert (ROOT / "docs" / "images" / f"{name}.svg").read_text() == picture(flow), (
            f"python -m infra.flow_picture {name} > docs/images/{name}.svg"
        )
