"""Agents as they are now: in place of one that cannot be used, the reason, `unknown_agent` or `bad_agent`.

A plan reads all contexts in one request and carries the agents along; processes remember none themselves, or an edit would not
show for an hour.
"""

from __future__ import annotations

from functions.daily_post.agents.agent_profile import Agent
from shared.records.record_cache import RecordCache

AGENTS = RecordCache("agent", Agent, "unknown_agent")
