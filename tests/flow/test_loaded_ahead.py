"""What a process loads ahead is all that a guide needs: its first job imports nothing more that takes time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = (
    "functions.interview_prep",
    "shared.adapters.web",
    "lxml",
    "trafilatura",
    "reportlab",
    "PIL",
    "openai.resources.chat.completions",
)
GUIDE = """
import asyncio, sys, tempfile
from pathlib import Path
from infra.local.workers.preload import load_all
from tests.flow.harness import POSTING, outside, running

async def main():
    async with outside() as world:
        with tempfile.TemporaryDirectory() as folder:
            async with running(world, Path(folder)) as (client, _):
                load_all()
                before = set(sys.modules)
                job = await client.run({"job_posting_url": world.base + POSTING})
                assert job["status"] == "succeeded", job["error"]
                print("\\n".join(set(sys.modules) - before))

asyncio.run(main())
"""


def test_a_guide_imports_nothing_heavy_after_what_was_loaded_ahead() -> None:
    done = subprocess.run([sys.executable, "-c", GUIDE], cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr[-2000:]
    late = [name for name in done.stdout.split() if name.startswith(HEAVY) and not name.endswith("popular_postings")]
    assert not late
