"""Google's identity tokens, checked: signature, issuer, time, audience, and that the e-mail address is the account's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from google.auth import exceptions, jwt

from shared.adapters.google.published_certificates import PublishedCertificates
from shared.errors import Permanent
from shared.ports.clock import Clock
from shared.ports.web import Web

CERTS_URL = "https://www.googleapis.com/oauth2/v1/certs"
ISSUERS = ("accounts.google.com", "https://accounts.google.com")
SKEW = 10
"""Seconds by which clocks may differ."""
REMOVED = ".SIGNATURE_REMOVED_BY_GOOGLE"
"""What Cloud Run may leave of a signature that it has checked itself."""
MOST_TOKEN = 8 * 1024
"""Characters."""
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, exceptions.GoogleAuthError)
"""What the library raises for a token that is none, such as one of lists within lists."""


class GoogleIdentity:
    """The identity port. `iam_checked`: Cloud Run has checked every caller before us, so a token whose signature it took away is one."""

    def __init__(self, web: Web, clock: Clock, certs_url: str = CERTS_URL, *, iam_checked: bool = False) -> None:
        self._certs, self._clock, self._iam_checked = PublishedCertificates(web, clock, certs_url), clock, iam_checked

    async def account(self, headers: Mapping[str, str], audiences: Collection[str]) -> str:
        if not audiences:
            raise ValueError("without an audience anybody's token would do")
        token = self._token(headers)
        if self._iam_checked and token.endswith(REMOVED):
            claims = _decoded(token, None, audiences)
            self._check_time_and_audience(claims, audiences)
        else:
            claims = _decoded(token, await self._certs.with_key(_key_of(token)), audiences)
        email = claims.get("email")
        if claims.get("iss") not in ISSUERS or claims.get("email_verified") is not True or not isinstance(email, str):
            raise _refused("it is not one of Google's, or names no account")
        return email

    def _token(self, headers: Mapping[str, str]) -> str:
        """The request's token. Cloud Run heeds its own header before the other, so where it checks, that is the caller's."""
        own = headers.get("x-serverless-authorization", "") if self._iam_checked else ""
        scheme, _, token = (own or headers.get("authorization", "")).partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > MOST_TOKEN:
            raise _refused("there is none")
        return token.strip()

    def _check_time_and_audience(self, claims: Mapping[str, Any], audiences: Collection[str]) -> None:
        now, begins, ends = self._clock.now(), claims.get("iat"), claims.get("exp")
        if not isinstance(begins, int) or not isinstance(ends, int) or not begins - SKEW <= now <= ends + SKEW:
            raise _refused("it is not of this time")
        if claims.get("aud") not in audiences:
            raise _refused("it is for somebody else")


def _decoded(token: str, certs: Mapping[str, str] | None, audiences: Collection[str]) -> Mapping[str, Any]:
    """A token's claims; without certificates, nothing of it is checked here."""
    try:
        if certs is None:
            claims = jwt.decode(token, verify=False)  # type: ignore[no-untyped-call]  # the library has no types
        else:
            claims = jwt.decode(token, certs=certs, audience=list(audiences), clock_skew_in_seconds=SKEW)  # type: ignore[no-untyped-call]  # as above
    except UNREADABLE as error:
        raise _refused("it is forged, expired, or for somebody else") from error
    if not isinstance(claims, dict):
        raise _refused("it says nothing")
    return claims


def _key_of(token: str) -> str:
    try:
        key = jwt.decode_header(token).get("kid")  # type: ignore[no-untyped-call]  # as above
    except UNREADABLE as error:
        raise _refused("it is no token") from error
    if not isinstance(key, str):
        raise _refused("it does not say with which key it is signed")
    return key


def _refused(why: str) -> Permanent:
    return Permanent(f"the caller shows no identity token that can be taken: {why}", code="unauthenticated")
