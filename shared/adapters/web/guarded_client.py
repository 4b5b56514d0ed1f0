"""The web port's adapter: one HTTP client for strangers' URLs, within bounds of time, size, hops and place.

It sits on httpcore2, httpx2's own engine: no cookies, no proxies or passwords from the environment, no redirects of
its own to be switched off. Bodies come as bytes; their charset is the reader's business.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from shared.adapters.web.address_guard import allowed_hosts, check_target, check_url
from shared.adapters.web.response_body import Body, too_large
from shared.adapters.web.single_request import ADVICE, Call, complete
from shared.adapters.web.url_parts import parse
from shared.errors import Permanent, Transient
from shared.ports.web import Page

if TYPE_CHECKING:
    import httpcore2

    from shared.adapters.web.network_backend import Resolve

MAX_REDIRECTS = 5
ERRNO = re.compile(r"^\[Errno -?\d+\] ")
"""What the system puts before its own words."""
MAX_CONNECTIONS = 100
KEEP_IDLE = 20
IDLE_SECONDS = 5.0


class GuardedWeb:
    """`shared.ports.web.Web` over guarded connections. Made cheaply; its connections are made on first use.

    `allow_hosts` are `host:port` exempt from the address and port rules. `resolve` and `tls` replace the system's
    resolver and certificate store.

    Raises:
        BadInput: an `allow_hosts` entry is not `host:port` (`bad_setting`).
    """

    def __init__(
        self, allow_hosts: Sequence[str] = (), *, resolve: Resolve | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._hosts = tuple(allow_hosts)
        self._allow = allowed_hosts(self._hosts)
        self._resolve = resolve
        self._tls = tls
        self._pools: dict[bool, httpcore2.AsyncConnectionPool] = {}

    def check(self, url: str) -> str:
        return check_url(url, self._hosts)

    async def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        max_bytes: int = 2 * 1024 * 1024,
        timeout: float = 15.0,
        trusted: bool = False,
    ) -> Page:
        """See `shared.ports.web.Web.fetch`. A redirect is followed for GET and HEAD; for other methods it is the answer."""
        target = parse(url)
        call = Call(
            method.upper(),
            target.with_params(params) if params else target,
            complete(headers or {}, form=form is not None),
            urlencode(form).encode() if form is not None else content,
            max_bytes,
            trusted,
        )
        try:
            async with asyncio.timeout(timeout):
                return await self._follow(call)
        except TimeoutError as error:
            raise Transient(
                f"{target.shown} did not answer in full within {timeout:g} s",
                code="fetch_timeout",
                advice="Try again later, or paste the text.",
            ) from error

    async def aclose(self) -> None:
        """Close every connection. The next fetch makes new ones."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    async def _follow(self, call: Call) -> Page:
        for _ in range(MAX_REDIRECTS + 1):
            if not call.trusted:
                check_target(call.target, self._allow)
            answer = await self._ask(call)
            if isinstance(answer, Page):
                return answer
            call = call.onward(answer)
        raise Permanent(
            f"more than {MAX_REDIRECTS} redirects, the last one to {call.target.shown}",
            code="too_many_redirects",
            advice=ADVICE,
        )

    async def _ask(self, call: Call) -> Page | str:
        """The page, or where a redirect to be followed leads. Vendor errors become ours here."""
        import httpcore2  # noqa: PLC0415 - 0.14 s of cold start

        target = call.target
        place = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        sent = {"host": target.netloc, **call.headers}
        if not call.trusted:  # httpcore2 takes what a site sends beyond its answer for the next one: to us, no next one comes
            sent |= {"connection": "close"}
        lines = [(name.encode(), value.encode()) for name, value in sent.items()]
        try:
            async with self._pool(call.trusted).stream(call.method, place, headers=lines, content=call.content) as response:
                return await _read(call, response)
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError) as error:
            raise Transient(
                f"{target.shown} could not be read: {ERRNO.sub('', str(error)) or type(error).__name__}",
                code="fetch_failed",
                advice="Check the address, try again later, or paste the text.",
            ) from error

    def _pool(self, trusted: bool) -> httpcore2.AsyncConnectionPool:
        """Two pools, so that a stranger's URL never travels on a connection opened without the guard."""
        if trusted not in self._pools:
            import httpcore2  # noqa: PLC0415 - as above

            from shared.adapters.web.network_backend import GuardedBackend, resolve  # noqa: PLC0415 - it subclasses httpcore2's

            self._tls = self._tls or httpcore2.default_ssl_context()
            self._pools[trusted] = httpcore2.AsyncConnectionPool(
                ssl_context=self._tls,
                max_connections=MAX_CONNECTIONS,
                max_keepalive_connections=KEEP_IDLE,
                keepalive_expiry=IDLE_SECONDS,
                network_backend=httpcore2.AnyIOBackend() if trusted else GuardedBackend(self._allow, self._resolve or resolve),
            )
        return self._pools[trusted]


async def _read(call: Call, response: httpcore2.Response) -> Page | str:
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("utf-8", "replace")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    location = headers.get("location", "")
    if location and call.follows(response.status):
        return location
    body = Body("" if call.method == "HEAD" else headers.get("content-encoding", ""), call.max_bytes)
    if call.method != "HEAD" and int(headers.get("content-length") or 0) > call.max_bytes:
        raise too_large(call.max_bytes)
    async for data in response.aiter_stream():
        body.feed(data)
    return Page(call.target.url, response.status, headers, body.finish())
