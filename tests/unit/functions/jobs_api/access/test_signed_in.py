"""People who sign in with Firebase: their ID token is theirs alone, and one that is not as it should be is none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from google.auth import crypt, jwt
from starlette.testclient import TestClient

from infra.emulators.identity_tokens import KEY_ID, Identity
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.google.firebase_token_check import SKEW, FirebaseUsers
from shared.bootstrap import build
from shared.errors import Permanent, Transient
from shared.ports.web import Page
from shared.settings import Settings
from tests.support.fakes import FakeWeb
from tests.support.stopped_clock import StoppedClock
from tests.unit.functions.jobs_api.toy import Api, app_of, make_world

PROJECT, NOW = "our-app", 1_790_000_000.0
CLOCK = StoppedClock(datetime.fromtimestamp(NOW, UTC))


@dataclass
class Firebase(FakeWeb):
    """Publishes certificates, and signs tokens with their key, or with another."""

    key: Identity = field(default_factory=Identity)
    away: bool = False
    times: int = 0

    async def fetch(self, url: str, **options: object) -> Page:
        assert options["trusted"]
        self.times += 1
        if self.away:
            raise Transient("no answer")
        return Page(url, 200, {"cache-control": "max-age=20000"}, json.dumps({KEY_ID: self.key.public_key.decode()}).encode())

    @cached_property
    def signer(self) -> Any:
        return crypt.RSASigner.from_string(self.key.private_key, KEY_ID)  # type: ignore[no-untyped-call]  # the library has no types

    def token(
        self, user: str = "ann", *, header: dict[str, Any] | None = None, signer: Any = None, kid: Any = None, **changes: Any
    ) -> str:
        claims = {
            "iss": f"https://securetoken.google.com/{PROJECT}", "aud": PROJECT, "auth_time": NOW - 60, "user_id": user, "sub": user,
            "iat": NOW - 60, "exp": NOW + 3540, "firebase": {"sign_in_provider": "password"}, **changes,
        }  # fmt: skip
        claims = {name: claim for name, claim in claims.items() if claim is not None}
        return jwt.encode(signer or self.signer, claims, header=header, key_id=kid).decode()  # type: ignore[no-untyped-call, no-any-return]  # as above


@pytest.fixture(scope="module")
def key() -> Identity:
    return Identity()


@pytest.fixture
def firebase(key: Identity) -> Firebase:
    return Firebase(key=key)


@pytest.fixture
def users(firebase: Firebase) -> FirebaseUsers:
    return FirebaseUsers(PROJECT, firebase, CLOCK)


def by_hand(head: dict[str, Any], token: str, secret: bytes = b"") -> str:
    """A token's claims under another header, signed with a shared secret or not at all."""
    start = base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=").decode()
    signed = f"{start}.{token.split('.')[1]}"
    mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest() if secret else b""
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


async def test_a_token_names_its_user(users: FirebaseUsers, firebase: Firebase) -> None:
    for _ in range(3):
        assert await users.user(firebase.token()) == "ann"
    assert firebase.times == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": NOW - SKEW - 1}, {"exp": None}, {"exp": "never"}, {"exp": float("nan")}, {"exp": float("inf")}, {"exp": True},
        {"iat": NOW + SKEW + 1}, {"iat": None}, {"auth_time": NOW + SKEW + 1}, {"auth_time": None},
        {"aud": "other-app"}, {"aud": [PROJECT]}, {"aud": None}, {"iss": "https://securetoken.google.com/other-app"},
        {"iss": "https://accounts.google.com"}, {"iss": f"http://securetoken.google.com/{PROJECT}"}, {"iss": None},
        {"sub": ""}, {"sub": None}, {"sub": 7}, {"sub": "x" * 129},
    ],
)  # fmt: skip
async def test_claims_that_are_not_as_they_should_be_are_refused(
    users: FirebaseUsers, firebase: Firebase, changes: dict[str, Any]
) -> None:
    with pytest.raises(Permanent) as refused:
        await users.user(firebase.token(**changes))
    assert refused.value.code == "unauthenticated"


@pytest.mark.parametrize("changes", [{"exp": NOW - SKEW + 1}, {"iat": NOW + SKEW - 1}, {"auth_time": NOW + SKEW - 1}])
async def test_clocks_may_differ_a_little(users: FirebaseUsers, firebase: Firebase, changes: dict[str, Any]) -> None:
    assert await users.user(firebase.token(**changes)) == "ann"


DEEP = base64.urlsafe_b64encode(b"[" * 5001).decode()
"""Lists within lists, which Python's reader of JSON does not go down."""


def forged(firebase: Firebase) -> Iterator[str]:
    token, other = firebase.token(), crypt.RSASigner.from_string(Identity().private_key, KEY_ID)  # type: ignore[no-untyped-call]  # as above
    public = firebase.key.public_key
    yield by_hand({"alg": "none", "typ": "JWT"}, token)
    yield by_hand({"alg": "none", "typ": "JWT", "kid": KEY_ID}, token)
    yield by_hand({"alg": "HS256", "typ": "JWT", "kid": KEY_ID}, token, public)  # the public key as if it were a secret
    yield by_hand({"alg": "HS256", "typ": "JWT", "kid": KEY_ID}, token, public.strip())
    yield by_hand({"alg": "RS256", "typ": "JWT", "kid": KEY_ID}, token, public)
    yield firebase.token(header={"alg": "ES256"})
    yield firebase.token(kid="unknown")
    yield firebase.token(kid="")
    yield firebase.token(kid=[KEY_ID])
    yield firebase.token(signer=other)
    yield token.rpartition(".")[0] + "."
    yield f"{token.rpartition('.')[0]}.SIGNATURE_REMOVED_BY_GOOGLE"
    head, claims, signature = token.split(".")
    yield f"{head}.{firebase.token('bob').split('.')[1]}.{signature}"
    yield from (
        "",
        ".",
        "..",
        "a.b.c",
        f"{head}.{claims}",
        token + ".x",
        "é.é.é",
        "x" * 10_000,
        f"{head}.W10.{signature}",
        f"bnVsbA.{claims}.{signature}",
        f"{DEEP}.{claims}.{signature}",
        f"{head}.{DEEP}.{signature}",
    )


async def test_what_is_forged_is_refused_and_makes_us_ask_once(users: FirebaseUsers, firebase: Firebase) -> None:
    count = 0
    for token in forged(firebase):
        with pytest.raises(Permanent) as refused:
            await users.user(token)
        assert refused.value.code == "unauthenticated", token
        count += 1
    assert (count, firebase.times) == (25, 1)


async def test_where_no_key_can_be_had_it_is_tried_again_later(key: Identity) -> None:
    away = Firebase(key=key, away=True)
    with pytest.raises(Transient):
        await FirebaseUsers(PROJECT, away, CLOCK).user(away.token())


@pytest.fixture
def make(tmp_path: Path, database: Database, users: FirebaseUsers) -> Iterator[Callable[..., Api]]:
    opened: list[TestClient] = []

    def made(**settings: Any) -> Api:
        world = make_world(tmp_path, database, CLOCK, firebase_project=PROJECT, **settings)
        world.ports = replace(world.ports, users=users)
        opened.append(TestClient(app_of(world), base_url="http://our.example").__enter__())
        return Api(world, opened[-1])

    yield made
    for client in opened:
        client.__exit__(None, None, None)


def test_a_user_starts_jobs_and_sees_their_own(make: Callable[..., Api], firebase: Firebase) -> None:
    api = make(api_key="the key")
    ann, bob, operator = ({"authorization": f"Bearer {token}"} for token in (firebase.token(), firebase.token("bob"), "the key"))
    job = api.start("a", **ann)
    assert [len(api.get("/api/v1/jobs", **who).json()["items"]) for who in (ann, bob, operator)] == [1, 0, 1]
    assert [api.get(f"/api/v1/jobs/{job}", **who).status_code for who in (ann, bob, operator)] == [200, 404, 200]
    assert [api.get(path, **ann).status_code for path in ("/api/v1/keys", "/api/v1/limits", "/api/v1/agents/iris")] == [403] * 3
    key = api.client.post("/api/v1/keys", json={"owner": "ann"}, headers=operator).json()["key"]
    assert api.get(f"/api/v1/jobs/{job}", authorization=f"Bearer {key}").status_code == 404, "a key's owner is not a user"


@pytest.mark.parametrize("settings", [{"api_key": "the key"}, {}], ids=["with a key", "without"])
def test_nobody_else_gets_in(make: Callable[..., Api], firebase: Firebase, settings: dict[str, Any]) -> None:
    api = make(**settings)
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {firebase.token(exp=NOW - 100)}"}):
        assert (api.get("/api/v1/jobs", **headers).status_code, api.get("/healthz").status_code) == (401, 200)


def test_it_is_off_unless_a_project_is_named(tmp_path: Path) -> None:
    off, on = (build(Settings(data=tmp_path, firebase_project=project)) for project in ("", PROJECT))
    assert off.users is None
    assert on.users is not None
