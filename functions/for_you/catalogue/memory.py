"""The catalogue in this process: loaded once, and again when `catalogues/current` names another version.

A newer version is fetched beside the requests, which go on with the one that is there.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from structlog.stdlib import get_logger

from functions.for_you import places
from functions.for_you.catalogue.snapshot import Snapshot
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Document

log = get_logger()


@dataclass
class Held:
    """What a process has. `loading`: the one load that is under way, for a version."""

    snapshot: Snapshot | None = None
    version: str = ""
    loading: asyncio.Task[None] | None = None
    wanted: str = field(default="")


_held: WeakKeyDictionary[object, Held] = WeakKeyDictionary()


def held(ports: Ports) -> Held:
    """What this process has of these ports' catalogue."""
    return _held.setdefault(ports.documents, Held())


async def catalogue(ports: Ports, current: Document | None = None) -> Held:
    """The catalogue, loaded if there is none yet. `current`: the document that names the version, if somebody has read it.

    Raises:
        Permanent: there is none (`no_catalogue`), or its file is gone or unreadable.
        Transient: the store did not answer.
    """
    found = held(ports)
    if found.snapshot is not None:
        if current is not None:
            renew(ports, current)
        return found
    current = current or await ports.documents.get(places.CURRENT)
    if current is None:
        raise Permanent(
            "there is no catalogue yet", code="no_catalogue", advice="`headrace import episodes FILE`, `headrace run for-you`."
        )
    renew(ports, current)
    if found.loading is not None:
        await asyncio.shield(found.loading)
    if found.snapshot is None:
        raise Permanent("the catalogue cannot be loaded", code="no_catalogue", advice="Build it anew: `headrace run for-you`.")
    return found


def renew(ports: Ports, current: Document) -> None:
    """See that a newer version is being loaded."""
    found, version = held(ports), str(current.data["version"])
    running = found.loading is not None and not found.loading.done()
    if version != found.version and not (running and found.wanted == version):
        found.wanted = version
        found.loading = asyncio.create_task(_load(found, version, str(current.data["blob"]), ports))


async def _load(found: Held, version: str, blob: str, ports: Ports) -> None:
    try:
        content = await ports.blobs.get(blob)
        if content is None:
            raise Permanent(f"the file {blob} is gone", code="no_catalogue")
        snapshot = await asyncio.to_thread(Snapshot.load, content)
    except HeadraceError as error:
        log.warning("catalogue_not_loaded", version=version, code=error.code, error=error.message)
        return
    if found.wanted == version:
        found.snapshot, found.version = snapshot, version
