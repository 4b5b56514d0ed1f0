"""Commands of pages, run by a shell as their readers run them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

BIN = Path(sys.executable).parent


async def ran(line: str, folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """A shell's exit code and output, with our `headrace` on its path."""
    env = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(folder), "COLUMNS": "140", **environment}
    process = await asyncio.create_subprocess_exec(
        "bash", "-c", line, cwd=folder, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()
