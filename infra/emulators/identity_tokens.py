"""Identity tokens like Google's, signed with a key of this process: what a delivery with OIDC carries."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from google.auth import crypt, jwt

ISSUER = "https://accounts.google.com"
LIFE = 3600
KEY_ID = "emulated"
"""What tokens call the key that they are signed with."""


class Identity:
    """Signs for any service account. `public_key` (PEM) checks its signatures."""

    def token(self, email: str, audience: str, /, **changes: Any) -> str:
        """A JWT with Google's claims, good for an hour; `changes` are claims that shall be others."""
        now = int(time.time())
        claims = {
            "iss": ISSUER, "aud": audience, "email": email, "email_verified": True, "sub": email, "azp": email,
            "iat": now, "exp": now + LIFE, **changes,
        }  # fmt: skip
        return jwt.encode(self._signer, claims).decode()  # type: ignore[no-untyped-call, no-any-return]  # the library has no types

    @cached_property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @cached_property
    def private_key(self) -> bytes:
        """For credentials that sign like a service account's."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def _signer(self) -> Any:
        return crypt.RSASigner.from_string(self.private_key, KEY_ID)  # type: ignore[no-untyped-call]  # as above
