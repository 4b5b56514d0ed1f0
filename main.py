"""Every deployed function, for `gcloud run deploy --source . --function NAME`: buildpacks look for NAME in a `main.py` at the root.

A function's own pipeline is imported when it is asked for, and no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from functions import SERVICES, packages


def _mains() -> dict[str, str]:
    """The modules with deployed functions, by the folder that their functions' names begin with."""
    folders = (*packages(), *(f"functions.{name}" for name in SERVICES))
    return {folder.rpartition(".")[2]: f"{folder}.main" for folder in folders}


def _belongs(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}_")


def __getattr__(name: str) -> Any:
    """The function of that name.

    Raises:
        AttributeError: there is none; functions-framework then lists those there are, by `__dir__`.
    """
    for folder, main in _mains().items():
        if _belongs(name, folder):
            return getattr(import_module(main), name)
    raise AttributeError(f"there is no function {name!r}")


def __dir__() -> list[str]:
    return [name for folder, main in _mains().items() for name in dir(import_module(main)) if _belongs(name, folder)]
