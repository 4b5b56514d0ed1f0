"""Agents as they are now, each read once an hour and kept ready in `contexts/agent:{id}`.

An edited agent drops its context (`functions/events/triggers.py`). A plan reads all contexts in one request and carries the
agents along; processes remember none themselves, or an edit would not show for an hour.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from pydantic import ValidationError

from functions.daily_post.agents import Agent
from shared.engine import paths
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update

HOUR = 3600.0


async def current(ids: Iterable[str], ports: Ports) -> dict[str, Agent | Permanent]:
    """The agents by id; in place of one that cannot be used, the reason: `unknown_agent`, `bad_agent`."""
    wanted = list(dict.fromkeys(ids))
    kept = await ports.documents.get_many([paths.context("agent", agent) for agent in wanted])
    found: dict[str, Agent | Permanent] = {}
    for agent, context in zip(wanted, kept, strict=True):
        try:
            found[agent] = _fresh(context, ports) or await _prepare(agent, context, ports)
        except Permanent as error:
            found[agent] = error
    return found


def _fresh(context: Document | None, ports: Ports) -> Agent | None:
    if context is None or context.data["expires_at"] <= ports.clock.now():
        return None
    try:
        return Agent.model_validate(context.data["agent"])
    except ValidationError:  # prepared by other code
        return None


async def _prepare(agent_id: str, context: Document | None, ports: Ports) -> Agent:
    """Read the agent, keep what it gives. Edited in between, it is read again: the trigger may have come too early."""
    path, place = f"agents/{agent_id}", paths.context("agent", agent_id)
    stored = await ports.documents.get(path)
    agent = read(agent_id, stored)
    kept: Data = {"agent": agent.model_dump(mode="json"), "expires_at": ports.clock.now() + HOUR}
    with contextlib.suppress(Conflict):  # another has prepared it
        await ports.documents.commit(Create(place, kept) if context is None else Update(place, kept, version=context.version))
    again = await ports.documents.get(path)
    if again is None or stored is None or again.version != stored.version:
        await ports.documents.commit(Delete(place))
        agent = read(agent_id, again)
    return agent


def read(agent_id: str, stored: Document | None) -> Agent:
    """A stored agent.

    Raises:
        Permanent: there is none (`unknown_agent`), or it cannot be used (`bad_agent`).
    """
    if stored is None:
        raise Permanent(
            f"there is no agent {agent_id}", code="unknown_agent", advice="`headrace import agents FILE` brings agents in."
        )
    try:
        return Agent.model_validate({name: value for name, value in stored.data.items() if not name.startswith("_")})
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise Permanent(f"agent {agent_id} cannot be used: {where}: {fault['msg']}", code="bad_agent") from error
