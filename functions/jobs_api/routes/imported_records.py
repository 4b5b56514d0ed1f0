"""Records that users bring in: put, listed, read, deleted. Putting the same twice changes nothing, and so triggers nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, Response

from functions import import_kinds
from functions.jobs_api.api_models import Cursor, Limit
from functions.jobs_api.http import cursors, record_owners, request_body
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports.job_view import input_in_words
from functions.pipeline_registration import ImportKind, load
from shared.engine.store import paths
from shared.errors import BadInput, Conflict, Permanent
from shared.ports.documents import Create, Data, Delete, Document, Update, Write
from shared.publish.posting_times.posting_hours import PostingHours
from shared.records.record_use import RecordUse, records_used


class Put(BaseModel):
    """What became of a record: `changed` is false when it was there as it is."""

    id: str
    changed: bool


class RecordQuery(BaseModel):
    """Which page."""

    limit: Limit = 50
    cursor: Cursor = None


class RecordLine(BaseModel):
    """A record in a list. `about`: its first short values."""

    id: str
    about: str


class RecordPage(BaseModel):
    """Records of a kind, by their ids."""

    model_config = ConfigDict(defer_build=True)

    items: list[RecordLine]
    next_cursor: str | None


async def put(call: Call, kind: ImportKind) -> Response:
    """PUT /api/v1/{kind}/{id}: the whole record; what was there before is replaced."""
    given = await request_body.read(call.request, kind.model)
    wanted, name = given.model_dump(mode="json"), call.path["id"]
    if wanted[kind.key] != name:
        fault = {"pointer": f"/{kind.key}", "detail": f"is not {name}, as the path has it"}
        raise BadInput(f"/{kind.key}: {fault['detail']}", code="invalid_body", errors=[fault])
    path, own = f"{kind.place}/{name}", RecordUse(kind.name, name, makes=True)
    await record_owners.claim(records_used(given), call.caller, call.ports)
    while True:
        found = await call.ports.documents.get(path)
        if found is not None and wanted.items() <= found.data.items():
            return answer(Put(id=name, changed=False))
        if found is None:
            await record_owners.claim([own], call.caller, call.ports)
            write: Write = Create(path, wanted)
        else:
            write = Update(path, wanted, version=found.version)
        try:
            await call.ports.documents.commit(
                write, Delete(paths.context(kind.one, name))
            )  # what was prepared from the one before
        except Conflict:
            continue
        if kind.posts and found is not None and any(found.data.get(one) != wanted.get(one) for one in PostingHours.model_fields):
            await load(kind.posts).plan_anew(name, call.ports)
        return answer(Put(id=name, changed=True), 200 if found else 201)


async def read(call: Call, kind: ImportKind) -> Response:
    """GET /api/v1/{kind}/{id}."""
    found = await _found(call, kind)
    return JSONResponse(_public(found.data))


def _public(data: Data) -> Data:
    return {field: value for field, value in data.items() if not field.startswith("_")}


async def list_all(call: Call, kind: ImportKind) -> Response:
    """GET /api/v1/{kind}: those that the caller may know of, by their ids. A page may be short, and have a next one all the same."""
    query = call.query(RecordQuery)
    after = f"{kind.place}/{cursors.decode_id(query.cursor)}" if query.cursor is not None else None
    found = await call.ports.documents.query(kind.place, limit=query.limit + 1, after=after)
    page = found[: query.limit]
    uses = {one.id: (RecordUse(kind.name, one.id), *_named_by(one, kind)) for one in page}
    others = await record_owners.foreign([use for each in uses.values() for use in each], call.caller, call.ports)
    shown = [
        RecordLine(id=one.id, about=input_in_words(_public(one.data))) for one in page if not others.intersection(uses[one.id])
    ]
    return answer(RecordPage(items=shown, next_cursor=cursors.encode([page[-1].id]) if found[query.limit :] else None))


async def delete(call: Call, kind: ImportKind) -> Response:
    """DELETE /api/v1/{kind}/{id}: the record, and what was prepared from it."""
    name = (await _found(call, kind)).id
    owner = record_owners.leaving(kind.name, name)
    await call.ports.documents.commit(Delete(f"{kind.place}/{name}"), Delete(paths.context(kind.one, name)), owner)
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


async def _found(call: Call, kind: ImportKind) -> Document:
    name = call.path["id"]
    found = await call.ports.documents.get(f"{kind.place}/{name}") if name.isascii() and len(name) <= 64 else None  # noqa: PLR2004 - no id is longer
    if found is None:
        raise Permanent(f"there is no {kind.one} {name[:40]}", code="not_found")
    await record_owners.check(_named_by(found, kind), call.caller, call.ports)
    return found


def _named_by(found: Document, kind: ImportKind) -> tuple[RecordUse, ...]:
    """What a record names: of what is another owner's it is that owner's, too."""
    try:
        return records_used(
            kind.model.model_validate({name: one for name, one in found.data.items() if not name.startswith("_")})
        )
    except ValidationError:  # of other code, or damaged
        return ()


def _routes(kind: ImportKind) -> tuple[Route, ...]:
    path, one = f"/api/v1/{kind.name}/{{id}}", kind.one
    putting, reading, deleting = partial(put, kind=kind), partial(read, kind=kind), partial(delete, kind=kind)
    listing = partial(list_all, kind=kind)
    names = (f"put_{one}", f"read_{one}", f"delete_{one}", f"list_{kind.name}")  # what OpenAPI calls them
    for handler, name in zip((putting, reading, deleting, listing), names, strict=True):
        handler.__name__ = name  # type: ignore[attr-defined]
    return (
        Route("GET", f"/api/v1/{kind.name}", listing, f"The {kind.name} that there are.", {200: RecordPage}, query=RecordQuery),
        Route(
            "PUT",
            path,
            putting,
            f"Keep {article(one)} {one}, in place of the one before.",
            {200: Put, 201: Put},
            body=kind.model,
            record=kind.name,
        ),
        Route("GET", path, reading, f"{article(one).capitalize()} {one}.", {200: kind.model}, record=kind.name),
        Route("DELETE", path, deleting, f"Delete {article(one)} {one}.", {204: ""}, record=kind.name),
    )


def article(word: str) -> str:
    """`a` or `an`."""
    return "an" if word[0] in "aeiou" else "a"


def routes(theirs: Iterable[Route]) -> tuple[Route, ...]:
    """Four routes for each kind that pipelines register, but for what they serve by routes of their own (`theirs`)."""
    served = {(route.method, route.path) for route in theirs}
    made = (route for kind in import_kinds().values() for route in _routes(kind))
    return tuple(route for route in made if (route.method, route.path) not in served)
