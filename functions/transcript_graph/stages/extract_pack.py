"""One call about some chunks. What is answered is kept by chunk at once; a bad answer is asked again about fewer."""

from __future__ import annotations

from collections.abc import Sequence

from functions.transcript_graph.extraction.answer_cache import keep, kept
from functions.transcript_graph.extraction.extraction_call import Said, ask
from functions.transcript_graph.stage_messages import Answer, Asked, Pack
from shared.errors import Permanent
from shared.ports import Ports

NAMED = 5
"""Chunks that a failure names."""


async def extract_pack(pack: Pack, ports: Ports) -> Asked:
    """Every chunk answered, by this call, an earlier try or another job.

    Raises:
        PutBack, Transient, Permanent: as the models port says; what was answered before is kept.
        Permanent: also when a chunk cannot be answered even alone (`chunks_failed`): all others are.
    """
    there = await kept([chunk.id for chunk in pack.chunks], ports)
    missing = [chunk for chunk in pack.chunks if chunk.id not in there]

    async def keep_them(answers: Sequence[Answer]) -> None:
        await keep(answers, ports)

    said = Said(keep_them, known=frozenset(there))
    if missing:
        await ask(pack, said, ports)
    if said.failed:
        reasons = "; ".join(f"chunk {one.id[:8]}: {one.reason}" for one in said.failed[:NAMED])
        raise Permanent(
            f"{len(said.failed)} of {len(pack.chunks)} chunks have no answer: {reasons}", code="chunks_failed",
            advice="`headrace jobs retry ID --failed` asks about these alone.",
        )  # fmt: skip
    return Asked(answered=said.answered, kept=len(there), calls=said.calls, triples=said.triples, by=said.by)
