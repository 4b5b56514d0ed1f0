"""Request bodies: JSON and nothing near it, read within bounds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from shared.engine.request_limits import with_bounded_body
from shared.errors import BadInput
from shared.text.json_limits import TooManyValues, check_json_size
from shared.text.validation_faults import faults, sentence

MAX_BYTES = 4 * 1024 * 1024
"""Room for exports: files of saved posts come inside a request."""
MAX_KEYS = 5_000
"""Keys of one object. Each that no model knows is a fault."""

_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
"""How half a surrogate pair is written, or a whole one."""

Model = TypeVar("Model", bound=BaseModel)


async def read(request: Request, model: type[Model]) -> Model:
    """The body as a `model`; it may be left out where nothing in it is needed.

    Raises:
        BadInput: `unsupported_media_type`, `too_large`, `invalid_json`, `invalid_body`.
        Transient: `body_timeout`.
    """
    if needed(model):
        _check_type(request)
    raw = await (await received(request)).body()
    if not raw and not needed(model):
        return model()
    _check_type(request)
    parse(raw)
    return _fitted(
        lambda: model.model_validate_json(raw), "", "invalid_body"
    )  # as JSON: what is strict takes a time as text there


async def received(request: Request) -> Request:
    """The same request once its body is there, within bounds.

    Raises:
        BadInput: `too_large`.
        Transient: `body_timeout`.
    """
    bounded = with_bounded_body(request, MAX_BYTES)
    await bounded.body()
    return bounded


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
        told = faults(error, *filter(None, at.split("/")))
        raise BadInput(sentence(told), code=code, errors=told, advice="See /openapi.json.") from error


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


def parse(raw: bytes) -> Any:
    """JSON as RFC 8259 means it: no NaN, no key twice, no byte-order mark, not endlessly deep; text is Unicode.

    Raises:
        BadInput: `invalid_json`, `invalid_body` (more than anybody needs), or `invalid_text` (half a surrogate pair).
    """
    try:
        check_json_size(raw)
        value = json.loads(raw.decode(), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _invalid(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise _invalid(f"byte {error.start} is not UTF-8") from error
    except TooManyValues as error:
        raise _too_much(str(error)) from error
    except ValueError as error:  # too deep, or an integer of more than 4,300 digits, which Python does not read
        raise _invalid("a number is too long" if "digits" in str(error) else str(error)) from error
    if _HALF_PAIR.search(raw):  # else every text is what UTF-8 was decoded to
        _check_text(value)
    return value


def _check_text(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadInput("a text holds half a surrogate pair", code="invalid_text", advice="Send Unicode text.") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MAX_KEYS:
        raise _too_much(f"an object has more than {MAX_KEYS:,} keys")
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


def _too_much(why: str) -> BadInput:
    fault = {"pointer": "", "detail": why}
    return BadInput(f"the body is too much: {why}", code="invalid_body", advice="Send less at a time.", errors=[fault])


def _invalid(why: str) -> BadInput:
    return BadInput(f"the body is not valid JSON: {why}", code="invalid_json")
