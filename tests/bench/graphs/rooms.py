"""The rooms by themselves, in processor seconds of one core: copies among 8,834 chunks, 100,000 mentions, communities, rank, a map; and gold sentences."""

from __future__ import annotations

import ast
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from functions.transcript_graph.analysis.communities_and_rank import Weighted, communities, ranks
from functions.transcript_graph.analysis.map_layout import laid_out
from functions.transcript_graph.chunking.near_duplicates import copies, samples_of
from functions.transcript_graph.extraction.extraction_call import asked
from functions.transcript_graph.extraction.provenance_check import verified
from functions.transcript_graph.extraction.type_check import Types
from functions.transcript_graph.resolution import spelling_variants
from functions.transcript_graph.stage_messages import Answer, RelationType, Schema
from infra.offline_model.graph import extract
from shared.adapters.openai.batches import PRICE as BATCH_PRICE
from shared.adapters.openai.model_catalogue import PRICES, tokens_of
from shared.settings import Settings
from tests.bench.graphs.corpus import write
from tests.bench.graphs.provider import OUTPUT_PER_CHUNK
from tests.bench.graphs.world import requests
from tests.bench.row import Row
from tests.support.real_data import REAL_DATA
from tests.support.transcripts.planted import mentions
from tests.support.transcripts.resolved import agreement, resolved

CHUNKS, MENTIONS, NODES, EDGES = 8_834, 100_000, 40_000, 120_000
CONLL = REAL_DATA / "kg" / "conll04" / "test.txt"
GOLD = Schema(
    entity_types=("Peop", "Loc", "Org", "Other"),
    relation_types=tuple(
        RelationType(name=name, source=source, target=target)
        for name, source, target in (
            ("Work_For", "Peop", "Org"), ("Live_In", "Peop", "Loc"), ("Located_In", "Loc", "Loc"), ("OrgBased_In", "Org", "Loc"), ("Kill", "Peop", "Peop"),
        )
    ),
)  # fmt: skip
Triple = tuple[str, str, str]


async def near_duplicates() -> list[Row]:
    """A fifth of the chunks are copies with one word in fifty changed."""
    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 9))) for _ in range(20_000)]
    fresh = [" ".join(dice.choices(words, k=330)) for _ in range(CHUNKS - 1_800)]
    texts = fresh + [
        " ".join(dice.choice(words) if dice.random() < 0.02 else word for word in dice.choice(fresh).split())
        for _ in range(1_800)
    ]
    samples_of(texts[:10])
    began = time.process_time()
    found = copies(samples_of(texts))
    took = time.process_time() - began
    missed = sum(one is None for one in found[len(fresh) :])
    return [
        Row(
            f"copies among {CHUNKS:,} chunks",
            took,
            "s",
            2,
            beside={"missed": missed, "taken_for_copies": sum(one is not None for one in found[: len(fresh)])},
        )
    ]


async def resolving() -> list[Row]:
    """100,000 mentions of 20,000 people and firms, a third spelt otherwise."""
    planted = mentions(MENTIONS, entities=20_000)
    spelling_variants.alike("warm up this", "warm up that", "other")
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        entities = await resolved(planted, Path(folder))
        took = time.process_time() - began
    found = agreement(entities, planted)
    return [
        Row(f"resolving {MENTIONS:,} planted mentions", took, "s", 15, beside={"spellings": len({one.name for one in planted})}),
        Row("resolving: pairwise precision", found.precision, "", 0.99, at_least=True),
        Row("resolving: pairwise recall", found.recall, "", 0.9, at_least=True),
    ]


async def structure() -> list[Row]:
    """Communities, rank, and a map of the 5,000 nodes that matter most."""
    dice = random.Random(1)
    nodes = [f"n{number}" for number in range(NODES)]
    edges: list[Weighted] = []
    for _ in range(EDGES):
        one = int(dice.random() ** 2 * NODES)
        other = one // 50 * 50 + dice.randrange(50) if dice.random() < 0.7 else dice.randrange(NODES)
        edges.append((nodes[one], nodes[min(other, NODES - 1)], 1 + dice.random()))
    communities(edges[:10]), ranks(edges[:10], nodes[:1] + [end for edge in edges[:10] for end in edge[:2]])
    began = time.process_time()
    member = communities(edges, nodes)
    in_communities = time.process_time()
    ranks(edges, nodes)
    in_ranks = time.process_time()
    few = [edge for edge in edges if int(edge[0][1:]) < 5_000 and int(edge[1][1:]) < 5_000]
    laid_out(nodes[:5_000], few, member, {})
    in_map = time.process_time()
    return [
        Row(
            f"communities of {NODES:,} nodes, {EDGES:,} edges",
            in_communities - began,
            "s",
            2,
            beside={"communities": len(set(member.values()))},
        ),
        Row("PageRank of the same", in_ranks - in_communities, "s", 0.5),
        Row("a map of 5,000 nodes, laid out", in_map - in_ranks, "s", 5, beside={"edges": len(few)}),
    ]


async def cost() -> list[Row]:
    """8,834 chunks by each model that has a price, at once and by the batch tier, in dollars."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), 10)
        calls = list(requests(Path(name)))
    chunks = sum(count for _, count in calls)
    asked_tokens = sum(tokens_of(message["content"]) for request, _ in calls for message in request["messages"]) * CHUNKS / chunks
    answered = OUTPUT_PER_CHUNK * CHUNKS
    dollars = {
        model: (price.input * asked_tokens + price.output * answered) / 1e6 for model, price in PRICES.items() if price.output
    }
    default = Settings().model_good[0]
    beside = {model: f"${plain:.2f}, by batch ${BATCH_PRICE * plain:.2f}" for model, plain in sorted(dollars.items())}
    each = 1000 * dollars[default] / CHUNKS
    return [
        Row(f"graph: dollars for 1,000 chunks by {default}, at once", each, "$", 3, beside={"chunks": CHUNKS, **beside}),
        Row(f"graph: dollars for 1,000 chunks by {default}, by batch", BATCH_PRICE * each, "$", 1.5),
    ]


async def gold() -> list[Row]:
    """CoNLL04's test sentences by the offline model's rules: what any model is measured with. No bar: it says how good the rules are."""
    if not CONLL.exists():
        return []
    types = Types(GOLD)
    entities, relations, unsound = Counter[str](), Counter[str](), 0
    for text, named, related in sentences(CONLL):
        said = extract.extract({"schema": asked(GOLD), "chunks": [{"chunk": "c", "text": text}]})["chunks"][0]
        found = verified(Answer.model_validate(said), text, types)
        names = {(one.name, one.type) for one in found.entities}
        triples = {(found.entities[one.source].name, one.type, found.entities[one.target].name) for one in found.relations}
        unsound += sum(
            not all(found.entities[end].name in text[slice(*one.quote)] for end in (one.source, one.target))
            for one in found.relations
        )
        for counts, got, wanted in ((entities, names, named), (relations, triples, related)):
            counts.update(both=len(got & wanted), said=len(got), gold=len(wanted))
    beside = {
        f"{name}_{what}": round(counts["both"] / max(1, counts[of]), 3)
        for name, counts in (("entities", entities), ("relations", relations)) for what, of in (("precision", "said"), ("recall", "gold"))
    }  # fmt: skip
    return [Row("gold sentences: quotes without their mentions", unsound, "quotes", 0, beside=beside)]


def sentences(path: Path) -> Iterator[tuple[str, set[tuple[str, str]], set[Triple]]]:
    """Each sentence with its gold entities (name, type) and relations."""
    for document in path.read_text().split("#doc ")[1:]:
        rows = [line.split("\t") for line in document.splitlines()[1:] if line.strip()]
        spans: list[tuple[int, int, str]] = []
        for at, row in enumerate(rows):
            if row[2].startswith("B-"):
                spans.append((at, at, row[2][2:]))
            elif row[2].startswith("I-") and spans:
                spans[-1] = (spans[-1][0], at, spans[-1][2])
        text = _joined(row[1] for row in rows)
        name = {end: (_joined(row[1] for row in rows[begin : end + 1]), kind) for begin, end, kind in spans}
        triples = {
            (name[at][0], kind, name[head][0])
            for at, row in enumerate(rows)
            for kind, head in zip(ast.literal_eval(row[3]), ast.literal_eval(row[4]), strict=True)
            if kind != "N" and at in name and head in name
        }
        yield text, set(name.values()), triples


def _joined(tokens: Iterator[str]) -> str:
    """Words as they are written: signs follow without a space."""
    text = " ".join(tokens)
    for sign in (" ,", " .", " ;", " :", " 's", " n't", " ?", " !", " )"):
        text = text.replace(sign, sign[1:])
    return text.replace("( ", "(").replace("` ` ", '"').replace(" ' '", '"')
