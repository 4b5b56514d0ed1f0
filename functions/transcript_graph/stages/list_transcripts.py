"""What there is to do: transcripts found, copies and broken ones told, what the graph has already left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from functions.transcript_graph.chunking import near_duplicates
from functions.transcript_graph.cpu_thread import run_in_cpu_thread
from functions.transcript_graph.extraction.answer_cache import extractor_of
from functions.transcript_graph.extraction.pack_yield import pack_tokens_of
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.reading.read_file import decoded, read
from functions.transcript_graph.reading.stored_texts import BLOB, given_folder
from functions.transcript_graph.reading.transcript_sources import body_of, fetch_transcript, sources_of
from functions.transcript_graph.stage_messages import Broken, GraphRequest, Listing, Source, Wanted
from shared.engine.store.paths import digest
from shared.errors import Permanent
from shared.model_batches.deferred_questions import has_time
from shared.ports import Ports

if TYPE_CHECKING:
    from functions.transcript_graph.chunking.near_duplicates import Sample

AT_ONCE = 16
WHOLE = 0.9
"""Share of common runs from which a transcript is another one's copy."""
INLINE = 2_000
"""Characters of text that travel with a task; longer ones are files."""
MOST_ALIKE = 8


@dataclass(frozen=True)
class _Seen:
    """A transcript as it was found. `why`: it cannot be read."""

    source: Source
    runs: Sample | None
    why: Broken | None = None


async def list_transcripts(request: GraphRequest, ports: Ports) -> Listing:
    """The transcripts to read, and those that need not be.

    Raises:
        BadInput: there are none (`no_transcripts`), or two of one id.
        Transient: one could not be fetched now.
    """
    sources = sources_of(request, ports)
    room = asyncio.Semaphore(AT_ONCE)

    async def one(source: Source) -> _Seen:
        async with room:
            return await _seen(source, request.collection, ports)

    seen = await asyncio.gather(*(one(source) for source in sources))
    extractor = extractor_of(request.graph_schema, ports.settings, gleaning=request.gleaning, chunk_tokens=request.chunk_tokens)
    pages = await Pages.open(request.collection, ports)
    there = await _there(pages, [source.id for source in sources], everything=request.prune)
    unchanged = {one.source.id for one in seen if _is_unchanged(one.source, there.get(one.source.id), extractor)}
    copies = _copies(seen, unchanged)
    batch = request.batch and await has_time(ports)
    pack_tokens = await pack_tokens_of(request.pack_tokens, request.chunk_tokens, ports)
    run = digest(request.collection, extractor, str(ports.clock.now()), *(one.source.body for one in seen))[:16]
    wanted = _wanted(request, extractor, run, seen, {*unchanged, *copies}, pack_tokens=pack_tokens, batch=batch)
    if request.measure:
        wanted = _with_trial(wanted, seen)
    gone = [*request.remove, *(set(there) - {source.id for source in sources} if request.prune else ())]
    return Listing(
        collection=request.collection, extractor=extractor, run=run, embed=request.embed, transcripts=tuple(wanted), unchanged=tuple(sorted(unchanged)),
        copies=copies, remove=tuple(sorted({*gone, *(copies.keys() & there.keys())})), broken=tuple(one.why for one in seen if one.why),
    )  # fmt: skip


async def _seen(source: Source, graph: str, ports: Ports) -> _Seen:
    try:
        content, suffix = await fetch_transcript(source, ports)
        found = source.model_copy(update={"body": body_of(content)})
        if source.kind == "text" and len(source.text) > INLINE:
            blob = await ports.blobs.put(f"{given_folder(graph)}/{found.body}", content, "text/plain")
            found = found.model_copy(update={"kind": "uri", "where": f"{BLOB}{blob.name}", "text": ""})
        return _Seen(found, await run_in_cpu_thread(_runs, content, suffix))
    except Permanent as error:
        return _Seen(source, None, Broken(id=source.id, code=error.code, reason=error.message))


def _runs(content: bytes, suffix: str) -> Sample:
    """The sampled runs of its text; formats that may be broken are read whole here.

    Raises:
        BadInput: it cannot be read (`broken_transcript`).
    """
    text = decoded(content)
    if suffix == ".json" or text.lstrip()[:1] in ("{", "["):
        text = read(content, suffix).text
    elif not any(character.isalnum() for character in text):
        read(content, suffix)
    return near_duplicates.samples_of([text])[0]


async def _there(pages: Pages, ids: Sequence[str], *, everything: bool) -> Mapping[str, Any]:
    """What the graph knows of these transcripts (of all, with `everything`)."""
    if everything:
        return await pages.load_all("transcripts")
    await pages.load("transcripts", ids)
    return {name: record for name in ids if (record := pages.get("transcripts", name))}


def _is_unchanged(source: Source, record: Mapping[str, Any] | None, extractor: str) -> bool:
    return record is not None and (record["body"], record["extractor"], record["failed"]) == (source.body, extractor, 0)


def _with_trial(wanted: Sequence[Wanted], seen: Sequence[_Seen]) -> list[Wanted]:
    """The same; what packs yield is measured on the longest that can be read."""
    length = {one.source.id: len(one.runs) for one in seen if one.runs is not None}
    longest = max((one.source.id for one in wanted if one.source.id in length), key=lambda name: length[name], default="")
    return [one.model_copy(update={"trial": one.source.id == longest}) for one in wanted]


def _copies(seen: Sequence[_Seen], unchanged: set[str]) -> dict[str, str]:
    """Transcripts that are copies of another, by id: the other's. Those in the graph already count as originals."""
    usable = [one for one in seen if one.runs is not None]
    ordered = sorted(usable, key=lambda one: (one.source.id not in unchanged, one.source.id))
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    alike = near_duplicates.copies([one.runs for one in ordered if one.runs is not None], WHOLE)
    for one, copied in zip(ordered, alike, strict=True):
        original = first.setdefault(one.source.body, one.source.id)
        if original == one.source.id and copied is not None:
            original = ordered[copied].source.id
        if original != one.source.id and one.source.id not in unchanged:
            found[one.source.id] = original
    return found


def _wanted(
    request: GraphRequest, extractor: str, run: str, seen: Sequence[_Seen], skipped: set[str], *, pack_tokens: int, batch: bool
) -> list[Wanted]:
    usable = [one for one in seen if one.runs is not None]
    related = near_duplicates.related([one.runs for one in usable if one.runs is not None])
    alike = {one.source.id: [usable[at].source for at in found[:MOST_ALIKE]] for one, found in zip(usable, related, strict=True)}
    return [
        Wanted(
            collection=request.collection, source=one.source, alike=tuple(alike.get(one.source.id, ())),
            graph_schema=request.graph_schema, chunk_tokens=request.chunk_tokens, pack_tokens=pack_tokens,
            gleaning=request.gleaning, batch=batch, extractor=extractor, run=run,
        )
        for one in seen if one.source.id not in skipped
    ]  # fmt: skip
