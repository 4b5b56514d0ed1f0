"""A job started for whoever asks, within what they may spend."""

from __future__ import annotations

from functions import owner_spending
from functions.jobs_api.http import record_owners
from functions.jobs_api.http.route_definition import Call
from functions.jobs_api.job_request import Wanted
from shared.engine.job import lifecycle
from shared.records.record_use import records_used


async def start(call: Call, wanted: Wanted, idempotency_key: str | None) -> lifecycle.Accepted:
    """Accept the job, or find the one that the key has started.

    Raises:
        BadInput: as `lifecycle.create`.
        Permanent: the caller may not spend so much today (`day_spent`), or another owner was first to make a record of that
            id (`not_found`).
        Transient: not known to be accepted; ask again with the same key.
    """
    asked = (wanted.flow, wanted.asked.input, wanted.options)
    if idempotency_key and (known := await lifecycle.started_by(idempotency_key, *asked, call.ports, owner=call.caller.owner)):
        return known
    await record_owners.claim(records_used(wanted.request), call.caller, call.ports)
    return await owner_spending.start_within(*asked, call.ports, owner=call.caller.owner, idempotency_key=idempotency_key)
