"""Uncertain namesake pairs: ranked and batched as questions for the model, and its verdicts applied to the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.transcript_graph.graph.entity_sums import name_of, type_of
from functions.transcript_graph.graph.incremental_update import Change, apply_change, summary
from functions.transcript_graph.graph.record_pages import Pages, change_graph
from functions.transcript_graph.graph.user_edits import standing
from functions.transcript_graph.resolution.entity_clusters import Cluster, Unsure
from functions.transcript_graph.resolution.judge_pairs_messages import Doubt, Doubts, Side
from shared.ports import Ports

IN_ONE_CALL, MOST = 10, 300
"""Pairs in a call, and pairs asked about in one job: those of whom most is said first. The others stay two."""
MOST_ABOUT = 12
MOST_KEPT = 4_000
"""Verdicts that a head holds; an older one is asked for again, and kept answers know it."""


async def doubts_of(pages: Pages, unsure: Sequence[Unsure]) -> tuple[Doubts, ...]:
    """The pairs as questions, some in each.

    Raises:
        Transient: a page is gone.
    """
    ranked = sorted(unsure, key=lambda pair: (-min(len(pair.one.members), len(pair.other.members)), pair.id))[:MOST]
    await pages.load("entities", {side.id for pair in ranked for side in (pair.one, pair.other)})
    pairs = [
        Doubt(id=pair.id, one=_side(pages, pair.one), other=_side(pages, pair.other))
        for pair in sorted(ranked, key=lambda pair: pair.id)
    ]
    return tuple(Doubts(pairs=tuple(pairs[at : at + IN_ONE_CALL])) for at in range(0, len(pairs), IN_ONE_CALL))


def _side(pages: Pages, cluster: Cluster) -> Side:
    record = pages.get("entities", cluster.id)
    said = sorted({text for texts in record["about"].values() for text in texts})
    near = sorted({name for each in cluster.members for name in each.near})
    return Side(key=cluster.members[0].key, name=name_of(record), type=type_of(record), about=tuple([*said, *near][:MOST_ABOUT]))


async def apply_verdicts(graph: str, same: Mapping[str, bool], unsure: Mapping[str, str], ports: Ports) -> frozenset[str]:
    """Write verdicts down, and make those one that are. `unsure`: each pair's form. Answers the entities that it touched.

    Raises:
        Conflict, Transient: the graph is changed by others all the time.
    """

    async def settle(pages: Pages) -> frozenset[str]:
        judged = dict(list({**pages.head.get("judged", {}), **same}.items())[-MOST_KEPT:])
        if judged == pages.head.get("judged", {}):
            return frozenset()
        forms = frozenset(unsure[pair] for pair, one in same.items() if one and pair in unsure)
        done = await apply_change(pages, Change({}, edits=standing(pages.head["edits"]), judged=judged, forms=forms), ports)
        await pages.save({"judged": judged, **summary(pages, done)})
        return done.entities

    return await change_graph(graph, settle, ports)
