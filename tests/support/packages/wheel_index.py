"""Folders that an installer takes for an index of packages: each pinned package as an empty wheel, and a newer release of it.

They ask for each other as badly as can be: whoever a lock says asked for a package asks for any version of it, with an extra.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path

from packaging.version import Version

from tests.support.packages.lock_files import Pin

EXTRA = "more"
_WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_AT = (2026, 1, 1, 0, 0, 0)


def build(folder: Path, pins: Iterable[Pin]) -> dict[tuple[str, str], str]:
    """Write `wheels/`, all in one, and `simple/` with a page for each package; the pinned ones' sha256 by name and version."""
    all_pins, hashes = list(pins), {}
    (folder / "wheels").mkdir()
    for pin in all_pins:
        needs = [_any_version(other) for other in all_pins if pin.name in other.parents]
        both = [_wheel(folder / "wheels", pin.name, version, needs) for version in (pin.version, newer(pin.version))]
        hashes[pin.name, pin.version] = hashlib.sha256(both[0].read_bytes()).hexdigest()
        page = folder / "simple" / pin.name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        with page.open("a") as links:  # a lock may pin one package twice, for different machines
            links.writelines(f'<a href="../../wheels/{wheel.name}">{wheel.name}</a>\n' for wheel in both)
    return hashes


def newer(version: str) -> str:
    """The next smallest release, which any range holds that holds `version`."""
    release = Version(version).release
    return ".".join(map(str, (*release[:-1], release[-1] + 1)))


def _any_version(pin: Pin) -> str:
    return f"{pin.name}[{EXTRA}]" + (f" ; {pin.need.marker}" if pin.need.marker else "")


def _wheel(folder: Path, name: str, version: str, needs: list[str]) -> Path:
    stem = f"{name.replace('-', '_')}-{version}"
    fields = [("Metadata-Version", "2.1"), ("Name", name), ("Version", version), ("Provides-Extra", EXTRA)]
    files = {
        f"{stem}.dist-info/METADATA": "".join(
            f"{key}: {value}\n" for key, value in [*fields, *(("Requires-Dist", n) for n in needs)]
        ),
        f"{stem}.dist-info/WHEEL": _WHEEL,
    }
    files[f"{stem}.dist-info/RECORD"] = "".join(f"{at},{_digest(text)},{len(text.encode())}\n" for at, text in files.items())
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for at, text in files.items():
            made.writestr(zipfile.ZipInfo(at, _AT), text)
    return path


def _digest(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
