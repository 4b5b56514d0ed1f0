"""The service that people open, started as it is deployed: the page for everybody, what it shows for whoever has a key."""

from __future__ import annotations

import os
from pathlib import Path

import httpx2

from infra.emulators.function_process import Service
from tests.infra.terraform.terraform_files import read
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[4]
TARGET = read().variables["services"]["small"]["jobs-api"]["target"]


async def test_the_page_is_everybodys_and_the_jobs_are_behind_the_key(tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "HEADRACE_DATA": str(tmp_path), "HEADRACE_API_KEY": "the-operators"}
    service = Service("jobs-api", ROOT / "main.py", given, tmp_path / "log", target=TARGET)
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE, base_url=await service.url()) as http:
            page, icon = await http.get("/"), await http.get("/static/icon.svg")
            stranger = await http.get("/api/v1/jobs")
            operator = await http.get("/api/v1/jobs", headers={"authorization": "Bearer the-operators"})
    finally:
        await service.kill()
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert icon.status_code == 200
    assert (stranger.status_code, stranger.json()["code"]) == (401, "unauthorised")
    assert (operator.status_code, operator.json()["items"]) == (200, [])
