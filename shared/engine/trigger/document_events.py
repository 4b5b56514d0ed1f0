"""Documents that changed, as events tell it: handled at least once, the newest state last, never our own echo.

Events come twice, late and in any order. A triggered function's `then` is repeated rather than lost: what it does must bear that.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from structlog.stdlib import get_logger

from shared.engine.store import paths
from shared.engine.store.schema.engine_wide import HandledEvent, NewestChange
from shared.engine.store.schema.shared_fields import read_as
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Merge, Update, Write

log = get_logger()

KEPT = 7 * 86400.0
"""Seconds that an event is remembered; Eventarc gives up after one day."""
BY = "_by"
"""The field that marks a write as the engine's own: a token, new with each such write."""

OWN = frozenset({"events", "dead_letters"})
"""Collections that handling an event writes to."""


@dataclass(frozen=True)
class Change:
    """One change of one document: `before` None: it was created; `after` None: deleted.

    `id` is unique over all sources; `updated_at` is the commit's time, in whole nanoseconds since 1970.
    """

    id: str
    path: str
    before: Data | None
    after: Data | None
    updated_at: int

    @property
    def name(self) -> str:
        """The document's id."""
        return self.path.rsplit("/", 1)[1]

    @property
    def own(self) -> bool:
        """Whether the write was marked with `mark_own_write`. A mark that was there before is an earlier write's."""
        token = (self.after or {}).get(BY)
        return token is not None and token != (self.before or {}).get(BY)


Then: TypeAlias = Callable[[Change, Ports], Awaitable[None]]
"""What a trigger does. Raises Transient to be called again, Permanent to be given up."""


@dataclass(frozen=True)
class Trigger:
    """Calls `then` for every change of a document in a collection: `orders/{id}`.

    `when`: which changes matter; the others cost no operation.
    `latest`: only the newest state matters, so a change older than the last one handled of its document is passed over.
    Without, each change is told once, in any order.
    """

    document: str
    then: Then
    when: Callable[[Change], bool] | None = None
    latest: bool = True

    def __post_init__(self) -> None:
        """Hold the pattern to what every document store can watch.

        Raises:
            ValueError: it is not a collection's name and one `{wildcard}`, or a collection that handling writes to.
        """
        collection, _, wildcard = self.document.partition("/")
        if not collection or "{" in collection or "/" in wildcard or not (wildcard.startswith("{") and wildcard.endswith("}")):
            raise ValueError(f"{self.document!r} is not like `orders/{{id}}`")
        if collection in OWN:
            raise ValueError(f"handling a change in {collection} would change it again")

    @property
    def collection(self) -> str:
        return self.document.split("/", 1)[0]

    def wants(self, path: str) -> bool:
        """Whether a document is one of those."""
        collection, _, name = path.partition("/")
        return collection == self.collection and name != "" and "/" not in name


def mark_own_write(data: Mapping[str, object]) -> Data:
    """Fields of a write that shall trigger nothing: for functions that write to what they are triggered by."""
    return {**data, BY: secrets.token_hex(8)}


async def handle_change(function: str, trigger: Trigger, change: Change, ports: Ports) -> str:
    """One delivery of an event to a triggered function. Answers `done`, or why there was nothing to do.

    Remembered after the effect: whoever dies in between is called again, and does it again.

    Raises:
        Transient: the store did not answer, or `then` could not; the event shall come again.
        Permanent: `then` never can, or the document is not as it should be (`poison`).
    """
    if not trigger.wants(change.path):
        return "elsewhere"
    if change.own:
        return "own"
    with _fitting(change):
        if trigger.when is not None and not trigger.when(change):
            return "nothing"
    found = await ports.documents.get_many([paths.event(function, change.id), paths.last_event(function, change.path)])
    seen, last = read_as(HandledEvent, found[0]), read_as(NewestChange, found[1])
    if seen is not None and seen.data["expires_at"] > ports.clock.now():
        return "repeated"
    if trigger.latest and _newer(last, change):
        return "older"
    with _fitting(change):
        await trigger.then(change, ports)
    await _remember(function, trigger, change, last, ports)
    return "done"


@contextmanager
def _fitting(change: Change) -> Iterator[None]:
    """What trips over a document that is not as it should be. The event would come for a day, and the document fit no better.

    Raises:
        Permanent: it does not fit (`poison`).
    """
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        log.exception("document_misfit", path=change.path)
        raise Permanent(f"a document is not as expected ({type(error).__name__})", code="poison") from error


def _newer(last: Document[NewestChange] | None, change: Change) -> bool:
    return last is not None and bool(last.data["updated_at"] > change.updated_at)


async def _remember(function: str, trigger: Trigger, change: Change, last: Document[NewestChange] | None, ports: Ports) -> None:
    """The event as handled, and its change as the last one, unless a newer one was handled meanwhile."""
    expires = ports.clock.now() + KEPT
    path = paths.last_event(function, change.path)
    data: NewestChange = {"updated_at": change.updated_at, "document": change.path, "expires_at": expires}
    handled: HandledEvent = {"document": change.path, "expires_at": expires}
    while True:
        writes: list[Write] = [Merge(paths.event(function, change.id), handled)]
        if trigger.latest and not _newer(last, change):
            writes.append(Create(path, data) if last is None else Update(path, data, version=last.version))
        try:
            await ports.documents.commit(*writes)
        except Conflict:
            last = read_as(NewestChange, await ports.documents.get(path))
        else:
            return
