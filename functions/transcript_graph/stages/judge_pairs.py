"""Namesakes in doubt: a fast model judges by what is known of each. Without a verdict they stay two."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field

from functions.transcript_graph.prompts import prompt
from functions.transcript_graph.resolution.judge_pairs_messages import Doubts, Judged
from shared.base_message import Message
from shared.ports import Ports


class Verdict(Message):
    """One pair's."""

    id: str
    same: bool = Field(description="Whether both are one.")


class Verdicts(Message):
    """One for each pair."""

    verdicts: tuple[Verdict, ...]


async def judge_pairs(doubts: Doubts, ports: Ports) -> Judged:
    """Verdicts by the pairs' ids; a pair that the model leaves out has none.

    Raises:
        PutBack, Transient, Permanent: as the models port says.
    """
    pairs = [
        {"id": f"p{number}", "one": _told(pair.one), "other": _told(pair.other)} for number, pair in enumerate(doubts.pairs, 1)
    ]
    said = await ports.models.ask(
        instructions=prompt("judge"),
        data=json.dumps({"task": "transcript_graph_same", "pairs": pairs}, ensure_ascii=False),
        answer=Verdicts, role="fast", max_output_tokens=400 + 60 * len(pairs), timeout=90.0,
    )  # fmt: skip
    ids = {f"p{number}": pair.id for number, pair in enumerate(doubts.pairs, 1)}
    return Judged(same={ids[one.id]: one.same for one in said.verdicts if one.id in ids})


def _told(side: Any) -> dict[str, Any]:
    return {"name": side.name, "type": side.type, "known": list(side.about)}


def judge_key(doubts: Doubts) -> list[Any]:
    """What a verdict is kept by: all that is known of each pair."""
    return [pair.model_dump(mode="json") for pair in doubts.pairs]


def together(parts: list[Judged]) -> Judged:
    """All verdicts."""
    return Judged(same=dict(sorted({pair: same for part in parts for pair, same in part.same.items()}.items())))
