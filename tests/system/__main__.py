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


async def main(times: int) -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, firestore() as host:
        here = await local_run(Path(folder) / "local")
        for seed in range(times):
            own = Path(folder) / str(seed)
            own.mkdir()
            there = await restless_run(host, own, seed)
            found = differences(here, there)
            wrong += bool(found)
            posts = f"{there.result['posts_found']} posts for {here.result['posts_found']}"
            print(f"{seed}: {there.seconds:.1f} s, killed {there.killed}, {posts}, {found or 'the same'}", flush=True)  # noqa: T201 - a command
    return int(wrong > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.system")
    parser.add_argument("--times", type=int, default=20)
    logs.configure("error")
    sys.exit(asyncio.run(main(parser.parse_args().times)))
