"""`headrace doctor`: each row's state, no secret shown, and a broken thing's exit code."""

from __future__ import annotations

import fcntl
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import fields, replace
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from typer.testing import Result

from infra.cli.checks import settings_checks
from infra.local.uvicorn_server import serve
from shared.settings import Settings
from tests.cli.fake_api import FakeApi

TODAY = date(2026, 11, 23)


@pytest.fixture
async def provider() -> AsyncIterator[str]:
    async def models(request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer right":
            return JSONResponse({"error": {}}, 401)
        dates: dict[str, str | int | None] = {
            "far": "2027-06-01",
            "soon": "2027-01-14T00:00:00Z",
            "gone": "2026-10-23",
            "stays": None,
            "posix": 1796083200,
        }
        dates |= {"pencil": "2026-12-01", "points": None}
        return JSONResponse({"data": [{"id": name, "shutdown_date": when} for name, when in dates.items()]})

    async with serve(Starlette(routes=[Route("/v1/models", models)])) as base:
        yield f"{base}/v1"


def asked(provider: str, key: str = "right") -> Settings:
    return Settings(
        openai_base_url=provider,
        openai_api_key=key,
        model_fast=("far", "soon", "posix"),
        model_good=("gone", "stays", "other"),
        model_image=("brush", "pencil"),
        model_embedding=("points",),
    )


async def test_models_that_go_soon_or_are_gone_are_warnings(provider: str) -> None:
    rows = {row.name: row for row in await settings_checks.models(asked(provider), TODAY)}
    states = {name: rows[name].state for name in ("provider", "far", "soon", "gone", "stays", "other", "posix")}
    assert states == {
        "provider": "ok", "far": "ok", "soon": "warning", "gone": "warning", "stays": "ok", "other": "warning", "posix": "warning"
    }  # fmt: skip
    assert rows["soon"].detail == "shuts down on 2027-01-14, in 52 days"
    assert "HEADRACE_MODEL_GOOD" in rows["gone"].advice
    assert (rows["brush"].state, rows["pencil"].state, rows["points"].state) == ("warning", "warning", "ok")
    assert rows["pencil"].detail == "shuts down on 2026-12-01, in 8 days"
    assert "HEADRACE_MODEL_IMAGE" in rows["pencil"].advice


async def test_a_role_of_which_no_model_is_known_is_said_to_be(provider: str) -> None:
    rows = {row.name: row for row in await settings_checks.models(replace(asked(provider), model_embedding=("lost",)), TODAY)}
    assert (rows["HEADRACE_MODEL_EMBEDDING"].state, rows["HEADRACE_MODEL_EMBEDDING"].advice) == (
        "warning",
        "Set HEADRACE_MODEL_EMBEDDING.",
    )


async def test_a_provider_that_refuses_or_is_not_there_is_broken(provider: str) -> None:
    assert [row.state for row in await settings_checks.models(asked(provider, "wrong"))] == ["broken"]
    assert [row.state for row in await settings_checks.models(asked("http://127.0.0.1:9/v1"))] == ["broken"]
    [wrong_page] = await settings_checks.models(asked(provider.removesuffix("/v1")))
    assert wrong_page.state == "broken"


async def test_without_a_key_the_offline_model_answers() -> None:
    [row] = await settings_checks.models(Settings())
    assert (row.state, "offline model" in row.detail) == ("missing", True)


def test_reddit_needs_both_credentials() -> None:
    assert settings_checks.forum(Settings()).state == "missing"
    half = settings_checks.forum(Settings(reddit_client_id="x"))
    assert (half.state, half.advice.startswith("Set REDDIT_CLIENT_SECRET to")) == ("missing", True)
    assert settings_checks.forum(Settings(reddit_client_id="x", reddit_client_secret="y")).state == "ok"
    assert settings_checks.forum(Settings(forum_sources=("hackernews",))).state == "ok"


def test_settings_that_differ_have_a_row_and_secrets_none_of_their_text() -> None:
    secret = {f.name: "hunter2" for f in fields(Settings) if f.metadata["secret"]}
    settings = replace(Settings(), **secret, openai_base_url="http://me:hunter2@gate.example/v1", workers=2)  # type: ignore[arg-type] # all are str
    rows = [*settings_checks.settings_rows(settings), *settings_checks.keys(settings)]
    assert not [row for row in rows if "hunter2" in json.dumps(row.as_json())]
    told = {row.name: row.detail for row in rows}
    assert told.pop("all others").startswith(f"{len(fields(Settings)) - len(secret) - 2} have their defaults")
    assert told == {
        "HEADRACE_WORKERS": "2",
        "OPENAI_BASE_URL": "http://***@gate.example/v1",
        **{f.metadata["env"]: "set" for f in fields(Settings) if f.metadata["secret"]},
    }
    assert {row.detail for row in settings_checks.keys(Settings())} == {"not set"}


async def test_the_data_folder_is_looked_at_and_not_made(tmp_path: Path, api: FakeApi) -> None:
    folder = tmp_path / "a" / "b"
    assert (await settings_checks.data_folder(Settings(data=folder))).state == "ok"
    assert not folder.exists()
    assert (await settings_checks.data_folder(Settings(data=Path("/proc/nothing")))).state == "broken"
    folder.mkdir(parents=True)
    assert (await settings_checks.data_folder(Settings(data=folder))).detail == "nobody runs on it"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert (await settings_checks.data_folder(Settings(data=folder))).state == "warning"
        (folder / "cloud.json").write_text(json.dumps({"url": api.url, "pid": 1}))
        assert api.url in (await settings_checks.data_folder(Settings(data=folder))).detail


def test_a_limit_of_none_is_a_warning() -> None:
    assert [row.state for row in settings_checks.limits(Settings(reddit_rpm=0))] == ["ok", "ok", "ok", "warning"]


def test_where_time_zones_come_from_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def row() -> settings_checks.Check:
        return next(row for row in settings_checks.program() if row.name == "time zones")

    assert (row().state, row().detail) == ("ok", f"from tzdata {metadata.version('tzdata')}, not from the system's files")
    monkeypatch.setattr("zoneinfo.TZPATH", ("/usr/share/zoneinfo",))
    assert (row().state, row().detail) == ("warning", "from /usr/share/zoneinfo")


def test_the_exit_code_says_whether_something_is_broken(headrace: Callable[..., Result], api: FakeApi) -> None:
    fine = headrace("doctor", "--json")
    assert fine.exit_code == 0, fine.output
    told = json.loads(fine.stdout)
    assert told["ok"] is True
    assert {tuple(row) for row in told["checks"]} == {("group", "name", "state", "detail", "advice")}
    groups = {
        "program",
        "settings",
        "keys",
        "profile",
        "emulators",
        "pipelines",
        "queues",
        "data",
        "work",
        "models",
        "forum",
        "channels",
        "limits",
    }
    assert {row["group"] for row in told["checks"]} == groups
    assert headrace("doctor", "--url", api.url).exit_code == 0
    broken = headrace("doctor", "--url", "http://127.0.0.1:9")
    assert broken.exit_code == 1
    assert "does not answer" in broken.stdout
