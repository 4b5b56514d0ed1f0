"""The API over a small world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from functions.jobs_api.docs import openapi
from functions.jobs_api.http.route_definition import Route
from functions.jobs_api.routes import routes
from shared import logs
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.flow import Flow
from shared.ports.clock import SystemClock
from tests.support.openapi_contract import Contract
from tests.unit.functions.jobs_api.toy import Api, World, app_of, make_world


@pytest.fixture(autouse=True)
def _warnings_are_logged() -> Iterator[None]:
    """Whatever level another test has set."""
    before = structlog.get_config()
    logs.configure("warning")
    yield
    structlog.configure(**before)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "x.db", synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
def world(tmp_path: Path, database: Database) -> World:
    return make_world(tmp_path, database, SystemClock())


_contracts: list[tuple[tuple[Route, ...], dict[str, Flow], Contract]] = []


def contract_of(flows: Mapping[str, Flow]) -> Contract:
    """What answers are held to. One for all worlds with the same flows: it is slower to make than most tests are."""
    for made_of, with_flows, made in _contracts:
        if made_of is routes() and with_flows == flows:
            return made
    _contracts.append((routes(), dict(flows), Contract(openapi.document(routes(), flows))))
    return _contracts[-1][2]


@pytest.fixture
def make_api(tmp_path: Path, database: Database) -> Iterator[Callable[..., Api]]:
    opened: list[TestClient] = []

    def make(**settings: Any) -> Api:
        world = make_world(tmp_path, database, SystemClock(), **settings)
        client = TestClient(app_of(world), base_url="http://localhost")
        opened.append(client.__enter__())
        client.event_hooks = {"response": [contract_of(world.flows).hold]}
        return Api(world, client)

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    return make_api()
