"""From a request to its route and back: who may, which route, what went wrong."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from structlog.stdlib import get_logger

from functions.jobs_api.http import api_key_store, problems, record_owners, request_body
from functions.jobs_api.http.browser_guard import refusal
from functions.jobs_api.http.callers import OPERATOR, SIGNED_IN, Caller
from functions.jobs_api.http.load_shedding import HeldResponse, shedder_of
from functions.jobs_api.http.route_definition import Call, Route
from functions.jobs_api.routes import routes as all_routes
from shared import error_codes
from shared.engine.delivery_handler import Handler
from shared.engine.flow import Flow
from shared.errors import HeadraceError, Permanent, Transient
from shared.logs import bound_fields
from shared.ports import Ports
from shared.ports.identity import Users
from shared.records.record_use import RecordUse

log = get_logger()

ANYBODY = "anybody:"
"""Whose share is taken by who needs no key: no owner's name ends so."""


def build(
    flows: Callable[[], Mapping[str, Flow]], ports: Callable[[], Ports], routes: Callable[[], tuple[Route, ...]] = all_routes
) -> Handler:
    """The API as one function. All three are called per request: what they answer is made on first use and shared."""

    async def jobs_api(request: Request) -> Response:
        request.state.request_id = secrets.token_hex(8)
        with bound_fields(request_id=request.state.request_id):
            try:
                response = await _dispatch(request, flows, ports, routes())
            except ClientDisconnect:
                response = Response(status_code=400)  # nobody will read it
            except Exception as error:  # noqa: BLE001 - the edge: the caller gets a problem, the log the rest
                _log(request, error)
                response = problems.response(request, error)
        response.headers["X-Request-Id"] = request.state.request_id
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")
        return response if request.method != "HEAD" else _headers_only(response)

    return jobs_api


def _log(request: Request, error: Exception) -> None:
    """What is our fault. The caller's own mistakes are told to the caller alone; of a crowd of them, the shedder tells."""
    status = problems.status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request_failed", path=request.url.path, exc_info=error)
    elif isinstance(error, Transient) and status > HTTPStatus.INTERNAL_SERVER_ERROR and error.code != error_codes.OVERLOADED:
        log.warning("try_again", path=request.url.path, code=error.code, error=error.message)


async def _dispatch(
    request: Request, flows: Callable[[], Mapping[str, Flow]], ports: Callable[[], Ports], routes: tuple[Route, ...]
) -> Response:
    """The route's answer.

    Raises:
        HeadraceError: what the route raises, `not_found`, and what `browser_guard` refuses.
    """
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    world = ports()
    if (foreign := refusal(request, world.settings)) is not None:
        raise foreign
    caller = await _caller(request, world) if path.startswith("/api/") else OPERATOR
    if caller is None:
        refused = Permanent("a valid API key is needed", code="unauthorised", advice="Send it as `Authorization: Bearer …`.")
        return problems.response(request, refused, {"WWW-Authenticate": 'Bearer realm="headrace"'})
    matches = _matches(path, routes)
    if not matches:
        raise Permanent("there is nothing at this path", code="not_found", advice="/docs lists what there is.")
    route, found = matches.get("GET" if request.method == "HEAD" else request.method, (None, None))
    if route is None or found is None:
        return _not_allowed(request, matches)
    if not caller.may(route.needs):
        raise Permanent(
            f"this key may not do that: it needs scope {route.needs}",
            code="out_of_scope",
            advice="Ask for another: headrace keys create.",
        )
    return await _in_turn(route, Call(request, found.groupdict(), flows(), world, routes, caller))


async def _in_turn(route: Route, call: Call) -> Response:
    """The route's answer, once there is a place for it. The body comes before: who sends it slowly holds nobody up.

    Raises:
        ClientDisconnect: who asked has left while waiting: nothing is done for nobody.
        HeadraceError: what the route raises, `overloaded`, and what is wrong with the body's size.
    """
    shedder = shedder_of(call.ports.documents)
    owner = call.caller.owner if route.path.startswith("/api/") else ANYBODY
    give_back = shedder.stream(owner) if route.streams and call.request.method != "HEAD" else None
    try:
        with shedder.body(call.request, owner) as counted:
            request = counted if route.body is None else await request_body.received(counted)
            async with shedder.place(route.takes, owner):
                response = await _answered(route, replace(call, request=request))
    except BaseException:
        if give_back is not None:
            give_back()
        raise
    return response if give_back is None else HeldResponse(response, give_back)


async def _answered(route: Route, call: Call) -> Response:
    if await call.request.is_disconnected():
        raise ClientDisconnect
    if route.record:
        await record_owners.check([RecordUse(route.record, call.path["id"])], call.caller, call.ports, code=route.missing)
    return await route.handle(call)


def _matches(path: str, routes: tuple[Route, ...]) -> dict[str, tuple[Route, re.Match[str]]]:
    """The route of each method that the path has. What is spelt out (`/posts/queue`) is no id (`/posts/{id}`)."""
    found = [(route, match) for route in routes if (match := route.pattern.fullmatch(path))]
    fewest = min((len(match.groupdict()) for _, match in found), default=0)
    return {route.method: (route, match) for route, match in found if len(match.groupdict()) == fewest}


async def _caller(request: Request, world: Ports) -> Caller | None:
    """Who asks; None: nobody who may. The deployment's own key is compared in constant time.

    Raises:
        Transient: the store did not answer.
    """
    own_key = world.settings.api_key
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    # Starlette decodes headers as Latin-1: encoding them so gives the bytes that were sent.
    if own_key and hmac.compare_digest(token.encode("latin-1"), own_key.encode()):
        return OPERATOR
    if token.startswith(api_key_store.PREFIX):
        return await api_key_store.caller_of(token, world)
    if world.users is not None:
        return await _signed_in(token, world.users)
    return OPERATOR if not own_key and world.settings.profile != "cloud" else None


async def _signed_in(token: str, users: Users) -> Caller | None:
    """The user of an ID token. No key's owner is called as a user is: there is no colon in theirs."""
    try:
        return Caller(f"user:{await users.user(token)}", SIGNED_IN) if token else None
    except Permanent as error:
        log.info("refused", code=error.code, error=error.message)
        return None


def _not_allowed(request: Request, methods: Mapping[str, object]) -> Response:
    allow = {"Allow": ", ".join(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=allow)
    refused: HeadraceError = Permanent(f"this path does not take {request.method}", code="method_not_allowed")
    return problems.response(request, refused, allow)


def _headers_only(response: Response) -> Response:
    """HEAD is GET without the body; a stream is never begun."""
    return Response(None, response.status_code, dict(response.headers))
