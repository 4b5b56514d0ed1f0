"""Every route of a local cloud by requests that nobody means: no 5xx, a problem's shape, soon, and no memory that is not given back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flow.harness import Outside, running
from tests.flow.test_hostile_sites import MEGABYTES, resident
from tests.security.http_attack import attack
from tests.security.prepared_cloud import PIPELINES, prepared

pytestmark = pytest.mark.timeout(600)
VARIANTS = 2
"""Of each class and route; `python -m tests.security --variants 200` sends as many as one likes."""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
async def test_no_request_breaks_a_local_cloud(world: Outside, tmp_path: Path) -> None:
    async with running(world, tmp_path, HEADRACE_PIPELINES=PIPELINES) as (client, _):
        ids = await prepared(client)
        await attack(client.http, ids, 1)  # loads what is loaded once
        before = resident()
        found = await attack(client.http, ids, VARIANTS, seed=1)
        assert not found.wrong, "\n".join(found.wrong)
        assert sum(found.statuses[status] for status in (400, 404, 415, 422)) > found.statuses.total() / 3
        assert resident() - before < MEGABYTES
        assert (await client.job(ids["jobs"]))["status"] in ("succeeded", "partial", "failed")
