"""Stage that merges transcripts' contributions into the stored graph, resolves entities and lists the doubtful pairs."""

from __future__ import annotations

from functions.transcript_graph.graph.early_store import already_in, forget_waiting
from functions.transcript_graph.graph.incremental_update import Change, apply_change, people_in, read_all, summary
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
    if listing.run and listing.transcripts:
        await forget_waiting(listing.collection, listing.run, ports)
    come = await read_all(collected.contributions, ports)
    if not come and not listing.remove:
        return Stored(collected=collected)

    async def stored(pages: Pages) -> Stored:
        there = await already_in(pages, come)
        touched = {entity for name in there for entity in pages.get("transcripts", name)["assigned"]}
        change = Change(
            {name: given for name, given in come.items() if name not in there},
            frozenset(listing.remove) - come.keys(), standing(pages.head["edits"]), pages.head.get("judged", {}),
            forms=frozenset(form for name in there for form in people_in(come[name].content)),
        )  # fmt: skip
        done = await apply_change(pages, change, ports)
        doubts = await doubts_of(pages, done.unsure)
        await pages.save(summary(pages, done))
        return Stored(collected=collected, touched=tuple(sorted(done.entities | touched)), doubts=doubts)

    return await change_graph(listing.collection, stored, ports)
