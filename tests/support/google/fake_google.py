"""The REST interfaces over things in memory: lists in pages, operations that take a moment, and what Google refuses."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.google.applied_project import BILLING, DATABASE, HERE, Things

PAGE = 3
SLOW = ("run", "eventarc", "artifactregistry", "firestore")
"""APIs whose deletions are operations."""


class FakeGoogle:
    """`things` and `policies` may be changed by a test; `refused` are paths that nobody may ask about; `calls` is what was asked."""

    def __init__(self, url: str, things: Things, policies: dict[str, dict[str, Any]]) -> None:
        self.template = f"{url}/{{api}}"
        self.things, self.policies = things, policies
        self.refused: set[str] = set()
        self.calls: list[str] = []
        self._operations: dict[str, int] = {}

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{api}/{path:path}", self._answer, methods=["GET", "POST", "PATCH", "DELETE"])])

    def one(self, name: str) -> dict[str, Any]:
        """The thing whose name ends so."""
        return next(one for list_of in self.things.values() for one in list_of if one.get("name", "").endswith(name))

    def drop(self, name: str) -> None:
        for list_of in self.things.values():
            list_of[:] = [one for one in list_of if not one.get("name", "").endswith(name)]

    async def _answer(self, request: Request) -> Response:
        key = request.url.path.removeprefix("/")
        self.calls.append(f"{request.method} {key}")
        if any(part in key for part in self.refused):
            return _error(403, "Permission denied on resource.")
        if "/operations/" in key:
            return self._operation(key)
        if key.endswith((":getIamPolicy", ":setIamPolicy")):
            return await self._policy(request, key)
        if key.endswith("/billingInfo"):
            return JSONResponse({"billingAccountName": BILLING})
        return await self._thing(request, key)

    async def _thing(self, request: Request, key: str) -> Response:
        match request.method:
            case "GET":
                return self._list(request, key) if key in self.things else self._get(key)
            case "PATCH":
                return await self._patch(request, key)
        return self._delete(key)

    def _list(self, request: Request, key: str) -> Response:
        field = key.rpartition("/")[2] if not key.startswith("storage/") else "items"
        field = {"serviceAccounts": "accounts"}.get(field, field)
        start = int(request.query_params.get("pageToken", 0))
        found = self.things[key][start : start + PAGE]
        more = {"nextPageToken": str(start + PAGE)} if start + PAGE < len(self.things[key]) else {}
        return JSONResponse({field: found, **more} if found else more)

    def _place(self, key: str) -> tuple[list[dict[str, Any]], dict[str, Any]] | None:
        """The collection and the thing that a path names."""
        api, _, path = key.partition("/")
        for collection, list_of in self.things.items():
            of_api, _, where = collection.partition("/")
            for one in list_of if of_api == api and "quotaInfos" not in where else ():
                name = str(one["name"]) if str(one["name"]).startswith(("projects/", "billing")) else f"{where}/{one['name']}"
                if path.endswith(name) or path == f"{where}/{name.rpartition('/')[2]}":
                    return list_of, one
        return None

    def _get(self, key: str) -> Response:
        found = self._place(key)
        return JSONResponse(found[1]) if found else _error(404, "Requested entity was not found.")

    async def _patch(self, request: Request, key: str) -> Response:
        found = self._place(key)
        assert found is not None, key
        found[1].update(await request.json())
        return JSONResponse(found[1])

    def _delete(self, key: str) -> Response:
        found = self._place(key)
        if found is None:
            return _error(404, "Requested entity was not found.")
        list_of, one = found
        if one["name"] == DATABASE and one["deleteProtectionState"] != "DELETE_PROTECTION_DISABLED":
            return _error(400, "The database is protected.")
        if self.things.get(f"storage/storage/v1/b/{one['name']}/o"):
            return _error(409, "The bucket you tried to delete is not empty.")
        list_of.remove(one)
        if key.split("/", maxsplit=1)[0] not in SLOW:
            return JSONResponse({}) if "storage" not in key else Response(status_code=204)
        name = f"{HERE}/operations/{len(self._operations)}"
        self._operations[name] = 2
        return JSONResponse({"name": name})

    def _operation(self, key: str) -> Response:
        name = key.split("/", 2)[2]
        self._operations[name] -= 1
        return JSONResponse({"name": name, "done": True, "response": {}} if self._operations[name] <= 0 else {"name": name})

    async def _policy(self, request: Request, key: str) -> Response:
        path, _, verb = key.rpartition(":")
        if verb == "setIamPolicy":
            self.policies[path] = (await request.json())["policy"]
        return JSONResponse(self.policies.get(path, {"etag": "ACAB"}))


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": {"code": status, "message": message, "status": "X"}}, status)
