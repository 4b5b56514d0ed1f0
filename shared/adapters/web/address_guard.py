"""Where strangers' URLs may lead: public addresses, web ports, public names. The tables are explicit.

`ipaddress.is_global` is not used: on Python 3.11 it calls 6to4, NAT64, multicast and 192.0.0.192 global.
Source: IANA's special-purpose address registries; the clouds' metadata services.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from shared.adapters.web.url_parts import Target, literal, parse
from shared.errors import BadInput

PORTS = frozenset({80, 443, 8080, 8443})

DENIED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; 100.100.100.200 is Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's wire server: a public number, reachable only from inside
        "169.254.0.0/16",  # link-local; .169.254 and .170.2 are metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; .192 is Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

GLOBAL_V6 = IPv6Network("2000::/3")
"""The only IPv6 space given out. Outside it: loopback, IPv4-mapped, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique-local
(fd20:ce::254 and fd00:ec2::254 are metadata), link-local, site-local, multicast."""

DENIED_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks, AMT
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the old 6bone
        "3fff::/20",  # documentation
    )
)

DENIED_NAMES = frozenset({"metadata.goog", "metadata.google.internal"})
DENIED_ENDINGS = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan", "intranet", "corp", "home", "private")

_ENDS_IN_PORT = re.compile(r":[0-9]+$")
_ISATAP = 0x5EFE
"""Upper half of an ISATAP interface identifier; the bits masked out are its universal and group flags."""
_ISATAP_MASK = 0xFCFF_FFFF


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet; a malformed one does not."""
    if isinstance(address, str):
        known = literal(address)
        if known is None:
            return False
        address = known
    if isinstance(address, IPv4Address):
        return not any(address in network for network in DENIED_V4)
    if (int(address) >> 32) & _ISATAP_MASK == _ISATAP:
        return False
    return address in GLOBAL_V6 and not any(address in network for network in DENIED_V6)


def check_url(url: str, allow_hosts: Iterable[str] = ()) -> str:
    """The URL made canonical, if nothing in its text forbids fetching it. Looks nothing up.

    `allow_hosts` are `host:port` exempt from the address, name and port rules.

    Raises:
        BadInput: `url_invalid`, `url_scheme`, `url_forbidden`.
    """
    target = parse(url)
    check_target(target, allowed_hosts(allow_hosts))
    return target.url


def allowed_hosts(hosts: Iterable[str]) -> frozenset[tuple[str, int]]:
    """`host:port` settings as (host, port).

    Raises:
        BadInput: one of them is not `host:port` (`bad_setting`).
    """
    return frozenset(map(_host_and_port, hosts))


def check_target(target: Target, allow: frozenset[tuple[str, int]]) -> None:
    """The port, name and literal address rules.

    Raises:
        BadInput: `url_forbidden`.
    """
    if (target.host, target.port) in allow:
        return
    if target.port not in PORTS:
        raise forbidden(f"port {target.port} is not a web port")
    if target.address is not None:
        if not is_public(target.address):
            raise forbidden("its address is not public")
    elif "." not in target.host or target.host in DENIED_NAMES or _ends_inside(target.host):
        raise forbidden("its host is a name inside a network")


def forbidden(reason: str) -> BadInput:
    """The refusal of a URL that leads where strangers' URLs may not lead."""
    return BadInput(
        f"this URL may not be fetched: {reason}",
        code="url_forbidden",
        advice="Give a public address, or paste the page's text. Hosts of your own may be named in HEADRACE_ALLOW_HOSTS.",
    )


def _ends_inside(host: str) -> bool:
    return any(host == ending or host.endswith(f".{ending}") for ending in DENIED_ENDINGS)


def _host_and_port(text: str) -> tuple[str, int]:
    try:
        target = parse(f"http://{text}")
    except BadInput as error:
        raise _bad_setting(text) from error
    if target.path != "/" or not _ENDS_IN_PORT.search(text):
        raise _bad_setting(text)
    return target.host, target.port


def _bad_setting(text: str) -> BadInput:
    return BadInput(
        f"{text!r} is not host:port", code="bad_setting", advice="Set HEADRACE_ALLOW_HOSTS like 127.0.0.1:9000,[::1]:9001."
    )
