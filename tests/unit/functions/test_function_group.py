"""One service for several functions."""

from __future__ import annotations

import os
from pathlib import Path

import httpx2

from infra.emulators.function_process import Service
from shared.function_address import function_address, service_of
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[3]
SHARED = "upkeep_sweep=headrace-upkeep,upkeep_retention=headrace-upkeep,forum_posts_publish=headrace-web"


def test_functions_that_share_a_service_have_its_address_and_their_own_path() -> None:
    services = SHARED.split(",")
    template = "https://{service}-1.region.run.app/{function}"
    assert function_address(template, "upkeep_sweep", services) == "https://headrace-upkeep-1.region.run.app/upkeep_sweep"
    assert function_address(template, "jobs_api", services) == "https://jobs-api-1.region.run.app/jobs_api"
    assert service_of("forum_posts_publish", services) == "headrace-web"


STATUSES = {"upkeep_sweep": 200, "upkeep_retention": 200, "forum_posts_publish": 404, "nobody": 404, "": 404}


async def test_a_group_answers_for_its_own_functions_alone(tmp_path: Path) -> None:
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HEADRACE_DATA": str(tmp_path),
        "HEADRACE_FUNCTION_SERVICES": f"{SHARED},function_group=x",
    }
    service = Service("headrace-upkeep", ROOT / "main.py", given, tmp_path / "log", target="function_group")
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
            for path, status in STATUSES.items():
                answer = await http.post(f"{await service.url()}/{path}", json={})
                assert answer.status_code == status, f"{path}: {answer.text}"
    finally:
        await service.kill()
