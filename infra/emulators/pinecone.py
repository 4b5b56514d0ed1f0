"""The part of Pinecone's HTTP interface that its client uses for vectors, over a dictionary, with exact cosine scores."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra.emulators.asgi_thread import serve_app

MOST_IDS, MOST_VECTORS, MOST_BYTES = 100, 1000, 2 * 1024 * 1024
NUMBERS: dict[str, Callable[[Any, Any], bool]] = {
    "$gt": lambda kept, wanted: kept > wanted,
    "$gte": lambda kept, wanted: kept >= wanted,
    "$lt": lambda kept, wanted: kept < wanted,
    "$lte": lambda kept, wanted: kept <= wanted,
}


@contextmanager
def pinecone() -> Iterator[str]:
    """Serve an empty index of any dimension (the first vector's) and answer its base URL, the value of `PINECONE_HOST`."""
    with serve_app(PineconeIndex().app) as url:
        yield url


class PineconeIndex:
    """One index. `requests` remembers what was asked, as `(path, details)`."""

    def __init__(self) -> None:
        self.namespaces: dict[str, dict[str, dict[str, Any]]] = {}
        self.requests: list[tuple[str, Any]] = []
        self.app = Starlette(
            routes=[
                Route("/vectors/upsert", self._upsert, methods=["POST"]),
                Route("/query", self._query, methods=["POST"]),
                Route("/vectors/fetch", self._fetch),
                Route("/vectors/delete", self._delete, methods=["POST"]),
                Route("/describe_index_stats", self._stats, methods=["POST"]),
            ]
        )

    def forget(self) -> None:
        """Be an empty index again."""
        self.namespaces.clear()
        self.requests.clear()

    async def _upsert(self, request: Request) -> JSONResponse:
        body, size = await request.json(), len(await request.body())
        vectors = body["vectors"]
        self.requests.append(("upsert", len(vectors)))
        if len(vectors) > MOST_VECTORS or size > MOST_BYTES:
            return _problem(400, "the request is over 1,000 vectors or 2 MB")
        lengths = {len(vector["values"]) for vector in [*vectors, *self._all()]}
        if len(lengths) > 1:
            return _problem(400, "Vector dimension does not match the dimension of the index")
        if not all(any(vector["values"]) for vector in vectors):
            return _problem(400, "Dense vectors must contain at least one non-zero value")
        kept = self.namespaces.setdefault(body.get("namespace", ""), {})
        kept.update({vector["id"]: vector for vector in vectors})
        return JSONResponse({"upsertedCount": len(vectors)})

    async def _query(self, request: Request) -> JSONResponse:
        body = await request.json()
        namespace, asked = body.get("namespace", ""), body.get("vector")
        self.requests.append(("query", body))
        if asked is None:
            stored = self.namespaces.get(namespace, {}).get(body["id"])
            if stored is None:
                return JSONResponse({"matches": [], "namespace": namespace, "usage": {"readUnits": 1}})
            asked = stored["values"]
        if any(len(vector["values"]) != len(asked) for vector in self._all()):
            return _problem(400, "Vector dimension does not match the dimension of the index")
        matches = [
            {"id": vector["id"], "score": _cosine(vector["values"], asked), "values": [], "metadata": vector.get("metadata", {})}
            for vector in self.namespaces.get(namespace, {}).values()
            if _holds(vector.get("metadata", {}), body.get("filter") or {})
        ]
        matches.sort(key=lambda match: -match["score"])
        return JSONResponse({"matches": matches[: body["topK"]], "namespace": namespace, "usage": {"readUnits": 1}})

    async def _fetch(self, request: Request) -> JSONResponse:
        ids, namespace = request.query_params.getlist("ids"), request.query_params.get("namespace", "")
        self.requests.append(("fetch", len(ids)))
        if len(ids) > MOST_IDS:
            return _problem(414, "the address is too long")
        kept = self.namespaces.get(namespace, {})
        return JSONResponse(
            {"vectors": {i: kept[i] for i in ids if i in kept}, "namespace": namespace, "usage": {"readUnits": 1}}
        )

    async def _delete(self, request: Request) -> JSONResponse:
        body = await request.json()
        namespace = body.get("namespace", "")
        self.requests.append(("delete", body))
        if namespace not in self.namespaces:
            return _problem(404, "Namespace not found")
        if body.get("deleteAll"):
            del self.namespaces[namespace]
        for name in body.get("ids", ()):
            self.namespaces[namespace].pop(name, None)
        return JSONResponse({})

    async def _stats(self, _: Request) -> JSONResponse:
        counts = {name: {"vectorCount": len(vectors)} for name, vectors in self.namespaces.items()}
        dimension = next((len(vector["values"]) for vector in self._all()), 0)
        total = sum(count["vectorCount"] for count in counts.values())
        return JSONResponse({"namespaces": counts, "dimension": dimension, "indexFullness": 0.0, "totalVectorCount": total})

    def _all(self) -> Iterator[dict[str, Any]]:
        return (vector for vectors in self.namespaces.values() for vector in vectors.values())


def _problem(status: int, message: str) -> JSONResponse:
    return JSONResponse({"code": 3, "message": message, "details": []}, status)


def _cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / ((math.hypot(*one) * math.hypot(*other)) or 1.0)


def _holds(metadata: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Pinecone's filters: `$and`, or fields with operators."""
    return all(
        all(_holds(metadata, part) for part in condition)
        if name == "$and"
        else all(_compares(metadata.get(name), operator, value) for operator, value in condition.items())
        for name, condition in wanted.items()
    )


def _compares(kept: Any, operator: str, wanted: Any) -> bool:
    values = kept if isinstance(kept, list) else [kept]
    match operator:
        case "$exists":
            return bool((kept is not None) == wanted)
        case "$eq":
            return any(_same(value, wanted) for value in values)
        case "$ne":  # a missing field differs from everything
            return not any(_same(value, wanted) for value in values)
        case "$in":
            return any(_same(value, one) for value in values for one in wanted)
        case _:
            number = isinstance(kept, int | float) and not isinstance(kept, bool)
            return bool(number and NUMBERS[operator](kept, wanted))


def _same(kept: Any, wanted: Any) -> bool:
    return isinstance(kept, bool) == isinstance(wanted, bool) and bool(kept == wanted)
