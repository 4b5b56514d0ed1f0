"""What stands before the functions on Cloud Run: it checks who calls, starts what is scaled to zero, and passes the request on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx2
from google.auth import exceptions, jwt
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from infra.emulators.function_process import Service
from infra.emulators.identity_tokens import KEY_ID

CERTS = "/oauth2/v1/certs"
METADATA = "/computeMetadata/v1/instance/service-accounts/default/identity"
HOP = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


class Front:
    """`private` serves every function at `/{function}`, to `account` alone; `public` serves one of them to anybody.

    At `CERTS`, what `account`'s tokens are checked by, as Google serves its own; at `METADATA`, its `token` for an audience, as the
    metadata server gives one to whatever runs as it.
    """

    def __init__(
        self,
        services: Mapping[str, Service],
        http: httpx2.AsyncClient,
        *,
        account: str,
        key: bytes,
        token: Callable[[str, str], str],
    ) -> None:
        self._services = services
        self._http = http
        self._account, self._key, self._token = account, key, token
        self.private = Starlette(
            routes=[
                Route(CERTS, self._certs, methods=["GET"]),
                Route(METADATA, self._metadata, methods=["GET"]),
                Route("/{function}", self._call, methods=["POST"]),
            ]
        )

    def public(self, function: str) -> Starlette:
        async def pass_on(request: Request) -> Response:
            return await self._pass_on(self._services[function], request, request.url.path)

        return Starlette(routes=[Route("/{path:path}", pass_on, methods=METHODS)])

    async def _certs(self, _: Request) -> Response:
        return JSONResponse({KEY_ID: self._key.decode()}, headers={"cache-control": "public, max-age=3600"})

    async def _metadata(self, request: Request) -> Response:
        if request.headers.get("metadata-flavor") != "Google":
            return PlainTextResponse("Missing Metadata-Flavor:Google header.\n", 403)
        return PlainTextResponse(self._token(self._account, request.query_params["audience"]))

    async def _call(self, request: Request) -> Response:
        if not self._may(request):
            return PlainTextResponse("the caller is not authenticated\n", 401)
        service = self._services.get(request.path_params["function"])
        if service is None:
            return PlainTextResponse("no such service\n", 404)
        return await self._pass_on(service, request, "/")

    def _may(self, request: Request) -> bool:
        """Whether the request carries the account's identity token for this place, as Cloud Run would ask."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        audience = f"{request.url.scheme}://{request.url.netloc}"
        try:
            claims = jwt.decode(token, certs={KEY_ID: self._key}, audience=audience)  # type: ignore[no-untyped-call]  # the library has no types
        except (ValueError, exceptions.GoogleAuthError):
            return False
        return scheme == "Bearer" and bool(claims["email"] == self._account)

    async def _pass_on(self, service: Service, request: Request, path: str) -> Response:
        """503 when the process ends before it answers, as Cloud Run says."""
        headers = [(name, value) for name, value in request.headers.items() if name not in HOP]
        try:
            url = f"{await service.url()}{path}" + (f"?{request.url.query}" if request.url.query else "")
            asked = self._http.build_request(request.method, url, headers=headers, content=await request.body())
            answer = await self._http.send(asked, stream=True)
        except (httpx2.HTTPError, RuntimeError, TimeoutError) as error:
            return PlainTextResponse(f"the service is unavailable: {error}\n", 503)
        kept = {name: value for name, value in answer.headers.items() if name not in HOP}
        return StreamingResponse(answer.aiter_raw(), answer.status_code, kept, background=BackgroundTask(answer.aclose))
