"""Where a function is: its address from a template, and the service that serves it. Those who call and those who are called both ask here."""

from __future__ import annotations

from collections.abc import Iterable


def function_address(template: str, function: str, services: Iterable[str] = ()) -> str:
    """`template` with the function's name for `{function}` and its service's for `{service}`.

    `services`: `function=service` of functions that share one. Any other has one of its own, named like it with dashes, as Cloud
    Run allows no underscore in a service's name.
    """
    return template.format(function=function, service=service_of(function, services))


def service_of(function: str, services: Iterable[str] = ()) -> str:
    """The name of the service that serves it."""
    shared = dict(pair.split("=", 1) for pair in services if "=" in pair)
    return shared.get(function, function.replace("_", "-"))
