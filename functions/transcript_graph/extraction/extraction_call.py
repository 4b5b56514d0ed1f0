"""One question about some chunks, and its answer taken apart by chunk. A bad answer is asked again about each half, down to one chunk."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from functions.transcript_graph.extraction.type_check import ENTITY_TYPES
from functions.transcript_graph.stage_messages import Answer, Broken, FoundEntity, FoundRelation, Pack, PackedChunk, Schema
from shared.base_message import Message
from shared.errors import HeadraceError, PutBack
from shared.ports import Ports
from shared.prompt_files import read

PROMPTS = Path(__file__).parent.parent / "prompts"
PROMPT_VERSION = "1"
"""Raise it when the prompt's meaning changes: every chunk is then asked about anew."""
TIMEOUT = 180.0
OUTPUT_PER_CHUNK, OUTPUT_MORE = 1_400, 800
"""Tokens of room for the answer. A quarter of it is reserved of the limit: as much as answers have, or they overrun it."""
BAD = frozenset({"model_invalid_answer", "model_truncated", "model_refused"})
"""Codes of answers that a smaller question may mend."""


class ChunkFinds(Message):
    """What is in one chunk."""

    chunk: str = Field(description="The chunk's id, as given.")
    entities: tuple[FoundEntity, ...] = ()
    relations: tuple[FoundRelation, ...] = ()


class Extraction(Message):
    """What is in all of them: one entry for each chunk."""

    chunks: tuple[ChunkFinds, ...] = ()


@dataclass
class Said:
    """Answers so far. `keep` is called with each good one as soon as it is there."""

    keep: Callable[[Sequence[Answer]], Awaitable[None]]
    failed: list[Broken] = field(default_factory=list)
    answered: int = 0
    calls: int = 0
    triples: int = 0


async def ask(pack: Pack, said: Said, ports: Ports) -> None:
    """Ask about a pack; every chunk is either answered and kept, or in `said.failed`.

    Raises:
        PutBack, Transient, Permanent: as the models port says, but for answers that a smaller question may mend.
    """
    await _ask(list(pack.chunks), pack, said, ports, alone=False)


async def _ask(chunks: list[PackedChunk], pack: Pack, said: Said, ports: Ports, *, alone: bool) -> None:
    """`alone`: this one chunk was asked about by itself before."""
    why = ("no_answer", "the model left it out of its answer")
    try:
        good = await _answers(chunks, pack, said, ports)
    except HeadraceError as error:
        if error.code not in BAD or isinstance(error, PutBack):
            raise
        good, why = [], (error.code, error.message)
    if good:
        await said.keep(good)
        said.answered += len(good)
        said.triples += sum(len(answer.relations) for answer in good)
    there = {answer.chunk for answer in good}
    bad = [chunk for chunk in chunks if chunk.id not in there]
    if not bad:
        return
    if len(bad) == 1:
        if alone:
            said.failed.append(Broken(id=bad[0].id, code=why[0], reason=why[1]))
        else:
            await _ask(bad, pack, said, ports, alone=len(chunks) == 1 or why[0] == "model_refused")
        return
    half = len(bad) // 2
    await asyncio.gather(*(_ask(part, pack, said, ports, alone=False) for part in (bad[:half], bad[half:])))


async def _answers(chunks: list[PackedChunk], pack: Pack, said: Said, ports: Ports) -> list[Answer]:
    """The answers that are about chunks which were asked about, each once; with a second look, what it adds."""
    found = await _one(chunks, pack, said, ports)
    if pack.gleaning and found:
        have = {answer.chunk: [entity.name for entity in answer.entities] for answer in found}
        more = {answer.chunk: answer for answer in await _one(chunks, pack, said, ports, have=have)}
        found = [_with(answer, more.get(answer.chunk)) for answer in found]
    return found


async def _one(
    chunks: list[PackedChunk], pack: Pack, said: Said, ports: Ports, *, have: dict[str, list[str]] | None = None
) -> list[Answer]:
    """One call. `have`: by chunk, the names that are known already, at a second look."""
    names = {f"c{number}": chunk.id for number, chunk in enumerate(chunks, 1)}
    known = {"have": {name: have[chunk] for name, chunk in names.items() if chunk in have}} if have is not None else {}
    data = {
        "task": "transcript_graph_more" if known else "transcript_graph", "schema": asked(pack.graph_schema), **known,
        "chunks": [{"chunk": f"c{number}", "text": chunk.text} for number, chunk in enumerate(chunks, 1)],
    }  # fmt: skip
    said.calls += 1
    answer = await ports.models.ask(
        instructions=read(PROMPTS, "extract_more" if known else "extract"),
        data=json.dumps(data, ensure_ascii=False),
        answer=Extraction,
        role="good",
        max_output_tokens=OUTPUT_MORE + OUTPUT_PER_CHUNK * len(chunks),
        timeout=TIMEOUT,
    )
    by_chunk: dict[str, Answer] = {}
    for finds in answer.chunks:
        if (chunk := names.get(finds.chunk)) and chunk not in by_chunk:
            by_chunk[chunk] = Answer(chunk=chunk, entities=finds.entities, relations=finds.relations)
    return list(by_chunk.values())


def asked(schema: Schema) -> dict[str, Any]:
    """The schema as the model reads it."""
    relations = [
        {"name": one.name, **({"source": one.source} if one.source else {}), **({"target": one.target} if one.target else {})}
        for one in schema.relation_types
    ]
    return {
        "entity_types": list(schema.entity_types or ENTITY_TYPES),
        "relation_types": relations or "any, in the text's language",
    }


def _with(answer: Answer, more: Answer | None) -> Answer:
    if more is None:
        return answer
    known = {entity.name for entity in answer.entities}
    return Answer(
        chunk=answer.chunk,
        entities=(*answer.entities, *(entity for entity in more.entities if entity.name not in known)),
        relations=(*answer.relations, *more.relations),
    )
