"""The last stage: merges namesakes judged the same into the graph, and returns the job's result: counts, failures, top entities."""

from __future__ import annotations

from functions.transcript_graph.extraction.pack_yield import curve_of, keep_curve
from functions.transcript_graph.graph.entity_vectors import keep_vectors
from functions.transcript_graph.graph.namesake_verdicts import apply_verdicts
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.judge_pairs_messages import Judged
from functions.transcript_graph.stage_messages import Broken, GraphResult, Listing, Stored, TopEntity
from shared import error_codes
from shared.errors import Permanent
from shared.ports import Ports

MOST_TOP = 25
NO_EMBEDDINGS = frozenset(
    {error_codes.NO_VECTORS, error_codes.VECTORS_REFUSED, error_codes.MODEL_NOT_FOUND, error_codes.MODEL_REFUSED}
)


async def finish_graph(judged: Judged, stored: Stored, listing: Listing, ports: Ports) -> GraphResult:
    """The result. What is not in the graph is told by name, with the reason.

    Raises:
        Conflict, Transient: the graph is changed by others all the time.
        PutBack, Transient, Permanent: as the models port says, where entities are embedded.
    """
    touched = frozenset(stored.touched)
    if judged.same:
        forms = {pair.id: f"person|{pair.one.key}" for doubts in stored.doubts for pair in doubts.pairs}
        touched |= await apply_verdicts(listing.collection, judged.same, forms, ports)
    embedded, without = await _embedded(listing, touched, ports)
    curve = curve_of(stored.collected.trials)
    await keep_curve(curve, ports)
    pages = await Pages.open(listing.collection, ports)
    collected = stored.collected
    return GraphResult(
        graph=listing.collection, version=pages.head["version"], entities=pages.count("entities"),
        relations=pages.head.get("relations", 0), transcripts=pages.count("transcripts"), added=tuple(sorted(collected.contributions)),
        unchanged=len(listing.unchanged), removed=tuple(name for name in listing.remove if name not in collected.contributions),
        copies=listing.copies, failed=_failed(stored, listing) + without, counts=collected.counts, embedded=embedded, yields=curve,
        top=tuple(TopEntity(**one) for one in pages.head["top"][:MOST_TOP]), written_by=collected.by or ports.models.label,
    )  # fmt: skip


async def _embedded(listing: Listing, touched: frozenset[str], ports: Ports) -> tuple[int, tuple[Broken, ...]]:
    """How many entities were embedded. A graph stands without: where nobody embeds or keeps vectors, that is told."""
    try:
        return await keep_vectors(listing.collection, touched, ports, wanted=listing.embed), ()
    except Permanent as error:
        if error.code not in NO_EMBEDDINGS:
            raise
        return 0, (Broken(id=listing.collection, code=error.code, reason=f"no entities by meaning: {error.message}"),)


def _failed(stored: Stored, listing: Listing) -> tuple[Broken, ...]:
    broken = {one.id: one for one in listing.broken}
    for wanted in listing.transcripts:
        name = wanted.source.id
        if name not in stored.collected.contributions and name not in broken:
            broken[name] = Broken(id=name, code="not_read", reason="it could not be read: the job's warnings say why")
    return tuple(broken[name] for name in sorted(broken)) + stored.collected.failed
