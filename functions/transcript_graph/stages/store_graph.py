"""Contributions into the graph: who is who among what they touch, stored at once; what only a closer look can tell goes on."""

from __future__ import annotations

import asyncio

from functions.transcript_graph import error_codes
from functions.transcript_graph.graph.apply_change import Change, changed, read_all
from functions.transcript_graph.graph.doubtful_namesakes import doubts_of
from functions.transcript_graph.graph.graph_summary import summary
from functions.transcript_graph.graph.record_pages import Pages, again
from functions.transcript_graph.graph.user_edits import standing
from functions.transcript_graph.stage_messages import Collected, Listing, Stored
from shared.errors import Conflict, Transient
from shared.ports import Ports


async def store_graph(collected: Collected, listing: Listing, ports: Ports) -> Stored:
    """The graph with these transcripts in it, those of `remove` out of it; and the pairs of namesakes in doubt.

    Raises:
        Transient: the graph is changed by others all the time, or a blob is gone.
    """
    come = await read_all(collected.contributions, ports)
    if not come and not listing.remove:
        return Stored(collected=collected)
    for tries in range(1, 100):
        pages = await Pages.open(listing.collection, ports)
        change = Change(
            come, frozenset(listing.remove) - come.keys(), standing(pages.head["edits"]), pages.head.get("judged", {})
        )
        try:
            done = await changed(pages, change, ports)
            doubts = await doubts_of(pages, done.unsure)
            await pages.save(summary(pages, done))
        except Conflict:
            await again(listing.collection, tries, ports)
            continue
        except Transient as error:
            if error.code != error_codes.GRAPH_CHANGED:
                raise
            await asyncio.sleep(0)
            await again(listing.collection, tries, ports)
            continue
        return Stored(collected=collected, doubts=doubts)
    raise Transient(f"graph {listing.collection} is changed all the time", code="graph_busy")
