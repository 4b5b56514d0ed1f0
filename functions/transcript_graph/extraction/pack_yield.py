"""The yield by pack size: triples per 1,000 tokens that a model finds in chunks asked about alone, and in packs. Larger packs leave more out.

A job that is told to measure asks about one sample in packs of every size; the largest pack that finds nearly as much as asking
alone is used for that model from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.extraction.extraction_counts import Trial, YieldAt
from functions.transcript_graph.stage_messages import ChunkPlace, Pack, PackedChunk, Wanted
from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.documents import Merge
from shared.settings import Settings

COLLECTION = "graph_yields"
DEFAULT = 4_000
"""Tokens in a pack of a model that was not measured."""
ALONE = 0
SIZES = (ALONE, 1_000, 2_000, 4_000, 8_000)
SAMPLE = 20
"""Chunks: what the largest pack holds."""
LEAST = 10
"""Triples that a sample holds at least, asked about alone: fewer tell nothing of sizes."""
BAR = 0.9
"""Of the yield alone that a pack must have."""


def trial_packs(places: Sequence[ChunkPlace], texts: dict[str, str], wanted: Wanted) -> Iterator[Pack]:
    """The sample, in packs of every size."""
    sample = list(places[:SAMPLE])
    for size in SIZES:
        most = {"most": 1} if size == ALONE else {}
        for pack in packed(sample, [place.tokens for place in sample], size or 1, **most):
            chunks = tuple(PackedChunk(id=place.id, text=texts[place.id]) for place in pack)
            trial = Trial(size=size, chunks=len(pack), tokens=sum(place.tokens for place in pack))
            yield Pack(chunks=chunks, graph_schema=wanted.graph_schema, trial=trial)


def curve_of(trials: Sequence[Trial]) -> tuple[YieldAt, ...]:
    """What each size yields; the one to use is chosen."""
    sizes = sorted({trial.size for trial in trials})
    sums = {size: [one for one in trials if one.size == size] for size in sizes}
    found = {size: _per_1000(sum(one.triples for one in some), sum(one.tokens for one in some)) for size, some in sums.items()}
    alone = found.get(ALONE, 0.0)
    tells = sum(one.triples for one in sums.get(ALONE, ())) >= LEAST
    fit = [size for size in sizes if found[size] >= BAR * alone]
    return tuple(
        YieldAt(
            pack_tokens=size, triples_per_1000=round(found[size], 2), share=round(found[size] / alone, 3) if alone else 0.0,
            calls=sum(one.calls for one in sums[size]), chosen=tells and size == max(fit),
        )
        for size in sizes
    )  # fmt: skip


def _per_1000(triples: int, tokens: int) -> float:
    return 1000 * triples / tokens if tokens else 0.0


async def keep_curve(curve: Sequence[YieldAt], ports: Ports) -> None:
    """Use the chosen size for this model from now on; nothing where too little was found to tell."""
    chosen = next((one.pack_tokens for one in curve if one.chosen), None)
    if chosen is not None:
        rows = [one.model_dump(mode="json") for one in curve]
        fields = {"model": _model(ports.settings), "pack_tokens": chosen, "curve": rows, "measured_at": ports.clock.now()}
        await ports.documents.commit(Merge(_path(ports.settings), fields))


async def pack_tokens_of(asked: int | None, chunk_tokens: int, ports: Ports) -> int:
    """Tokens in a pack: as asked for, else as measured for the model."""
    if asked is not None:
        return asked
    found = await ports.documents.get(_path(ports.settings))
    return (int(found.data["pack_tokens"]) or chunk_tokens) if found else DEFAULT


def _model(settings: Settings) -> str:
    return next(iter(settings.model_good), "")


def _path(settings: Settings) -> str:
    return f"{COLLECTION}/{digest(_model(settings))[:32]}"
