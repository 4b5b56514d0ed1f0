"""Run the whole system test many times, a different kill each time. Usage: python -m tests.system [--times 20]"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from infra.emulators.firestore import firestore
from shared import logs
from tests.system.one_run import differences, local_run, restless_run

MOST = 1000
"""Characters told of differences."""


async def main(times: int) -> int:
    """Answers 0 when all of them came to the local profile's result."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, firestore() as host:
        here = await local_run(Path(folder) / "local")
        for seed in range(times):
            own = Path(folder) / str(seed)
            own.mkdir()
            try:
                there = await restless_run(host, own, seed)
            except (AssertionError, TimeoutError) as error:
                wrong, told = wrong + 1, f"failed: {error!r}"
            else:
                found = differences(here, there)
                wrong += bool(found)
                told = f"{there.seconds:.1f} s, killed {there.killed}, {str(found)[:MOST] if found else 'the same'}"
            print(f"{seed}: {told}", flush=True)  # noqa: T201 - a command
    return int(wrong > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.system")
    parser.add_argument("--times", type=int, default=20)
    logs.configure("error")
    sys.exit(asyncio.run(main(parser.parse_args().times)))
