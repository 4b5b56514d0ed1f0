"""One call about some chunks. What is answered is kept by chunk at once; a bad answer is asked again about fewer."""

from __future__ import annotations

from collections.abc import Sequence

from functions.transcript_graph.extraction.answer_cache import keep, read_answers
from functions.transcript_graph.extraction.extraction_call import Said, ask
from functions.transcript_graph.extraction.extraction_counts import Trial
from functions.transcript_graph.extraction.provenance_check import verified
from functions.transcript_graph.extraction.type_check import Types
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
    if pack.trial is not None:
        return await _tried(pack, pack.trial, ports)
    there = await read_answers([chunk.id for chunk in pack.chunks], ports)
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


async def _tried(pack: Pack, trial: Trial, ports: Ports) -> Asked:
    """What a pack of a sample yields, as the text bears it out; nothing of it is kept. An answer that is none yields nothing."""
    texts = {chunk.id: chunk.text for chunk in pack.chunks}
    types, triples = Types(pack.graph_schema), 0

    async def count(answers: Sequence[Answer]) -> None:
        nonlocal triples
        triples += sum(len(verified(answer, texts[answer.chunk], types).relations) for answer in answers)

    said = Said(count)
    await ask(pack, said, ports)
    return Asked(calls=said.calls, by=said.by, trial=trial.model_copy(update={"triples": triples, "calls": said.calls}))
