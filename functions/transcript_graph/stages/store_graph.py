"""Stage that merges transcripts' contributions into the stored graph, resolves entities and lists the doubtful pairs."""

from __future__ import annotations

from functions.transcript_graph.graph.graph_summary import summary
from functions.transcript_graph.graph.incremental_update import Change, changed, read_all
from functions.transcript_graph.graph.namesake_verdicts import doubts_of
from functions.transcript_graph.graph.record_pages import Pages, change_graph
from functions.transcript_graph.graph.user_edits import standing
from functions.transcript_graph.stage_messages import Collected, Listing, Stored
from shared.ports import Ports


async def store_graph(collected: Collected, listing: Listing, ports: Ports) -> Stored:
    """The graph with these transcripts in it, those of `remove` out of it; and the pairs of namesakes in doubt.

    Raises:
        Conflict: the graph is changed by others all the time.
        Transient: a blob is gone.
    """
    come = await read_all(collected.contributions, ports)
    if not come and not listing.remove:
        return Stored(collected=collected)

    async def stored(pages: Pages) -> Stored:
        change = Change(
            come, frozenset(listing.remove) - come.keys(), standing(pages.head["edits"]), pages.head.get("judged", {})
        )
        done = await changed(pages, change, ports)
        doubts = await doubts_of(pages, done.unsure)
        await pages.save(summary(pages, done))
        return Stored(collected=collected, touched=tuple(sorted(done.entities)), doubts=doubts)

    return await change_graph(listing.collection, stored, ports)
