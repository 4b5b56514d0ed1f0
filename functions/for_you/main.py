"""for_you's deployed functions: one per stage, one that refreshes queues, and one per trigger. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.entry import stage_function, task_function
from functions.for_you.flow import FLOW
from shared.ports import Ports
from shared.ports.documents import Data

for_you_read_catalogue = stage_function(FLOW, "read_catalogue")
for_you_embed_episodes = stage_function(FLOW, "embed_episodes")
for_you_build_snapshot = stage_function(FLOW, "build_snapshot")
for_you_make_session = stage_function(FLOW, "make_session")


async def _refresh(body: bytes, ports: Ports) -> Data:
    """Make a user's queue anew. A task's delivery, once or more."""
    from functions.for_you.sessions import refresh  # noqa: PLC0415 - numpy, which the stages' starts need not wait for

    return {"queue": await refresh.deliver(body, ports)}


for_you_refresh_queue = task_function("for_you_refresh_queue", _refresh)
