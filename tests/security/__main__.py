"""Attack a local cloud with requests that nobody means: `python -m tests.security --variants 200 --seed 7`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

import httpx2
import psutil

from tests.flow.harness import Client, address_of, outside, start_cloud
from tests.security.http_attack import SLOWEST, attack
from tests.security.prepared_cloud import PIPELINES, prepared


async def main(number: int, seed: int) -> int:
    """1 if anything was wrong."""

    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world:
            process = start_cloud(world, Path(folder), HEADRACE_PIPELINES=PIPELINES)
            try:
                url = await address_of(Path(folder), process)
                async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=4 * SLOWEST) as http:
                    return await _attacked(Client(http), process.pid, number, seed)
            finally:
                process.kill()
                process.wait()


async def _attacked(client: Client, pid: int, number: int, seed: int) -> int:
    ids = await prepared(client)
    await attack(client.http, ids, 1, seed - 1)
    before, began = _megabytes(pid), time.monotonic()
    found = await attack(client.http, ids, number, seed)
    grown = _megabytes(pid) - before
    sys.stdout.write("\n".join(dict.fromkeys(found.wrong)) + "\n")
    sys.stdout.write(
        f"{found.statuses.total()} answers in {time.monotonic() - began:.0f} s, slowest {found.slowest:.1f} s, {dict(found.statuses)}\n"
    )
    sys.stdout.write(f"seed {seed}, {len(found.wrong)} wrong, its process has grown by {grown:.0f} MB\n")
    return int(bool(found.wrong))


def _megabytes(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 2**20


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m tests.security", description=__doc__)
    options.add_argument("--variants", type=int, default=200, help="of each class and route")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    sys.exit(asyncio.run(main(chosen.variants, chosen.seed)))
