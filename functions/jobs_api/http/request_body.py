"""Request bodies: JSON and nothing near it, read within bounds."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from shared.engine.job.lifecycle import pointer
from shared.errors import BadInput

MAX_BYTES = 4 * 1024 * 1024
"""Room for exports: files of saved posts come inside a request."""
MAX_DEPTH = 64

Model = TypeVar("Model", bound=BaseModel)


async def read(request: Request, model: type[Model]) -> Model:
    """The body as a `model`; it may be left out where nothing in it is needed.

    Raises:
        BadInput: `unsupported_media_type`, `too_large`, `invalid_json`, `invalid_body`.
    """
    if needed(model):
        _check_type(request)
    raw = await _bytes(request)
    if not raw and not needed(model):
        return model()
    _check_type(request)
    parse(raw)
    return _fitted(
        lambda: model.model_validate_json(raw), "", "invalid_body"
    )  # as JSON: what is strict takes a time as text there


def needed(model: type[BaseModel]) -> bool:
    """Whether a body of this kind has to say something."""
    return any(field.is_required() for field in model.model_fields.values())


def fit(model: type[Model], value: Any, at: str, code: str) -> Model:
    """A value as a `model`; `at` is the JSON pointer to the value.

    Raises:
        BadInput: it does not fit.
    """
    return _fitted(lambda: model.model_validate(value), at, code)


def _fitted(make: Callable[[], Model], at: str, code: str) -> Model:
    try:
        return make()
    except ValidationError as error:
        faults = [{"pointer": at + pointer(*fault["loc"]), "detail": fault["msg"]} for fault in error.errors()]
        told = "; ".join(f"{fault['pointer'] or 'the body'}: {fault['detail']}" for fault in faults[:3])
        raise BadInput(told, code=code, errors=faults, advice="See /openapi.json.") from error


def _check_type(request: Request) -> None:
    media, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")]
    encoding = request.headers.get("content-encoding", "identity").lower()
    if media != "application/json" or any(charset not in ("utf-8", "utf8") for charset in charsets) or encoding != "identity":
        raise BadInput(
            "the body is not application/json in UTF-8",
            code="unsupported_media_type",
            advice="Send `Content-Type: application/json`, not compressed.",
        )


async def _bytes(request: Request) -> bytes:
    """The body, refused at its first byte too many: a length may be missing, and may lie."""
    declared = request.headers.get("content-length", "")
    raw = bytearray()
    if not (declared.isdecimal() and int(declared) > MAX_BYTES):
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > MAX_BYTES:
                break
        else:
            return bytes(raw)
    raise BadInput(f"the body has more than {MAX_BYTES} bytes", code="too_large", advice="Send less at a time.")


def parse(raw: bytes) -> Any:
    """JSON as RFC 8259 means it: no NaN, no key twice, no byte-order mark, not endlessly deep; text is Unicode.

    Raises:
        BadInput: `invalid_json`, or `invalid_text` (half a surrogate pair).
    """
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _invalid(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise _invalid(f"byte {error.start} is not UTF-8") from error
    except RecursionError as error:
        raise _invalid(f"nested more than {MAX_DEPTH} deep") from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits
        raise _invalid("a number is too long") from error
    _check_depth(value)
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadInput("a text holds half a surrogate pair", code="invalid_text", advice="Send Unicode text.") from error
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level if isinstance(parent, dict | list) for child in _children(parent)]
        if not level:
            return
    raise _invalid(f"nested more than {MAX_DEPTH} deep")


def _children(parent: dict[str, Any] | list[Any]) -> list[Any]:
    return list(parent.values()) if isinstance(parent, dict) else parent


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _invalid("an object has the same key twice")
    return made


def _no_constant(name: str) -> None:
    raise _invalid(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _invalid("a number is too large")
    return number


def _invalid(why: str) -> BadInput:
    return BadInput(f"the body is not valid JSON: {why}", code="invalid_json")
