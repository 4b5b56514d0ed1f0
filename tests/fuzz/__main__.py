"""Every function that strangers' text reaches, at its caps: the slowest shape of each, and its processor seconds."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from shared.errors import HeadraceError
from tests.support.hostile import slowest
from tests.support.hostile_calls import CALLS


def main(names: list[str]) -> None:
    """Print a line per function, of all or of some."""
    for name in names or CALLS:
        call, size = CALLS[name]
        with suppress(HeadraceError, ValueError):
            call("a first call imports what it needs")
        took, shape = slowest(call, size, time.process_time)
        sys.stdout.write(f"{took:6.2f} s  {name}, {size:,} characters of {shape}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
