"""Who may call functions: the accounts of the settings, by tokens that are Google's, for us, and of now. Real HTTP all the way."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from functions import deployed, entry
from infra.emulators.identity_tokens import Identity
from shared import bootstrap
from shared.errors import BadInput
from shared.settings import Settings
from tests.support.engine.world import World
from tests.unit.functions.entry.door_world import ACCOUNT, SCHEDULER, Door, audience, door, unsigned, without_algorithm

CALLED = tuple(name for name in deployed() if name not in ("jobs_api", "dashboard"))
STAGE = "interview_prep_plan_searches"


@pytest.fixture
async def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    """Every function that is not for people."""
    functions = {name: import_module(module) for name, module in deployed().items() if name in CALLED}
    async with door(tmp_path, functions) as made:
        monkeypatch.setattr(entry, "ports", lambda: made.ports)
        yield made


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def with_part(token: str, at: int, text: str) -> str:
    parts = token.split(".")
    parts[at] = base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
    return ".".join(parts)


FORGED: dict[str, Callable[[Door], dict[str, str]]] = {
    "no token": lambda _: {},
    "Cloud Tasks' headers alone": lambda _: {"x-cloudtasks-taskname": "t", "x-cloudtasks-queuename": "engine-bulk"},
    "no JWT": lambda _: bearer("abc"),
    "three parts of nothing": lambda _: bearer("a.b.c"),
    "an empty token": lambda _: {"authorization": "Bearer"},
    "another scheme": lambda made: {"authorization": f"Basic {made.token(STAGE)}"},
    "somebody else's key": lambda _: bearer(Identity().token(ACCOUNT, audience(STAGE))),
    "no algorithm": lambda made: bearer(without_algorithm(made.token(STAGE))),
    "a signature that was taken away": lambda made: bearer(unsigned(made.token(STAGE))),
    "expired": lambda made: bearer(made.token(STAGE, iat=1_000_000_000, exp=1_000_003_600)),
    "of the future": lambda made: bearer(made.token(STAGE, iat=4_000_000_000, exp=4_000_003_600)),
    "for another function": lambda made: bearer(made.token("upkeep_sweep")),
    "for nobody": lambda made: bearer(made.token(STAGE, aud=None)),
    "another issuer": lambda made: bearer(made.token(STAGE, iss="https://evil.example")),
    "an address that is not the account's own": lambda made: bearer(made.token(STAGE, email_verified=False)),
    "no address": lambda made: bearer(made.token(STAGE, email=None)),
    "in the header that only Cloud Run may write": lambda made: {"x-serverless-authorization": f"Bearer {made.token(STAGE)}"},
    "endless": lambda _: bearer("a" * 9000),
    "lists within lists for a header": lambda made: bearer(with_part(made.token(STAGE), 0, "[" * 5000)),
    "lists within lists for its claims": lambda made: bearer(with_part(made.token(STAGE), 1, "[" * 5000)),
    "a list for a header": lambda made: bearer(with_part(made.token(STAGE), 0, "[]")),
    "a list for its key": lambda made: bearer(with_part(made.token(STAGE), 0, '{"alg": "RS256", "kid": [1]}')),
    "an object for its key": lambda made: bearer(with_part(made.token(STAGE), 0, '{"alg": "RS256", "kid": {}}')),
    "no key": lambda made: bearer(with_part(made.token(STAGE), 0, '{"alg": "RS256"}')),
}


@pytest.mark.fault(39)
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_a_forged_stage_body_changes_nothing(cloud: Door, forged: Callable[[Door], dict[str, str]]) -> None:
    job = await cloud.world.start(size=2)
    body = json.dumps({"job": job.id, "run": 1, "stage": "plan_searches", "kind": "run"}).encode()
    before = cloud.state()
    answer = await cloud.call(STAGE, body, forged(cloud))
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert cloud.state() == before


@pytest.mark.fault(39)
async def test_another_account_of_googles_may_not(cloud: Door) -> None:
    before = cloud.state()
    answer = await cloud.call(STAGE, b"{}", bearer(cloud.token(STAGE, "user@gmail.example")))
    assert (answer.status_code, cloud.state()) == (403, before)


@pytest.mark.fault(39)
@pytest.mark.parametrize("function", CALLED)
async def test_every_function_asks_who_calls(cloud: Door, function: str) -> None:
    before = cloud.state()
    assert (await cloud.call(function)).status_code == 401
    assert cloud.state() == before
    answer = await cloud.call(function, b'{"no": "body of ours"}', bearer(cloud.token(function)))
    assert answer.status_code == 200


async def test_who_may_is_let_in_and_what_it_brings_is_judged_then(cloud: Door) -> None:
    for account in (ACCOUNT, SCHEDULER):
        answer = await cloud.call(STAGE, b"poison", bearer(cloud.token(STAGE, account)))
        assert answer.status_code == 200
    (letter,) = await cloud.ports.documents.query("dead_letters")
    assert (letter.data["function"], letter.data["body"], letter.data["deliveries"]) == (STAGE, "poison", 2)


async def test_where_cloud_run_checks_before_its_word_is_taken_and_the_rest_still_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with door(tmp_path, {STAGE: import_module(deployed()[STAGE])}, iam_checked=1) as made:
        monkeypatch.setattr(entry, "ports", lambda: made.ports)
        good, body = unsigned(made.token(STAGE)), b'{"kind": "warm", "job": "none", "stage": "plan_searches"}'
        assert (await made.call(STAGE, body, bearer(good))).json() == {"said": "warm"}
        assert (await made.call(STAGE, body, bearer(made.token(STAGE)))).status_code == 200
        for changes in (
            {"aud": "https://other.example"},
            {"exp": 1_000_003_600, "iat": 1_000_000_000},
            {"iss": "x"},
            {"exp": "soon"},
        ):
            wrong = unsigned(made.token(STAGE, **changes))
            assert (await made.call(STAGE, body, bearer(wrong))).status_code == 401
        # Cloud Run heeds its own header first: what it checked is the caller, whatever the other says.
        both = {"x-serverless-authorization": f"Bearer {unsigned(made.token(STAGE, 'user@gmail.example'))}", **bearer(good)}
        assert (await made.call(STAGE, body, both)).status_code == 403


async def test_audiences_of_the_settings_take_the_place_of_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with door(tmp_path, {STAGE: import_module(deployed()[STAGE])}, audiences=("headrace", "https://{function}.x")) as made:
        monkeypatch.setattr(entry, "ports", lambda: made.ports)
        for one, status in (("headrace", 200), (f"https://{STAGE}.x", 200), (audience(STAGE), 401)):
            assert (await made.call(STAGE, b"{}", bearer(made.token(STAGE, aud=one)))).status_code == status


# ---- on a laptop


@pytest.mark.fault(39)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"x-forwarded-for": "203.0.113.9"},
        {"forwarded": "for=x"},
        {"host": "evil.example:8080"},
        {"host": "127.0.0.1.evil.example"},
        {"host": ""},
    ],
    ids=str,
)
async def test_on_a_laptop_only_its_own_queues_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    async with door(tmp_path, {STAGE: import_module(deployed()[STAGE])}) as made:
        monkeypatch.setattr(entry, "ports", lambda: made.world.ports)
        before = made.state()
        assert (await made.call(STAGE, b"poison", headers)).status_code == 403
        assert made.state() == before
        assert (await made.call(STAGE, b"poison")).status_code == 200


# ---- profile `cloud` does not start without


CLOUD = Settings(
    profile="cloud",
    project="ours",
    bucket="files",
    function_url="https://{service}-1.run.app",
    tasks_account=ACCOUNT,
    api_key="key",
)


@pytest.mark.fault(39)
def test_a_function_that_could_not_tell_its_callers_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = World(tmp_path)
    monkeypatch.setattr(bootstrap, "settings", lambda: CLOUD)
    entry.stage_function(made.flow, "spread")
    monkeypatch.setattr(bootstrap, "settings", lambda: replace(CLOUD, tasks_account=""))
    with pytest.raises(BadInput, match="HEADRACE_TASKS_ACCOUNT") as raised:
        entry.stage_function(made.flow, "spread")
    assert (raised.value.code, bool(raised.value.advice)) == ("bad_setting", True)
    bootstrap.check_api(CLOUD)
    bootstrap.check_api(Settings())
    with pytest.raises(BadInput, match="HEADRACE_API_KEY"):
        bootstrap.check_api(replace(CLOUD, api_key=""))
    made.close()
