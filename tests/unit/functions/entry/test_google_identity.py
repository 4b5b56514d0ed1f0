"""The certificates that tokens are checked by: kept as long as they say, looked for again when a key is new, never for strangers' sake."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from infra.emulators.identity_tokens import KEY_ID, Identity
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.google.identity_token_check import GoogleIdentity
from shared.adapters.google.published_certificates import LEAST_KEPT, LONGEST_KEPT
from shared.errors import Permanent, Transient
from shared.ports.web import Page
from tests.support.fakes import FakeWeb

URL = "https://certs.example/v1"
WHO, FOR = "tasks@ours.iam.gserviceaccount.com", "https://ours.example"


@dataclass
class Certs(FakeWeb):
    """Serves what it is given."""

    content: bytes = b"{}"
    status: int = 200
    age: str = "public, max-age=3600"
    asked: int = 0

    async def fetch(self, url: str, **options: object) -> Page:
        assert (url, options["trusted"]) == (URL, True)
        self.asked += 1
        if not self.status:
            raise Transient("no answer")
        return Page(url, self.status, {"cache-control": self.age}, self.content)


def served(*signers: tuple[str, Identity]) -> bytes:
    return json.dumps({key: signer.public_key.decode() for key, signer in signers}).encode()


async def who(identity: GoogleIdentity, token: str) -> str:
    return await identity.account({"authorization": f"Bearer {token}"}, [FOR])


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


async def test_they_are_fetched_once_and_again_when_their_time_is_over(clock: VirtualClock) -> None:
    signer = Identity()
    web = Certs(content=served((KEY_ID, signer)))
    identity = GoogleIdentity(web, clock, URL)
    for _ in range(3):
        assert await who(identity, signer.token(WHO, FOR)) == WHO
    assert web.asked == 1
    clock.time += 3601
    assert await who(identity, signer.token(WHO, FOR)) == WHO
    assert web.asked == 2


async def test_a_new_key_is_looked_for_and_strangers_cannot_make_us_look_often(clock: VirtualClock) -> None:
    old, new = Identity(), Identity()
    web = Certs(content=served(("old", old)))
    identity = GoogleIdentity(web, clock, URL)
    for _ in range(20):
        with pytest.raises(Permanent):
            await who(identity, new.token(WHO, FOR))
    assert web.asked == 1
    web.content = served(("old", old), (KEY_ID, new))
    clock.time += LEAST_KEPT
    assert await who(identity, new.token(WHO, FOR)) == WHO
    assert web.asked == 2


@pytest.mark.fault(39)
async def test_while_there_are_no_new_ones_the_old_serve_on_for_a_day(clock: VirtualClock) -> None:
    signer = Identity()
    web = Certs(content=served((KEY_ID, signer)))
    identity = GoogleIdentity(web, clock, URL)
    await who(identity, signer.token(WHO, FOR))
    web.status = 500
    clock.time += 7200
    assert await who(identity, signer.token(WHO, FOR)) == WHO
    web.status = 0
    clock.time += LONGEST_KEPT
    with pytest.raises(Transient):
        await who(identity, signer.token(WHO, FOR))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"a": 1}', b"<html>", b"[" * 5000])
async def test_where_there_are_none_it_is_tried_again(clock: VirtualClock, content: bytes) -> None:
    with pytest.raises(Transient) as raised:
        await who(GoogleIdentity(Certs(content=content), clock, URL), Identity().token(WHO, FOR))
    assert raised.value.code == "no_certificates"


async def test_without_an_audience_nobody_is_asked(clock: VirtualClock) -> None:
    with pytest.raises(ValueError, match="audience"):
        await GoogleIdentity(Certs(), clock, URL).account({"authorization": "Bearer x"}, [])
