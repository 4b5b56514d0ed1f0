"""Strangers' text at length: `python -m tests.fuzz --minutes 10 feed` changes samples at random; without, hostile shapes at the caps.

Without `--minutes`: every function that strangers' text reaches, at its caps: the slowest shape of each, and its processor seconds;
with `--memory`, by how many megabytes a process grows that calls it, each in a process of its own.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from pathlib import Path

from shared.errors import HeadraceError
from tests.fuzz.mutations import Target, fuzz
from tests.fuzz.parsers import PARSERS
from tests.fuzz.samples import kept_findings, samples
from tests.support.hostile import peak_memory
from tests.support.hostile.hostile_calls import CALLS
from tests.support.hostile.hostile_shapes import slowest

FOUND = Path("out/fuzz")
"""Where inputs are kept that broke a parser, or held it up."""


def main() -> int:
    """Answer 1 if anything was found."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--minutes", type=float, help="of changed samples for each parser")
    options.add_argument("--memory", action="store_true", help="megabytes instead of seconds")
    options.add_argument("--shapes", type=int, default=None, help="of the hostile shapes, so many alone")
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument(
        "names", nargs="*", help=f"parsers ({', '.join(PARSERS)}), or functions of tests/support/hostile/hostile_calls.py"
    )
    chosen = options.parse_args()
    if chosen.memory:
        return _memory(chosen.names or list(CALLS), chosen.shapes)
    if chosen.minutes is None:
        return _caps(chosen.names or list(CALLS))
    return _mutations(chosen.names or list(PARSERS), chosen.minutes * 60, chosen.seed)


def _caps(names: list[str]) -> int:
    for name in names:
        call, size = CALLS[name]
        with suppress(HeadraceError, ValueError):
            call("a first call imports what it needs")
        took, shape = slowest(call, size, time.process_time)
        sys.stdout.write(f"{took:6.2f} s  {name}, {size:,} characters of {shape}\n")
        sys.stdout.flush()
    return 0


def _memory(names: list[str], number: int | None) -> int:
    """1 if a call takes more than `MOST_MEGABYTES`."""
    over = 0
    for name in names:
        grown, shape = peak_memory.in_process_of_its_own(name, number)
        over += grown > peak_memory.MOST_MEGABYTES
        sys.stdout.write(f"{grown:6.1f} MB  {name}, {CALLS[name][1]:,} characters of {shape}\n")
        sys.stdout.flush()
    return int(over > 0)


def _mutations(names: list[str], seconds: float, seed: int) -> int:
    sys.stdout.write(f"seed {seed}\n")
    found = 0
    for name in names:
        check, most = PARSERS[name]
        target = Target(name, check, [*kept_findings(FOUND, name), *samples(name)], most)
        run = fuzz(target, seed, FOUND, seconds=seconds)
        lines = [run.line(), *(f"  {FOUND / file}: {why}" for file, why in run.found.items())]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        found += len(run.found)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
