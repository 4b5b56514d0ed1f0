"""Where real samples lie beside the project, if they are there: tests on them skip where they are not."""

from __future__ import annotations

from pathlib import Path

REAL_DATA = Path(__file__).parents[3] / "shared" / "data"
