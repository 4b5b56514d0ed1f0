"""Documents in Firestore: SQLite's twin in the cloud.

One commit is one atomic batch with preconditions; there are no transactions, which collapse on a hot document. A version is
the commit's time in nanoseconds: Firestore gives later commits later times and all writes of one commit the same.
With `FIRESTORE_EMULATOR_HOST` in the environment the client speaks to the emulator.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from google.api_core import exceptions as api
from google.api_core.retry_async import AsyncRetry
from google.cloud.firestore_v1 import AsyncClient
from google.cloud.firestore_v1.async_batch import AsyncWriteBatch
from google.cloud.firestore_v1.async_query import AsyncQuery
from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.firestore_v1.field_path import FieldPath
from google.cloud.firestore_v1.transforms import Increment, Maximum

from shared.adapters.clients_per_loop import PerLoop
from shared.adapters.google.error_mapping import translated_errors, verdict
from shared.adapters.google.field_encoding import COMMIT_FIELD, commit_time, decoded, encoded, encoded_value, nanoseconds
from shared.adapters.storable_values import check_commit, check_path, is_storable, storable_text
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports.documents import Committed, Create, Delete, Document, Merge, Update, Where, Write

TIMEOUT = 20.0
"""Seconds a call may take in all."""
NAME = "__name__"
DOCUMENT_TOO_LARGE = ("is longer than", "maximum entity size", "maximum allowed size")
COMMIT_TOO_LARGE = ("message exceeds maximum size", "message larger than max", "payload size", "transaction too big")


def _not_applied(error: Exception) -> bool:
    """Whether a commit that ended so is known not to have happened, and may go through when sent again."""
    busy = isinstance(error, api.ResourceExhausted) and not any(words in str(error).lower() for words in COMMIT_TOO_LARGE)
    return busy or isinstance(error, api.Aborted)


READS = AsyncRetry(
    predicate=lambda e: isinstance(e, api.ServerError | api.Aborted | api.ResourceExhausted),
    initial=0.05, maximum=2.0, multiplier=2.0, timeout=TIMEOUT,
)  # fmt: skip
COMMITS = AsyncRetry(predicate=_not_applied, initial=0.02, maximum=1.0, multiplier=2.0, timeout=TIMEOUT)


class FirestoreDocuments:
    """The documents port over one Firestore database. Clients are made on first use, one per event loop."""

    def __init__(self, project: str, database: str = "(default)") -> None:
        self._clients = PerLoop(lambda: AsyncClient(project=project or None, database=database))

    async def aclose(self) -> None:
        """Close the connection."""
        client = self._clients.pop()
        if client is not None and client._firestore_api_internal is not None:  # noqa: SLF001 - the client has no public close
            await client._firestore_api_internal.transport.close()  # noqa: SLF001 - as above

    async def get(self, path: str) -> Document | None:
        return (await self.get_many([path]))[0]

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        if not paths:
            return []
        with translated_errors("read documents"):
            client = self._clients.get()
            references = [client.document(path) for path in dict.fromkeys(paths) if is_storable(path)]
            found = {
                snapshot.reference.path: _document(snapshot)
                async for snapshot in client.get_all(references, retry=READS, timeout=TIMEOUT)
                if snapshot.exists
            }
        return [found.get(path) for path in paths]

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        if _none_can_match(where):
            return []
        with translated_errors(f"query {collection}"):
            query = self._query(collection, where)
            ordered = order_by is not None or after is not None or descending
            if ordered:
                direction = AsyncQuery.DESCENDING if descending else AsyncQuery.ASCENDING
                query = query.order_by(_quoted(order_by) if order_by else NAME, direction=direction)
            if after is not None:
                query = query.start_after([encoded_value(order_by, after) if order_by else self._clients.get().document(after)])
            if limit is not None:
                query = query.limit(limit)
            found = [_document(snapshot) for snapshot in await query.get(retry=READS, timeout=TIMEOUT)]
        # Firestore's own order is by path, but for a range condition's: then by that field first.
        return found if ordered else sorted(found, key=lambda document: document.path)

    async def count(self, collection: str, *where: Where) -> int:
        if _none_can_match(where):
            return 0
        with translated_errors(f"count {collection}"):
            counting: Any = self._query(collection, where).count()
            answer = await counting.get(retry=READS, timeout=TIMEOUT)
        return int(answer[0][0].value)

    async def erase_deleted(self) -> None:
        """Nothing: Google deletes what was deleted from its disks in its own time."""

    async def commit(self, *writes: Write) -> Committed:
        check_commit(writes)
        for write in writes:
            check_path(write.path)
        with translated_errors("commit"):
            client = self._clients.get()
            batch: Any = client.batch()
            mark = secrets.token_urlsafe(6)
            for write in writes:
                _add(batch, client, write, mark)
            try:
                results = await batch.commit(retry=COMMITS, timeout=TIMEOUT)
            except (api.AlreadyExists, api.FailedPrecondition, api.NotFound, api.InvalidArgument, api.ResourceExhausted) as error:
                raise _refused(error) from error
        answers = iter(results)
        values = [_reached(write, [next(answers) for _ in range(_parts(write))][-1]) for write in writes]
        return Committed(nanoseconds(batch.commit_time), tuple(values))

    def _query(self, collection: str, where: Sequence[Where]) -> AsyncQuery:
        query = AsyncQuery(self._clients.get().collection(storable_text(collection)))
        for condition in where:
            value = condition.value
            listed = [encoded_value(condition.field, one) for one in value] if condition.op == "in" else None
            query = query.where(
                filter=FieldFilter(
                    _quoted(condition.field),
                    condition.op,
                    encoded_value(condition.field, value) if listed is None else listed,
                )
            )
        return query


def _none_can_match(where: Sequence[Where]) -> bool:
    return any(condition.op == "in" and not condition.value for condition in where)  # Firestore refuses an empty list


def _parts(write: Write) -> int:
    """Writes that it takes: one cannot raise a field and add to it."""
    return 2 if isinstance(write, Merge) and write.at_least else 1


def _add(batch: AsyncWriteBatch, client: AsyncClient, write: Write, mark: str) -> None:
    reference = client.document(write.path)
    match write:
        case Delete():
            batch.delete(reference)
        case Create():
            batch.create(reference, {**encoded(write.data), COMMIT_FIELD: mark})
        case Update():
            fields = {_quoted(name): value for name, value in encoded(write.data).items()}
            unchanged = client.write_option(last_update_time=commit_time(write.version)) if write.version is not None else None
            batch.update(reference, {**fields, COMMIT_FIELD: mark}, option=unchanged)
        case Merge():
            if write.at_least:
                least = {name: Maximum(encoded_value(name, amount)) for name, amount in write.at_least.items()}
                batch.set(reference, least, merge=[_quoted(name) for name in least])
            added = {name: Increment(encoded_value(name, amount)) for name, amount in write.increments.items()}
            fields = {**encoded(write.data), COMMIT_FIELD: mark, **added}
            batch.set(reference, fields, merge=[_quoted(name) for name in fields])


def _reached(write: Write, result: Any) -> Mapping[str, float]:
    """What the increments reached. The client sends them in the order of their field paths."""
    if not isinstance(write, Merge) or not write.increments:
        return {}
    reached = dict(zip(sorted(write.increments), result.transform_results, strict=True))
    return {name: _number(reached[name]) for name in write.increments}


def _number(value: Any) -> float:
    kind = type(value).pb(value).WhichOneof("value_type")
    number: float = value.integer_value if kind == "integer_value" else value.double_value
    return number


def _refused(error: api.GoogleAPICallError) -> HeadraceError:
    text = str(error).lower()
    if isinstance(error, api.AlreadyExists | api.FailedPrecondition) or " to update" in text:
        return Conflict(f"a precondition did not hold: {error.message}")
    if any(words in text for words in DOCUMENT_TOO_LARGE):
        return Permanent(f"a document is over 1 MiB: {error.message}", code="document_too_large")
    if any(words in text for words in COMMIT_TOO_LARGE):
        return Permanent(f"a commit is over what Firestore takes: {error.message}", code="commit_too_large")
    return verdict(error, "commit")


def _document(snapshot: Any) -> Document:
    return Document(snapshot.reference.path, decoded(snapshot.to_dict() or {}), nanoseconds(snapshot.update_time))


def _quoted(name: str) -> str:
    return FieldPath(storable_text(name)).to_api_repr()
