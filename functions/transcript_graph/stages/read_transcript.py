"""One transcript read and cut into chunks: copies and answered chunks are skipped, the rest packed for extraction."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from functions.transcript_graph.chunking import near_duplicates
from functions.transcript_graph.chunking.chunk_scoring import LITTLE, value
from functions.transcript_graph.chunking.chunk_splitting import Count
from functions.transcript_graph.chunking.cut_transcript import RECENT, Cut
from functions.transcript_graph.cpu_thread import run_in_cpu_thread
from functions.transcript_graph.extraction.answer_cache import chunk_id, read_answers
from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.extraction.pack_yield import trial_packs
from functions.transcript_graph.graph.json_blobs import write_json
from functions.transcript_graph.reading.transcript_sources import fetch_transcript
from functions.transcript_graph.reading.transcript_types import Transcript
from functions.transcript_graph.stage_messages import ChunkPlace, Pack, PackedChunk, Read, Source, Wanted
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports

Content: TypeAlias = tuple[bytes, str]
"""A file's bytes, and its name's ending."""


async def read_transcript(wanted: Wanted, ports: Ports) -> Read:
    """The transcript's chunks, and packs of those that nobody has asked about yet: the telling ones first.

    Raises:
        Permanent: it cannot be read; the message names it.
        Transient: it could not be fetched now.
    """
    try:
        content = await fetch_transcript(wanted.source, ports)
        alike = await asyncio.gather(*(_other(source, ports) for source in wanted.alike))
        cut = await run_in_cpu_thread(
            _prepared, content, [each for each in alike if each is not None], wanted, ports.tokens.count
        )
    except Permanent as error:
        raise Permanent(f"{wanted.source.id}: {error.message}", code=error.code, advice=error.advice) from error
    there = await read_answers([place.id for place in cut.asked], ports)
    missing = list({place.id: place for place in cut.asked if place.id not in there}.values())
    packs = packed(
        [PackedChunk(id=place.id, text=cut.texts[place.id]) for place in missing],
        [place.tokens for place in missing],
        wanted.pack_tokens,
    )
    about = cut.transcript
    return Read(
        wanted=wanted, title=wanted.source.title or about.title, date=wanted.source.date or about.date,
        words=await _words(about, wanted.collection, ports), chunks=tuple(cut.places), kept=len(there), read_at=ports.clock.now(),
        packs=(
            *(trial_packs(cut.asked, cut.texts, wanted) if wanted.trial else ()),
            *(
                Pack(chunks=tuple(pack), collection=wanted.collection, graph_schema=wanted.graph_schema, gleaning=wanted.gleaning, batch=wanted.batch)
                for pack in packs
            ),
        ),
    )  # fmt: skip


async def _other(source: Source, ports: Ports) -> Content | None:
    """An earlier transcript of this job, of which passages stand in this one; None when it cannot be fetched."""
    try:
        return await fetch_transcript(source, ports)
    except HeadraceError:
        return None


@dataclass(frozen=True)
class _Prepared:
    """A transcript in chunks: those to ask about, the telling ones first, and every chunk's text by its id."""

    transcript: Transcript
    places: list[ChunkPlace]
    asked: list[ChunkPlace]
    texts: dict[str, str]


def _prepared(content: Content, alike: Sequence[Content], wanted: Wanted, count: Count) -> _Prepared:
    """All that a transcript's reading computes, in one piece: of many that are read side by side, the first is soon asked about.

    Raises:
        BadInput: it cannot be read.
    """
    cut = RECENT.cut(*content, wanted.chunk_tokens, count)
    others = []
    for each in alike:
        with contextlib.suppress(HeadraceError):
            others.append(RECENT.cut(*each, wanted.chunk_tokens, count))
    places = _places(cut, others, wanted.extractor)
    texts = {place.id: text for place, text in zip(places, cut.texts, strict=True)}
    own = [place for place in places if not place.left_out and not place.copy_of]
    return _Prepared(cut.transcript, places, _telling_first(own, texts), texts)


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
