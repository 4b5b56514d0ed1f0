"""Every deployed function, for `gcloud run deploy --source . --function NAME`: buildpacks look for NAME in a `main.py` at the root.

A function's own pipeline is imported when it is asked for, and no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from functions import deployed


def __getattr__(name: str) -> Any:
    """The function of that name.

    Raises:
        AttributeError: there is none; functions-framework then lists those there are, by `__dir__`.
    """
    if name == "function_group":
        return import_module("functions.function_group").function_group
    if (module := deployed().get(name)) is not None:
        return getattr(import_module(module), name)
    raise AttributeError(f"there is no function {name!r}")


def __dir__() -> list[str]:
    return list(deployed())
