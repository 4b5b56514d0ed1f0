"""Google's identity tokens, checked: signature, issuer, time, audience, and that the e-mail address is the account's own.

The certificates come over the web port and are kept for as long as they say; a key that is not among them is looked for again,
once a minute at most, so that strangers' tokens fetch nothing.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from google.auth import exceptions, jwt
from structlog.stdlib import get_logger

from shared.adapters.clients_per_loop import PerLoop
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports.clock import Clock
from shared.ports.web import Web

log = get_logger()

CERTS_URL = "https://www.googleapis.com/oauth2/v1/certs"
ISSUERS = ("accounts.google.com", "https://accounts.google.com")
SKEW = 10
"""Seconds by which clocks may differ."""
REMOVED = ".SIGNATURE_REMOVED_BY_GOOGLE"
"""What Cloud Run may leave of a signature that it has checked itself."""
MOST_TOKEN, MOST_CERTS = 8 * 1024, 64 * 1024
"""Characters and bytes."""
KEPT, LEAST_KEPT, LONGEST_KEPT = 3600.0, 60.0, 86400.0
"""Seconds that certificates are kept when they do not say how long, at least, and at most when there are no new ones."""
OK = 200
MAX_AGE = re.compile(r"max-age=(\d{1,9})")
TIMEOUT = 10.0


class GoogleIdentity:
    """The identity port. `iam_checked`: Cloud Run has checked every caller before us, so a token whose signature it took away is one."""

    def __init__(self, web: Web, clock: Clock, certs_url: str = CERTS_URL, *, iam_checked: bool = False) -> None:
        self._web, self._clock, self._url, self._iam_checked = web, clock, certs_url, iam_checked
        self._certs: Mapping[str, str] = {}
        self._until = self._fetched = float("-inf")
        self._fetching = PerLoop(asyncio.Lock)

    async def account(self, headers: Mapping[str, str], audiences: Collection[str]) -> str:
        if not audiences:
            raise ValueError("without an audience anybody's token would do")
        token = self._token(headers)
        if self._iam_checked and token.endswith(REMOVED):
            claims = _decoded(token, None, audiences)
            self._check_time_and_audience(claims, audiences)
        else:
            claims = _decoded(token, await self._certs_for(token), audiences)
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

    async def _certs_for(self, token: str) -> Mapping[str, str]:
        """The certificates, fetched anew when their time is over or the token's key is not among them."""
        key = _key_of(token)
        async with self._fetching.get():
            now = self._clock.now()
            if now >= self._until or (key not in self._certs and now >= self._fetched + LEAST_KEPT):
                await self._fetch(now)
        return self._certs

    async def _fetch(self, now: float) -> None:
        """New certificates. Where they cannot be had, those we have serve on for a day.

        Raises:
            Transient: nor have we any (`no_certificates`).
        """
        try:
            page = await self._web.fetch(self._url, max_bytes=MOST_CERTS, timeout=TIMEOUT, trusted=True)
            found = json.loads(page.content) if page.status == OK else None
        except (HeadraceError, ValueError, RecursionError) as error:
            log.warning("no_certificates", error=str(error))
            found = None
        if not isinstance(found, dict) or not found or not all(isinstance(cert, str) for cert in found.values()):
            if now > self._fetched + LONGEST_KEPT:
                raise Transient("what callers are checked by cannot be had", code="no_certificates")
            self._until = now + LEAST_KEPT
            return
        age = MAX_AGE.search(page.headers.get("cache-control", ""))
        self._certs, self._fetched = found, now
        self._until = now + max(LEAST_KEPT, float(age[1]) if age else KEPT)


def _decoded(token: str, certs: Mapping[str, str] | None, audiences: Collection[str]) -> Mapping[str, Any]:
    """A token's claims; without certificates, nothing of it is checked here."""
    try:
        if certs is None:
            claims = jwt.decode(token, verify=False)  # type: ignore[no-untyped-call]  # the library has no types
        else:
            claims = jwt.decode(token, certs=certs, audience=list(audiences), clock_skew_in_seconds=SKEW)  # type: ignore[no-untyped-call]  # as above
    except (ValueError, TypeError, KeyError, exceptions.GoogleAuthError) as error:
        raise _refused("it is forged, expired, or for somebody else") from error
    if not isinstance(claims, dict):
        raise _refused("it says nothing")
    return claims


def _key_of(token: str) -> object:
    try:
        return jwt.decode_header(token).get("kid")  # type: ignore[no-untyped-call]  # as above
    except (ValueError, TypeError, AttributeError, exceptions.GoogleAuthError) as error:
        raise _refused("it is no token") from error


def _refused(why: str) -> Permanent:
    return Permanent(f"the caller shows no identity token that can be taken: {why}", code="unauthenticated")
