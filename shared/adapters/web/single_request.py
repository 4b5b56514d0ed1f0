"""One request to one place, and the request a redirect turns it into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin

from shared.adapters.web.address_guard import forbidden
from shared.adapters.web.url_parts import Target, parse
from shared.errors import BadInput

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOLLOWING = frozenset({"GET", "HEAD"})
"""Methods whose redirects are followed. A body goes where it was meant to go, or nowhere: its redirect is the answer."""

OURS = frozenset({"host", "accept-encoding", "connection", "content-length", "transfer-encoding"})
"""Headers the client writes itself, whatever the caller says."""

TRAVELLING = frozenset({"accept", "accept-language"})
"""The caller's headers that may cross to another origin: no credential, whatever its name, is among them."""

ADVICE = "Open the page in a browser and use the address it ends at."


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `headers` are complete but for Host; `trusted` waives the address, name and port rules."""

    method: str
    target: Target
    headers: Mapping[str, str]
    content: bytes | None
    max_bytes: int
    trusted: bool

    def follows(self, status: int) -> bool:
        """Whether an answer of this status is a redirect to be followed."""
        return status in REDIRECTS and self.method in FOLLOWING and self.content is None

    def onward(self, location: str) -> Call:
        """The call a redirect asks for. Leaving the origin ends trust for good and leaves the caller's credentials behind.

        Raises:
            BadInput: it leads to no usable URL (`url_invalid`, `url_scheme`), or from https to http (`url_forbidden`).
        """
        target = self._joined(location)
        if self.target.scheme == "https" and target.scheme == "http":
            raise forbidden(f"{self.target.shown} redirects from https to plain http")
        if target.origin == self.target.origin:
            return replace(self, target=target)
        kept = {name: value for name, value in self.headers.items() if name in TRAVELLING}
        return replace(self, target=target, trusted=False, headers=complete(kept))

    def _joined(self, location: str) -> Target:
        try:
            return parse(urljoin(self.target.url, location))
        except ValueError as error:  # brackets that match nothing
            raise BadInput(f"{self.target.shown} redirects to nowhere: {error}", code="url_invalid", advice=ADVICE) from error
        except BadInput as error:
            raise BadInput(
                f"{self.target.shown} redirects to nowhere: {error.message}", code=error.code, advice=ADVICE
            ) from error


def complete(given: Mapping[str, str], *, form: bool = False) -> dict[str, str]:
    """What is sent besides Host: the caller's headers between our defaults and our own."""
    headers = {"user-agent": _user_agent(), "accept": "*/*"}
    headers |= {name.lower(): value for name, value in given.items() if name.lower() not in OURS}
    headers |= {"accept-encoding": "gzip"}
    if form:
        headers |= {"content-type": "application/x-www-form-urlencoded"}
    return headers


def _user_agent() -> str:
    try:
        known = version("headrace")
    except PackageNotFoundError:  # run from a copied source tree, as functions are
        known = "0"
    return f"Headrace/{known} (+https://github.com/headrace/headrace)"
