"""Stage inputs and results as JSON: typed back by the stage's own signature, big ones kept as blobs."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from shared.engine.flow import Combiner, Stage, StageFunction
from shared.engine.store import paths
from shared.engine.store.retry import retry_transient
from shared.engine.store.schema.shared_fields import StoredValue
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.blobs import Blob

INLINE_BYTES = 200 * 1024
"""Results over this go to blobs: a document is at most 1 MiB."""


@cache
def _hints(run: StageFunction | Combiner) -> list[Any]:
    hints = get_type_hints(run)
    parameters = list(inspect.signature(run).parameters)
    return [hints[name] for name in parameters] + [hints["return"]]


@cache
def _adapter(run: StageFunction | Combiner, position: int) -> TypeAdapter[Any]:
    return TypeAdapter(_hints(run)[position])


@cache
def _item_adapter(run: StageFunction) -> TypeAdapter[Any]:
    return TypeAdapter(get_args(_hints(run)[-1])[0])


def load_argument(stage: Stage, position: int, value: Any) -> Any:
    """JSON to the stage's argument at `position`, as its annotation says.

    Raises:
        Permanent: it does not fit (`bad_payload`): the code changed under a running job.
    """
    return _load(stage.run, position, value)


def _load(run: StageFunction | Combiner, position: int, value: Any) -> Any:
    try:
        return _adapter(run, position).validate_python(value, strict=False)
    except ValidationError as error:
        raise Permanent(f"{run.__name__} cannot read its argument {position}: {error}", code="bad_payload") from error


def dump_result(stage: Stage, result: Any) -> Any:
    """A stage's result to JSON. A generator stage's pages are JSON already.

    Raises:
        Permanent: it is not what the stage's signature promises (`bad_result`).
    """
    return result if inspect.isasyncgenfunction(stage.run) else _dump(_adapter(stage.run, -1), result, stage.name)


def dump_item(stage: Stage, item: Any) -> Any:
    """One item that a generator stage (`-> AsyncIterator[Item]`) yielded, to JSON.

    Raises:
        Permanent: it is not what the stage's signature promises (`bad_result`).
    """
    return _dump(_item_adapter(stage.run), item, stage.name)


def combine_values(combine: Combiner, parts: list[Any]) -> Any:
    """What a join's combiner makes of results or of its own results; JSON in, JSON out.

    Raises:
        Permanent: it crashed (`combine_failed`), or takes or gives something else than it promises.
    """
    typed = _load(combine, 0, parts)
    try:
        made = combine(typed)
    except Exception as error:
        raise Permanent(f"{combine.__name__} crashed: {type(error).__name__}", code="combine_failed") from error
    return _dump(_adapter(combine, -1), made, combine.__name__)


def _dump(adapter: TypeAdapter[Any], value: Any, name: str) -> Any:
    try:
        return adapter.dump_python(adapter.validate_python(value), mode="json")
    except (ValidationError, ValueError) as error:
        raise Permanent(f"{name} returned something else than it promises: {error}", code="bad_result") from error


def json_bytes(value: Any) -> int:
    """Bytes of a JSON value."""
    return len(canonical_bytes(value))


def blob_name(sha256: str, of: str, now: float) -> str:
    """The blob's name for JSON of that content that belongs to `of`, a job or a cache entry, and goes with it.

    The same content in a later month is another blob, so a lifecycle rule by age deletes what nobody uses.
    """
    return f"{paths.values_folder(of)}/{datetime.fromtimestamp(now, UTC):%Y-%m}/{sha256}.json"


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: Any) -> str:
    """One text for one JSON value: what hashes are made of."""
    return _CANONICAL(value)


def canonical_bytes(value: Any) -> bytes:
    """That text as it is kept: text may hold halves of characters."""
    return canonical(value).encode("utf-8", "surrogatepass")


async def put_blob(raw: bytes, of: str, ports: Ports) -> Blob:
    """Keep JSON of a job or a cache entry as a blob that is named by its content."""
    name = blob_name(hashlib.sha256(raw).hexdigest(), of, ports.clock.now())
    return await retry_transient(partial(ports.blobs.put, name, raw, "application/json"), ports.clock)


async def store_value(ports: Ports, value: Any, of: str) -> StoredValue:
    """Fields that hold a value of `of`: itself under `result`, or a blob's name, size and sha256 under `result_blob`."""
    raw = canonical_bytes(value)
    if len(raw) <= INLINE_BYTES:
        return {"result": value}
    blob = await put_blob(raw, of, ports)
    return {"result": None, "result_blob": {"name": blob.name, "size": blob.size, "sha256": blob.sha256}}


async def load_value(ports: Ports, data: Mapping[str, Any]) -> Any:
    """What `store_value` stored, from a document's fields.

    Raises:
        Transient: the blob is missing or damaged (`blob_lost`).
    """
    reference = data.get("result_blob")
    if reference is None:
        return data.get("result")
    return await load_blob(reference["name"], ports)


async def load_blob(name: str, ports: Ports) -> Any:
    """The JSON in a content-addressed blob.

    Raises:
        Transient: it is missing or damaged (`blob_lost`).
    """
    raw = await ports.blobs.get(name)
    if raw is None or hashlib.sha256(raw).hexdigest() != name.rpartition("/")[2].removesuffix(".json"):
        raise Transient(f"blob {name} is missing or damaged", code="blob_lost")
    return json.loads(raw)
