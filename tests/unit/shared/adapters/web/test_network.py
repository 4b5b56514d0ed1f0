"""Names, addresses and TLS: every connection the client asks of the network is seen here."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.adapters.web.guarded_client import GuardedWeb
from shared.adapters.web.network_backend import resolve
from shared.errors import BadInput, Transient
from tests.unit.shared.adapters.web.sites import PUBLIC, Dials, Site, http, redirect


async def test_the_checked_address_is_the_one_connected_to(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = http("x")
    dials.names["jobs.example"] = [[PUBLIC]]
    page = await stranger.fetch("http://jobs.example:8080/")
    assert page.url == "http://jobs.example:8080/"
    assert dials.made == [(PUBLIC, 8080)]
    assert site.requests[0].headers["host"] == "jobs.example:8080"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [PUBLIC, "10.0.0.7"],
        ["169.254.169.254", PUBLIC],
        [PUBLIC, "::1"],
        ["2002:a9fe:a9fe::"],
        ["64:ff9b::a9fe:a9fe"],
        ["fe80::1%eth0", PUBLIC],
        ["::ffff:127.0.0.1"],
    ],
)
async def test_one_bad_address_spoils_the_name(dials: Dials, stranger: GuardedWeb, addresses: list[str]) -> None:
    dials.names["jobs.example"] = [addresses]
    with pytest.raises(BadInput) as caught:
        await stranger.fetch("http://jobs.example/")
    assert caught.value.code == "url_forbidden"
    assert "10.0" not in caught.value.message  # nothing about the inside is told
    assert dials.made == []


async def test_a_name_that_changes_its_answer_gains_nothing(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = http("x")
    dials.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    await stranger.fetch("http://rebind.example/")
    assert (dials.looked_up, dials.made) == (["rebind.example"], [(PUBLIC, 80)])
    with pytest.raises(BadInput):
        await stranger.fetch("http://rebind.example/")
    assert dials.made == [(PUBLIC, 80)]


async def test_a_redirect_to_a_name_inside(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = redirect("http://inside.example/")
    dials.names |= {"jobs.example": [[PUBLIC]], "inside.example": [["10.1.2.3"]]}
    with pytest.raises(BadInput):
        await stranger.fetch("http://jobs.example/")
    assert dials.made == [(PUBLIC, 80)]


async def test_a_trusted_connection_carries_no_strangers_url(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = http("inside")
    dials.names["api.example"] = [["10.1.2.3"]]
    assert (await stranger.fetch("http://api.example/", trusted=True)).content == b"inside"
    with pytest.raises(BadInput):
        await stranger.fetch("http://api.example/")
    assert len(site.requests) == 1


async def test_addresses_are_tried_in_turn(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = http("x")
    dials.names["jobs.example"] = [["2606:4700::1", PUBLIC]]
    dials.dead = {"2606:4700::1"}
    await stranger.fetch("http://jobs.example/")
    assert [host for host, _ in dials.made] == ["2606:4700::1", PUBLIC]


@pytest.mark.parametrize("addresses", [[], ["8.8.8.8", "8.8.4.4"]])
async def test_no_address_that_answers(dials: Dials, stranger: GuardedWeb, addresses: list[str]) -> None:
    dials.names["jobs.example"] = [addresses]
    dials.dead = {"8.8.8.8", "8.8.4.4"}
    with pytest.raises(Transient) as caught:
        await stranger.fetch("http://jobs.example/?token=secret")
    assert caught.value.code == "fetch_failed"
    assert caught.value.advice
    assert "secret" not in caught.value.message


async def test_a_name_nobody_knows(dials: Dials, stranger: GuardedWeb) -> None:
    with pytest.raises(Transient) as caught:
        await stranger.fetch("http://nowhere.example/")
    assert "nowhere.example was not found" in caught.value.message


async def test_an_address_in_the_url_is_not_looked_up(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers["/"] = http("x")
    await stranger.fetch("http://[2606:4700::1111]:8080/")
    assert (dials.looked_up, dials.made) == ([], [("2606:4700::1111", 8080)])
    assert site.requests[0].headers["host"] == "[2606:4700::1111]:8080"


async def test_the_systems_resolver() -> None:
    assert list(await resolve("127.0.0.1", 80)) == ["127.0.0.1"]
    assert set(await resolve("localhost", 80)) <= {"127.0.0.1", "::1"}


def _certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(PUBLIC))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


class Secure(Site):
    """A site behind TLS for jobs.example; remembers the names it was asked for."""

    asked: list[str]


@pytest.fixture
async def secure(dials: Dials, tmp_path: Path) -> AsyncIterator[tuple[Secure, GuardedWeb]]:
    path = _certificate(tmp_path, "jobs.example")
    site = Secure({"/": http("secret page")})
    site.asked = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    server.sni_callback = lambda _, name, __: site.asked.append(name)
    await site.start(server)
    dials.port = site.port
    dials.names |= {"jobs.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
    web = GuardedWeb(resolve=dials.resolve, tls=ssl.create_default_context(cafile=path))
    yield site, web
    await web.aclose()
    await site.stop()


async def test_tls_verifies_the_name_not_the_address(secure: tuple[Secure, GuardedWeb], dials: Dials) -> None:
    site, web = secure
    page = await web.fetch("https://jobs.example/")
    assert page.content == b"secret page"
    assert dials.made == [(PUBLIC, 443)]
    assert site.asked == ["jobs.example"]
    assert site.requests[0].headers["host"] == "jobs.example"


async def test_a_certificate_for_another_name(secure: tuple[Secure, GuardedWeb]) -> None:
    site, web = secure
    with pytest.raises(Transient) as caught:
        await web.fetch("https://other.example/")
    assert caught.value.code == "fetch_failed"
    assert "certificate" in caught.value.message.lower()
    assert site.requests == []


async def test_a_certificate_nobody_vouches_for(secure: tuple[Secure, GuardedWeb], dials: Dials) -> None:
    web = GuardedWeb(resolve=dials.resolve)
    try:
        with pytest.raises(Transient):
            await web.fetch("https://jobs.example/")
    finally:
        await web.aclose()


async def test_tls_never_falls_back(secure: tuple[Secure, GuardedWeb]) -> None:
    site, web = secure
    site.answers["/"] = redirect("http://jobs.example/")
    with pytest.raises(BadInput) as caught:
        await web.fetch("https://jobs.example/")
    assert caught.value.code == "url_forbidden"
