"""Which records a request names, or a record: so that nobody reaches by one what is another owner's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel


class RecordUse(NamedTuple):
    """A record by its kind, as the API's paths have it, and its id. `makes`: what names it makes it, if there is none."""

    kind: str
    id: str
    makes: bool = False


@runtime_checkable
class _NamesRecords(Protocol):
    def records_used(self) -> Iterable[RecordUse]: ...


def records_used(message: BaseModel) -> tuple[RecordUse, ...]:
    """The records that a message names, each once: by its method of this name, if it has one."""
    return tuple(dict.fromkeys(message.records_used())) if isinstance(message, _NamesRecords) else ()
