"""Stage inputs and results as JSON: typed back by the stage's own signature, big ones kept as blobs."""

from __future__ import annotations

import hashlib
import inspect
import json
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from shared.engine.flow import Stage, StageFunction
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data

INLINE_BYTES = 200 * 1024
"""Results over this go to blobs: a document is at most 1 MiB."""


@cache
def _hints(run: StageFunction) -> list[Any]:
    hints = get_type_hints(run)
    parameters = list(inspect.signature(run).parameters)
    return [hints[name] for name in parameters] + [hints["return"]]


@cache
def _adapter(run: StageFunction, position: int) -> TypeAdapter[Any]:
    return TypeAdapter(_hints(run)[position])


def load_argument(stage: Stage, position: int, value: Any) -> Any:
    """JSON to the stage's argument at `position`, as its annotation says.

    Raises:
        Permanent: it does not fit (`bad_payload`): the code changed under a running job.
    """
    try:
        return _adapter(stage.run, position).validate_python(value, strict=False)
    except ValidationError as error:
        raise Permanent(f"{stage.name} cannot read its argument {position}: {error}", code="bad_payload") from error


def dump_result(stage: Stage, result: Any) -> Any:
    """A stage's result to JSON.

    Raises:
        Permanent: it is not what the stage's signature promises (`bad_result`).
    """
    adapter = _adapter(stage.run, -1)
    try:
        return adapter.dump_python(adapter.validate_python(result), mode="json")
    except (ValidationError, ValueError) as error:
        raise Permanent(f"{stage.name} returned something else than it promises: {error}", code="bad_result") from error


def canonical(value: Any) -> str:
    """One text for one JSON value: what hashes are made of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def keep(ports: Ports, value: Any) -> Data:
    """Fields that hold `value`: itself under `result`, or a blob's name, size and sha256 under `result_blob`."""
    text = canonical(value)
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= INLINE_BYTES:
        return {"result": value}
    sha256 = hashlib.sha256(raw).hexdigest()
    blob = await ports.blobs.put(f"results/{sha256}.json", raw, "application/json")
    return {"result": None, "result_blob": {"name": blob.name, "size": blob.size, "sha256": blob.sha256}}


async def kept(ports: Ports, data: Data) -> Any:
    """What `keep` kept.

    Raises:
        Transient: the blob is missing or damaged (`blob_lost`).
    """
    reference = data.get("result_blob")
    if reference is None:
        return data.get("result")
    raw = await ports.blobs.get(reference["name"])
    if raw is None or hashlib.sha256(raw).hexdigest() != reference["sha256"]:
        raise Transient(f"blob {reference['name']} is missing or damaged", code="blob_lost")
    return json.loads(raw)
