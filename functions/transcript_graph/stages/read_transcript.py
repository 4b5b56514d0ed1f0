"""One transcript read and cut into chunks: copies and answered chunks are skipped, the rest packed for extraction."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

from functions.transcript_graph.chunking import near_duplicates
from functions.transcript_graph.chunking.chunk_scoring import LITTLE, value
from functions.transcript_graph.chunking.cut_transcript import RECENT, Cut
from functions.transcript_graph.cpu_thread import computed
from functions.transcript_graph.extraction.answer_cache import chunk_id, kept
from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.graph.json_blobs import write_json
from functions.transcript_graph.reading.transcript_sources import fetched
from functions.transcript_graph.reading.transcript_types import Transcript
from functions.transcript_graph.stage_messages import ChunkPlace, Pack, PackedChunk, Read, Source, Wanted
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports


async def read_transcript(wanted: Wanted, ports: Ports) -> Read:
    """The transcript's chunks, and packs of those that nobody has asked about yet: the telling ones first.

    Raises:
        Permanent: it cannot be read; the message names it.
        Transient: it could not be fetched now.
    """
    try:
        cut = await _cut(wanted.source, wanted, ports)
    except Permanent as error:
        raise Permanent(f"{wanted.source.id}: {error.message}", code=error.code, advice=error.advice) from error
    alike = await asyncio.gather(*(_other(source, wanted, ports) for source in wanted.alike))
    others = [other for other in alike if other is not None]
    places = await computed(_places, cut, others, wanted.extractor)
    own = [place for place in places if not place.left_out and not place.copy_of]
    there = await kept([place.id for place in own], ports)
    texts = {place.id: text for place, text in zip(places, cut.texts, strict=True)}
    missing = {place.id: place for place in own if place.id not in there}
    asked = await computed(_telling_first, missing.values(), texts)
    packs = packed(
        [PackedChunk(id=place.id, text=texts[place.id]) for place in asked], [place.tokens for place in asked], wanted.pack_tokens
    )
    return Read(
        wanted=wanted, title=wanted.source.title or cut.transcript.title, date=wanted.source.date or cut.transcript.date,
        words=await _words(cut.transcript, wanted.collection, ports), chunks=tuple(places), kept=len(there), read_at=ports.clock.now(),
        packs=tuple(Pack(chunks=tuple(pack), graph_schema=wanted.graph_schema, gleaning=wanted.gleaning) for pack in packs),
    )  # fmt: skip


async def _cut(source: Source, wanted: Wanted, ports: Ports) -> Cut:
    content, suffix = await fetched(source, ports)
    return await computed(RECENT.cut, content, suffix, wanted.chunk_tokens, ports.tokens.count)


async def _other(source: Source, wanted: Wanted, ports: Ports) -> Cut | None:
    """An earlier transcript of this job, of which passages stand in this one; None when it cannot be read."""
    try:
        return await _cut(source, wanted, ports)
    except HeadraceError:
        return None


def _places(cut: Cut, others: list[Cut], extractor: str) -> list[ChunkPlace]:
    """The chunks in order; a copy of an earlier one, here or in the others, shares its answer."""
    cuts = [*others, cut]
    texts = [text for each in cuts for text in each.texts]
    copied = near_duplicates.copies([sample for each in cuts for sample in each.samples])[-len(cut.chunks) :]
    places = []
    for chunk, text, reason, original in zip(cut.chunks, cut.texts, cut.reasons, copied, strict=True):
        own = chunk_id(text, extractor)
        shared = chunk_id(texts[original], extractor) if original is not None else ""
        places.append(
            ChunkPlace(
                id=own, at=chunk.at, upto=chunk.upto, first=chunk.first, last=chunk.last, tokens=chunk.tokens,
                copy_of=shared if shared != own else "", left_out=reason,
            )
        )  # fmt: skip
    return places


def _telling_first(places: Collection[ChunkPlace], texts: Mapping[str, str]) -> list[ChunkPlace]:
    return sorted(places, key=lambda place: (value(texts[place.id]) < LITTLE, place.at))


async def _words(transcript: Transcript, graph: str, ports: Ports) -> str:
    """The blob that holds the text and whose words they are."""
    turns = [[turn.at, turn.upto, turn.speaker, turn.doubtful, turn.start, turn.end] for turn in transcript.turns]
    return await write_json({"text": transcript.text, "turns": turns}, graph, ports)
