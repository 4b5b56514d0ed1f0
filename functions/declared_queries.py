"""All that is asked of the documents: the engine's, each pipeline's and each service's `queries.py`. Stores make their indexes from it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from functions import SERVICES, packages
from shared.engine.store import queries
from shared.ports.declared_queries import Declared


def declared() -> Declared:
    """Of every pipeline there is, those of HEADRACE_PIPELINES too."""
    whole = queries.DECLARED
    for package in (*packages(), *(f"functions.{name}" for name in SERVICES)):
        if find_spec(f"{package}.queries") is not None:
            whole += cast("Declared", import_module(f"{package}.queries").DECLARED)
    return whole
