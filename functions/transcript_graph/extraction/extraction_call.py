"""One question about some chunks, and its answer taken apart by chunk. A bad answer is asked again about each half, down to one chunk."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from functions.transcript_graph.extraction.type_check import ENTITY_TYPES
from functions.transcript_graph.prompts import prompt
from functions.transcript_graph.stage_messages import Answer, Broken, FoundEntity, FoundRelation, Pack, PackedChunk, Schema
from shared.base_message import Message
from shared.errors import HeadraceError, PutBack
from shared.model_batches.deferred_questions import ask_in_batch
from shared.ports import Ports

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
    known: frozenset[str] = frozenset()
    """Chunks that were answered before."""
    answered: int = 0
    calls: int = 0
    triples: int = 0
    by: str = ""
    """Who answered."""

    async def hear(self, good: Sequence[Answer]) -> None:
        """Keep good answers, but for those that were there before."""
        new = [answer for answer in good if answer.chunk not in self.known]
        if new:
            await self.keep(new)
            self.answered += len(new)
            self.triples += sum(len(answer.relations) for answer in new)


async def ask(pack: Pack, said: Said, ports: Ports) -> None:
    """Ask about a pack; every chunk is either answered and kept, or in `said.failed`.

    Raises:
        PutBack, Transient, Permanent: as the models port says, but for answers that a smaller question may mend.
    """
    found: list[Answer] = []
    if pack.batch:
        with _mended_by_asking():
            found = await _looked_again(await _in_batch(pack, said, ports), pack.chunks, pack, said, ports)
    await said.hear(found)
    there = {answer.chunk for answer in found} | said.known
    if missing := [chunk for chunk in pack.chunks if chunk.id not in there]:
        await _ask(missing, pack, said, ports, alone=False)


@contextlib.contextmanager
def _mended_by_asking() -> Iterator[None]:
    """A bad answer of a batch is none: what it was to answer is asked about at once."""
    try:
        yield
    except HeadraceError as error:
        if error.code not in BAD or isinstance(error, PutBack):
            raise


async def _in_batch(pack: Pack, said: Said, ports: Ports) -> list[Answer]:
    """What the provider's batch answers about a pack; nothing where it does not. The whole pack, whatever is known of it by now."""
    chunks = list(pack.chunks)
    of, subject = ",".join(chunk.id for chunk in chunks), f"graphs/{pack.collection}"
    answer = await ask_in_batch(of, _question(chunks, pack), Extraction, ports, subject=subject)
    if answer is None:
        return []
    said.by = ports.batches.label
    return _by_chunk(answer, chunks)


async def _ask(chunks: list[PackedChunk], pack: Pack, said: Said, ports: Ports, *, alone: bool) -> None:
    """`alone`: this one chunk was asked about by itself before."""
    why = ("no_answer", "the model left it out of its answer")
    try:
        good = await _answers(chunks, pack, said, ports)
    except HeadraceError as error:
        if error.code not in BAD or isinstance(error, PutBack):
            raise
        good, why = [], (error.code, error.message)
    await said.hear(good)
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
    return await _looked_again(await _one(chunks, pack, said, ports), chunks, pack, said, ports)


async def _looked_again(found: list[Answer], chunks: Sequence[PackedChunk], pack: Pack, said: Said, ports: Ports) -> list[Answer]:
    if not (pack.gleaning and found):
        return found
    have = {answer.chunk: [entity.name for entity in answer.entities] for answer in found}
    more = {answer.chunk: answer for answer in await _one(chunks, pack, said, ports, have=have)}
    return [_with(answer, more.get(answer.chunk)) for answer in found]


async def _one(
    chunks: Sequence[PackedChunk], pack: Pack, said: Said, ports: Ports, *, have: dict[str, list[str]] | None = None
) -> list[Answer]:
    """One call. `have`: by chunk, the names that are known already, at a second look."""
    said.calls += 1
    answer = await ports.models.ask(**_question(chunks, pack, have), timeout=TIMEOUT)
    said.by = ports.models.label
    return _by_chunk(answer, chunks)


def _names(chunks: Sequence[PackedChunk]) -> dict[str, str]:
    """Chunks' ids by what the model calls them."""
    return {f"c{number}": chunk.id for number, chunk in enumerate(chunks, 1)}


def _question(chunks: Sequence[PackedChunk], pack: Pack, have: dict[str, list[str]] | None = None) -> dict[str, Any]:
    names = _names(chunks)
    known = {"have": {name: have[chunk] for name, chunk in names.items() if chunk in have}} if have is not None else {}
    data = {
        "task": "transcript_graph_more" if known else "transcript_graph", "schema": asked(pack.graph_schema), **known,
        "chunks": [{"chunk": f"c{number}", "text": chunk.text} for number, chunk in enumerate(chunks, 1)],
    }  # fmt: skip
    return {
        "instructions": prompt("extract_more" if known else "extract"), "data": json.dumps(data, ensure_ascii=False),
        "answer": Extraction, "role": "good", "max_output_tokens": OUTPUT_MORE + OUTPUT_PER_CHUNK * len(chunks),
    }  # fmt: skip


def _by_chunk(answer: Extraction, chunks: Sequence[PackedChunk]) -> list[Answer]:
    """Each chunk's own, once."""
    names = _names(chunks)
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
