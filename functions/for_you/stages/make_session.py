"""The job's session, from the catalogue as it is now."""

from __future__ import annotations

from functions.for_you import document_paths
from functions.for_you.stage_messages import ForYouRequest, Session, SnapshotMade
from shared.ports import Ports


async def make_session(made: SnapshotMade, request: ForYouRequest, ports: Ports) -> Session:
    """A session as the request asks for it; of a request that names nobody and nothing, what everybody would get.

    Raises:
        Transient: a store did not answer.
    """
    from functions.for_you.catalogue import loaded_catalogue  # noqa: PLC0415 - numpy, which other stages' starts need not wait for
    from functions.for_you.sessions.create_session import create  # noqa: PLC0415

    current = await ports.documents.get(document_paths.CURRENT)
    if current is not None and loaded_catalogue.held(ports).version != current.data["version"]:
        loaded_catalogue.renew(ports, current)
        if (loading := loaded_catalogue.held(ports).loading) is not None:
            await loading
    return (await create(request, ports)).model_copy(update={"refreshed": made})
