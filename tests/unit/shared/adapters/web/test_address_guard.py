from __future__ import annotations

import pytest

from shared.adapters.web.address_guard import check_url, is_public
from shared.errors import BadInput


def refused(url: str, allow: tuple[str, ...] = ()) -> str:
    with pytest.raises(BadInput) as caught:
        check_url(url, allow)
    assert caught.value.advice
    return caught.value.code


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com", "https://example.com/"),
        ("  HTTPS://Example.COM:443/Jobs?a=b&c=d#apply ", "https://example.com/Jobs?a=b&c=d"),
        ("http://example.com:80?q=1", "http://example.com/?q=1"),
        ("http://example.com:/x", "http://example.com/x"),
        ("https://example.com.:8443/", "https://example.com:8443/"),
        ("http://example.com:08080/", "http://example.com:8080/"),
        ("https://example.com/a b/ü?q=x y|z", "https://example.com/a%20b/%C3%BC?q=x%20y%7Cz"),
        ("https://example.com/%C3%BC/100%", "https://example.com/%C3%BC/100%"),
        ("https://example.com/@me/http://other.example/", "https://example.com/@me/http://other.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),  # a homograph: shown for what it is
        ("https://example。com/", "https://example.com/"),
        ("https://my_team.example.com/", "https://my_team.example.com/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700:0::1111]/", "https://[2606:4700::1111]/"),
        (f"https://{'a' * 63}.com/", f"https://{'a' * 63}.com/"),
        ("https://1password.com/", "https://1password.com/"),
    ],
)
def test_a_public_url_is_made_canonical(url: str, canonical: str) -> None:
    assert check_url(url) == canonical
    assert check_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://example.com/", "data:text/html,x", "javascript:alert(1)", "ftp://example.com/",
        "//example.com/", "example.com/jobs", "localhost:8080", "mailto:a@example.com", "not a url", "ws://example.com/",
    ],
)  # fmt: skip
def test_other_schemes(url: str) -> None:
    assert refused(url) == "url_scheme"


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "http:", "http://", "http:///path", "http:/example.com", "http:example.com", "http://?q", "http://:80/",
        "http://public@127.0.0.1/", "http://user:secret@example.com/", "http://@example.com/", "http://example.com\\@127.0.0.1/",
        "http:\\\\127.0.0.1/", "http://exa\tmple.com/", "http://example.com/\n", "http://example.com/a\r\nHost: x", "http://a.com/\0",
        "http://a.com/\x7f", "http://a.com/\x85", "http://a.com/\u2028", "http://a.com/\ud800",
        "http://example.com:0/", "http://example.com:65536/", "http://example.com:99999999/", "http://example.com:80:80/",
        "http://example.com:٨٠/", "http://example.com:+80/", "http://example.com:-1/", "http://example.com:8o/",
        f"http://{'a' * 64}.com/", f"http://{'ü' * 60}.com/", "http://" + "a." * 130 + "com/", f"http://example.com/{'a' * 8192}",
        "http://exa mple.com/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f.example.com/", "http://example..com/",
        "http://.example.com/", "http://-a.com/", "http://a-.com/", "http://a,b.com/", "http://*.example.com/",
        "http://[::1/", "http://::1/", "http://[::1]x/", "http://[fe80::1%25eth0]/", "http://[1.2.3.4]/", "http://[:::]/", "http://[]/",
        "http://exa＠mple.com/", "http://exa／mple.com/", "http://\u202eexample.com/",
    ],
)  # fmt: skip
def test_what_is_no_url(url: str) -> None:
    assert refused(url) == "url_invalid"


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "metadata.google.internal", "METADATA.google.internal.", "metadata.goog", "metadata", "[fd20:ce::254]",
        "127.0.0.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "0x", "1.2.3.4.5", "256.1.1.1",
        "017700000001", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[::127.0.0.1]",
        "localhost", "localhost.", "LOCALHOST", "a.localhost", "db.internal", "printer.local", "x.home.arpa", "router.lan", "intranet",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a9fe:a9fe]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[2606:4700::5efe:7f00:1]", "[2606:4700::200:5efe:808:808]", "224.0.0.1", "[ff02::1]", "100.64.0.1", "100.100.100.200",
        "192.0.0.192", "168.63.129.16", "10.0.0.1", "172.31.255.255", "192.168.0.1", "0.0.0.0", "255.255.255.255", "198.18.0.1",  # noqa: S104 - refused, not bound
        "[fc00::1]", "[fe80::1]", "[fec0::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]",
    ],
)  # fmt: skip
def test_places_inside(host: str) -> None:
    assert refused(f"http://{host}/latest/meta-data") == "url_forbidden"


def test_a_fragment_hides_no_host() -> None:
    assert refused("http://127.0.0.1#@public.example/") == "url_forbidden"
    assert refused("http://127.0.0.1?@public.example/") == "url_forbidden"


@pytest.mark.parametrize("port", [1, 22, 25, 81, 3000, 6379, 8000, 65535])
def test_ports_that_are_not_the_webs(port: int) -> None:
    assert refused(f"http://example.com:{port}/") == "url_forbidden"


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_ports_of_the_web(port: int) -> None:
    assert check_url(f"http://example.com:{port}/x").startswith("http://example.com")


def test_allowed_hosts_are_exempt_with_their_port_alone() -> None:
    allow = ("127.0.0.1:9000", "[::1]:9001", "Samples.localhost:80")
    assert check_url("http://127.0.0.1:9000/a", allow) == "http://127.0.0.1:9000/a"
    assert check_url("http://[0::1]:9001/", allow) == "http://[::1]:9001/"
    assert check_url("http://samples.localhost/", allow) == "http://samples.localhost/"
    assert refused("http://127.0.0.1:9001/", allow) == "url_forbidden"
    assert refused("http://127.0.0.1/", allow) == "url_forbidden"
    assert refused("http://localhost:9000/", allow) == "url_forbidden"
    assert refused("ftp://127.0.0.1:9000/", allow) == "url_scheme"
    assert refused("http://a@127.0.0.1:9000/", allow) == "url_invalid"


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "example.com", "[::1]", "::1:80", "a:b", "a:80/path", "http://a:80", "a:70000", ""]
)
def test_an_allowed_host_that_is_none(entry: str) -> None:
    assert refused("https://example.com/", (entry,)) == "bad_setting"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.255.255.255", True), ("10.0.0.0", False), ("11.0.0.0", True), ("100.63.255.255", True), ("100.127.255.255", False),
        ("100.128.0.0", True), ("172.15.255.255", True), ("172.16.0.0", False), ("172.32.0.0", True), ("192.0.1.0", True),
        ("198.20.0.0", True), ("223.255.255.255", True), ("224.0.0.0", False), ("2001:200::1", True), ("2001:1ff::1", False),
        ("2002::1", False), ("2003::1", True), ("4000::1", False), ("1fff::1", False), ("2a00:1450::1", True), ("nonsense", False),
        ("fe80::1%eth0", False), ("", False),
    ],
)  # fmt: skip
def test_the_tables_edges(address: str, public: bool) -> None:
    assert is_public(address) is public
