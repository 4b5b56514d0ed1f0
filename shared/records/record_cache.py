"""Records read through a cache in the store, kept for an hour (`contexts/{kind}:{id}`); missing or bad ones come back as errors.

An edited record drops its context: a trigger that its pipeline registers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shared.engine.store import paths
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update
from shared.text.validation_faults import faults, sentence

Record = TypeVar("Record", bound=BaseModel)
HOUR = 3600.0


@dataclass(frozen=True)
class RecordCache(Generic[Record]):
    """Records of one `kind` (`writer`, kept at `writers/{id}`). `unknown`: the code that says there is none."""

    kind: str
    model: type[Record]
    unknown: str

    async def current(self, ids: Iterable[str], ports: Ports) -> dict[str, Record | Permanent]:
        """The records as they are now, by id; in place of one that cannot be used, the reason: `unknown`, `bad_{kind}`."""
        wanted = list(dict.fromkeys(ids))
        kept = await ports.documents.get_many([paths.context(self.kind, one) for one in wanted])
        found: dict[str, Record | Permanent] = {}
        for one, context in zip(wanted, kept, strict=True):
            try:
                found[one] = self._fresh(context, ports) or await self._prepare(one, context, ports)
            except Permanent as error:
                found[one] = error
        return found

    async def one(self, name: str, ports: Ports) -> Record | Permanent:
        """One of them, as `current`."""
        return (await self.current([name], ports))[name]

    def _fresh(self, context: Document | None, ports: Ports) -> Record | None:
        if context is None or context.data["expires_at"] <= ports.clock.now():
            return None
        try:
            return self.model.model_validate(context.data[self.kind])
        except ValidationError:  # prepared by other code
            return None

    async def _prepare(self, name: str, context: Document | None, ports: Ports) -> Record:
        """Read the record, keep what it gives. Edited in between, it is read again: the trigger may have come too early."""
        path, place = f"{self.kind}s/{name}", paths.context(self.kind, name)
        stored = await ports.documents.get(path)
        record = self.read(name, stored)
        kept: Data = {self.kind: record.model_dump(mode="json"), "expires_at": ports.clock.now() + HOUR}
        with contextlib.suppress(Conflict):  # another has prepared it
            await ports.documents.commit(Create(place, kept) if context is None else Update(place, kept, version=context.version))
        again = await ports.documents.get(path)
        if again is None or stored is None or again.version != stored.version:
            await ports.documents.commit(Delete(place))
            record = self.read(name, again)
        return record

    def read(self, name: str, stored: Document | None) -> Record:
        """A stored record.

        Raises:
            Permanent: there is none (`unknown`), or it cannot be used (`bad_{kind}`).
        """
        kind = self.kind
        if stored is None:
            advice = f"`headrace import {kind}s FILE` brings {kind}s in."
            raise Permanent(f"there is no {kind} {name}", code=self.unknown, advice=advice)
        try:
            return self.model.model_validate({field: value for field, value in stored.data.items() if not field.startswith("_")})
        except ValidationError as error:
            raise Permanent(f"{kind} {name} cannot be used: {sentence(faults(error))}", code=f"bad_{kind}") from error
