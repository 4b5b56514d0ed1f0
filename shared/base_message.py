"""What travels between stages, and what strangers send, is built on this."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema

_LISTS = frozenset({"list", "tuple", "set", "frozenset"})
_OPAQUE = frozenset({"cls", "default", "function", "metadata", "serialization"})
"""Parts of a core schema that are no schema."""


def _failing_fast(schema: Any) -> Any:
    if isinstance(schema, list | tuple):
        return type(schema)(map(_failing_fast, schema))
    if not isinstance(schema, dict):
        return schema
    if not isinstance(schema.get("type"), str):  # fields by name, of which one may be called `type`
        return {name: _failing_fast(part) for name, part in schema.items()}
    made = {name: part if name in _OPAQUE else _failing_fast(part) for name, part in schema.items()}
    return made | {"fail_fast": True} if made["type"] in _LISTS else made


class FewFaults(BaseModel):
    """Base of what strangers send: a list ends at its first item that does not fit.

    A million items that do not fit would be five million faults, made before anybody counts them.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        made: CoreSchema = _failing_fast(handler(source))
        return made


class Message(FewFaults):
    """Base of every message: unknown fields are refused, instances are frozen. A validator is built when it is first needed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
