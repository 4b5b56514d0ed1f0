"""What attacks run against."""

from __future__ import annotations

from tests.flow.conftest import world

__all__ = ["world"]
