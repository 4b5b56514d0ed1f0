"""Firebase ID tokens, checked as Firebase says: RS256 by a published key that the token names, issuer, audience, times, and a user.

https://firebase.google.com/docs/auth/admin/verify-id-tokens, "Verify ID tokens using a third-party JWT library".
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any, TypeGuard

from google.auth import crypt, exceptions, jwt

from shared.adapters.google.published_certificates import PublishedCertificates
from shared.errors import Permanent
from shared.ports.clock import Clock
from shared.ports.web import Web

CERTS_URL = "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"
ISSUER = "https://securetoken.google.com/"
SKEW = 60.0
"""Seconds by which clocks may differ."""
MOST_TOKEN, MOST_USER = 8 * 1024, 128
"""Characters."""


class FirebaseUsers:
    """The users port, for the users of one Firebase project."""

    def __init__(self, project: str, web: Web, clock: Clock, certs_url: str = CERTS_URL) -> None:
        self._project, self._clock = project, clock
        self._certs = PublishedCertificates(web, clock, certs_url)

    async def user(self, token: str) -> str:
        head, claims = _read(token)
        key = head.get("kid")
        if head.get("alg") != "RS256" or not isinstance(
            key, str
        ):  # what a token says of itself is no reason to check it otherwise
            raise _refused("it is not signed as Firebase signs")
        cert = (await self._certs.with_key(key)).get(key)
        if cert is None or not _is_signed(token, cert):
            raise _refused("it is forged, or its key is not published any more")
        self._check_claims(claims)
        return str(claims["sub"])

    def _check_claims(self, claims: Mapping[str, Any]) -> None:
        if claims.get("aud") != self._project or claims.get("iss") != f"{ISSUER}{self._project}":
            raise _refused("it is another project's")
        now, ends = self._clock.now(), claims.get("exp")
        begun = [claims.get("iat"), claims.get("auth_time")]
        if not _is_time(ends) or ends < now - SKEW or not all(_is_time(at) and at <= now + SKEW for at in begun):
            raise _refused("it has expired, or is not of this time")
        if not isinstance(claims.get("sub"), str) or not 1 <= len(claims["sub"]) <= MOST_USER:
            raise _refused("it names no user")


def _read(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a token says in its header and its claims; nothing of it is checked."""
    try:
        if len(token) > MOST_TOKEN:
            raise ValueError("too long")
        head: Any = jwt.decode_header(token)  # type: ignore[no-untyped-call]  # the library has no types
        claims: Any = jwt.decode(token, verify=False)  # type: ignore[no-untyped-call]  # as above
    except (ValueError, TypeError, AttributeError, RecursionError, exceptions.GoogleAuthError) as error:
        raise _refused("it is no token") from error
    if not isinstance(head, dict) or not isinstance(claims, dict):
        raise _refused("it is no token")
    return head, claims


def _is_signed(token: str, cert: str) -> bool:
    signed, _, signature = token.rpartition(".")
    try:
        raw = base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
        return bool(crypt.RSAVerifier.from_string(cert).verify(signed, raw))  # type: ignore[no-untyped-call]  # as above
    except (ValueError, binascii.Error, exceptions.GoogleAuthError):
        return False


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _refused(why: str) -> Permanent:
    return Permanent(f"this ID token cannot be taken: {why}", code="unauthenticated")
