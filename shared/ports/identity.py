"""Who calls: the account, or the person, that a bearer token is of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol


class Identity(Protocol):
    """Checks tokens like Google's: JWTs of an issuer that we trust, for us, of today."""

    async def account(self, headers: Mapping[str, str], audiences: Collection[str]) -> str:
        """The e-mail address of the account that a request's token is of. `headers` by lower-case names; `audiences` are never none.

        Raises:
            Permanent: no token, or one that is forged, expired, or for somebody else (`unauthenticated`).
            Transient: what it is checked by could not be had.
        """


class Users(Protocol):
    """Checks tokens of people who have signed in somewhere that we trust."""

    async def user(self, token: str) -> str:
        """The user's id there.

        Raises:
            Permanent: the token is forged, expired, or for somebody else (`unauthenticated`).
            Transient: what it is checked by could not be had.
        """
