"""A score per entity and relation, from its own record alone: so it is right at once when a transcript comes or goes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from functions.transcript_graph.salience.stop_list import is_stopped

CAP = 60
"""Mentions beyond which more of them say nothing more: one transcript's pet word is no theme."""
STOPPED = 0.02
"""What is left to a name of the stop list: it stays findable, and off the map."""
SHARE_OF_TYPE = {"time": 0.1}


def salience(record: Mapping[str, Any]) -> float:
    """An entity's salience, 0..1: mentions (each transcript's up to a cap), over how many transcripts, and with how many others related."""
    spread, neighbours = len(record["places"]), neighbours_of(record)
    if not spread:
        return 0.0
    mentions = min(record["mentions"], CAP * spread)
    raw = math.log1p(mentions) / 8 + math.log1p(spread) / 6 + math.log1p(neighbours) / 6
    name = max(sorted(record["names"]), key=lambda each: record["names"][each], default="")
    share = STOPPED if is_stopped(name) else SHARE_OF_TYPE.get(record["kind"], 1.0)
    return min(1.0, raw / 2) * share


def neighbours_of(record: Mapping[str, Any]) -> int:
    """With how many others it is related. Kept as a number: those of records from before are counted."""
    ties: int | None = record.get("ties")
    return len({*record["out"], *record["in"]}) if ties is None else ties


def weight(kinds: Mapping[str, Mapping[str, int]]) -> float:
    """A relation's weight between two entities: quotes, and over how many transcripts they are spread; at least 1."""
    quotes = sum(count for by_transcript in kinds.values() for count in by_transcript.values())
    spread = len({name for by_transcript in kinds.values() for name in by_transcript})
    return math.log2(1 + quotes) + math.log2(max(1, spread))
