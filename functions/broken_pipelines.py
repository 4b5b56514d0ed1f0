"""Pipelines that cannot run: left out of what this process does, with their mistakes, so that the others go on.

Who serves all pipelines (the local cloud, its workers) looks for mistakes first: `flow_check.leave_out_broken`. A deployed function
loads its own pipeline alone, and leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from functions.flow_fault import BadFlow, FlowFault


@dataclass(frozen=True)
class BrokenPipeline:
    """One of them. `functions`: those of its deployed functions that are known: what is queued for them waits."""

    title: str
    faults: tuple[FlowFault, ...]
    functions: tuple[str, ...] = ()

    def __str__(self) -> str:
        more = f" (and {len(self.faults) - 1} more: headrace doctor)" if len(self.faults) > 1 else ""
        return f"{self.title} is left out: {self.faults[0]}{more}"


_left_out: dict[str, BrokenPipeline] = {}


def leave_out(package: str, title: str, faults: Iterable[FlowFault], functions: Iterable[str] = ()) -> None:
    """From now on `package` counts as not there."""
    _left_out[package] = BrokenPipeline(title, tuple(faults), tuple(functions))


def forget() -> None:
    """Nothing is left out."""
    _left_out.clear()


def sound(packages: Iterable[str]) -> tuple[str, ...]:
    """Those that are not left out."""
    return tuple(package for package in packages if package not in _left_out)


def left_out(packages: Collection[str]) -> dict[str, BrokenPipeline]:
    """Those of the packages that are left out, by their outside names."""
    return {broken.title: broken for package, broken in _left_out.items() if package in packages}


def check(title: str, packages: Collection[str]) -> None:
    """Whether a pipeline is not one of them.

    Raises:
        BadFlow: it is; the message has file and line.
    """
    if (broken := left_out(packages).get(title)) is not None:
        raise BadFlow(broken.faults)
