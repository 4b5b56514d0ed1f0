"""What a function costs before its first request: CPU time and memory of its imports, with the cloud profile's ports made."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from functions import PIPELINES, SERVICES
from tests.bench.row import Row
from tests.infra.code.test_imports import DEPLOYMENT

RUNS = 7
"""Fresh interpreters of each whose median counts, after a first that compiles."""
BASE = "import functions_framework.aio, google.cloud.firestore"
LIBRARIES = (
    f"import sys; sys.modules['rich'] = None; {BASE}, google.cloud.tasks_v2, structlog; from pydantic import BaseModel, Field"
)
"""What every function is made of, as it loads them: nothing of ours is in it."""
FIRESTORE = "import google.cloud.firestore"
PORTS = "from shared.bootstrap import ports; ports()"
MEASURE = """import time
began = time.process_time()
{code}
spent = time.process_time() - began
[resident] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")]
print(spent * 1000, int(resident) / 1024)"""


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds, and resident MB of the whole process."""

    ms: float
    mb: float


async def imports() -> list[Row]:
    """Each `main.py` with the cloud's ports, over what every function on Firestore has to import."""
    listening = {f"{name} listening": f"import functions.{name}.main" for name in (*PIPELINES, *SERVICES)}
    mains = {name: f"import functions.{name}.main; {PORTS}" for name in (*PIPELINES, *SERVICES)}
    taken = costs({"firestore": FIRESTORE, "base": BASE, "libraries": LIBRARIES, **listening, **mains})
    beside = {
        "google.cloud.firestore": _told(taken["firestore"]),
        "with functions_framework.aio": _told(taken["base"]),
        "with tasks_v2, pydantic and structlog": f"{_told(taken['libraries'])}, {_times(taken, 'libraries'):.2f} x",
    }
    return [
        Row(
            f"imports of {name}'s functions, CPU / framework and Firestore", _times(taken, name), "x", 1.3,
            beside={"itself": _told(taken[name]), "until it listens": _told(taken[f"{name} listening"]), **beside},
        )
        for name in mains
    ]  # fmt: skip


def costs(codes: dict[str, str]) -> dict[str, list[Cost]]:
    """What each piece of code costs fresh interpreters: turn by turn, as what else the machine does varies."""
    taken: dict[str, list[Cost]] = {name: [] for name in codes}
    for _ in range(RUNS + 1):
        for name, code in codes.items():
            taken[name].append(_once(code))
    return {name: of[1:] for name, of in taken.items()}


def _once(code: str) -> Cost:
    command = [sys.executable, "-c", MEASURE.format(code=code)]
    told = subprocess.run(command, env=os.environ | DEPLOYMENT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own code
    ms, mb = told.split()
    return Cost(float(ms), float(mb))


def _times(taken: dict[str, list[Cost]], name: str) -> float:
    """Turn by turn, how often the framework and Firestore go into it."""
    return statistics.median(cost.ms / base.ms for cost, base in zip(taken[name], taken["base"], strict=True))


def _told(taken: list[Cost]) -> str:
    return f"{statistics.median(cost.ms for cost in taken):.0f} ms, {statistics.median(cost.mb for cost in taken):.0f} MB"
