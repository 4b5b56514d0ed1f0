"""Who may call a function that queues, schedules and triggers call: the accounts of the settings; in the local profile, this machine."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from functions.jobs_api.http.browser_guard import LOOPBACK, name_of
from shared import error_codes
from shared.errors import HeadraceError, Permanent
from shared.function_address import function_address
from shared.ports import Ports
from shared.ports.tasks import origin
from shared.settings import Settings

log = get_logger()

FOREIGN = frozenset({b"origin", b"sec-fetch-site", b"forwarded", b"x-forwarded-for"})
"""Headers of browsers and proxies, as ASGI has them, in small letters: what they bring to a loopback port comes from elsewhere."""
STATUS = {error_codes.UNAUTHENTICATED: 401, error_codes.FORBIDDEN: 403}


async def refusal(function: str, request: Request, ports: Ports) -> Response | None:
    """The answer to a caller who may not call `function`; None: it may.

    Raises:
        Transient: nobody can say now who it is.
    """
    try:
        if ports.identity is None:
            _from_this_machine(request)
        else:
            account = await ports.identity.account(request.headers, audiences(function, ports.settings))
            if account not in (ports.settings.tasks_account, *ports.settings.callers):
                raise Permanent("this account may not call functions", code="forbidden")
    except Permanent as error:
        if error.code not in STATUS:
            raise
        log.warning("refused", function=function, code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, STATUS[error.code], _challenge(error))
    return None


def audiences(function: str, settings: Settings) -> tuple[str, ...]:
    """Whom a token for `function` may be for: its own address's origin, as tasks say, or what the settings say."""
    named = settings.audiences or (settings.function_url,)
    addresses = [function_address(name, function, settings.function_services) for name in named]
    return tuple(addresses) if settings.audiences else tuple(origin(address) for address in addresses)


def _from_this_machine(request: Request) -> None:
    """Raises Permanent (`forbidden`) for anybody else, and for browsers and proxies on it.

    A page's plain read by a name of its own that leads here (DNS rebinding) says nothing but that name.
    """
    here = _is_loopback(request.client.host if request.client else "")
    named_here = name_of(request.headers.get("host", "").lower()) in LOOPBACK
    if not here or not named_here or not FOREIGN.isdisjoint(name for name, _ in request.headers.raw):
        raise Permanent("only this machine's own queues may call functions", code="forbidden")


@lru_cache(maxsize=100)
def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _challenge(error: HeadraceError) -> dict[str, str]:
    return {"www-authenticate": 'Bearer realm="headrace"'} if STATUS[error.code] == STATUS[error_codes.UNAUTHENTICATED] else {}
