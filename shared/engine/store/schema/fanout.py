"""A fan-out's documents: its manifest, its shards, and when it was last looked through."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from shared.engine.store.schema.shared_fields import BranchScope, Counters, Expiry, StoredValue

FanoutState: TypeAlias = Literal["open", "closed"]
ClosedBecause: TypeAlias = Literal["all", "enough", "deadline", "empty"]
"""Every member has ended; a sum is reached; the time is up; there never was a member."""


class ManifestChange(TypedDict, total=False):
    """What changes about a fan-out: it closes."""

    state: FanoutState
    reason: ClosedBecause | None
    closed_at: float | None
    closed_by: int | None
    """The member whose end closed it, or None: its time was up."""


class PagedItems(TypedDict):
    """A fan-out's items in pages."""

    pages: list[str]
    """The blobs that hold its items; none: they are in the parent's result."""
    firsts: NotRequired[list[int]]
    """The number of each page's first item."""


class FanoutManifest(ManifestChange, PagedItems, BranchScope, Expiry):
    """`jobs/{job}/fanouts/{fanout}`: what a fan-out is made of, sealed with its parent's result. It changes once: it closes."""

    run: int
    stage: str
    """Of its members."""
    parent: str
    """The stage whose result fanned out."""
    size: int
    created_at: float
    page: NotRequired[int]
    """Items to a page, in manifests of the version before, which have no `firsts`."""


class ShardCounts(Counters, Expiry, total=False):
    """`…/shards/{level}.{n}`: what up to 20 members, or nodes below, came to. And `sum_{field}` for each of the stage's sums."""

    ended: int
    """Members on level 0; above, nodes that are full."""
    done: int
    failed: int
    skipped: int


class BranchNumbers(Expiry):
    """`…/inside/{number}`: what stages inside branches came to: `{stage}:{number}` for each stage and each of a shard's numbers.

    And `{stage}:total`: its tasks that have begun, or are to.
    """


class ClosedShard(StoredValue, Expiry):
    """`…/closed/{level}.{n}`: a full node's numbers are in its parent's. With what its join's combiner made of it, if it has one."""

    at: float


class FanoutLook(Expiry):
    """`jobs/{job}/looks/{fanout}`: when the sweeper last looked a fan-out through, and what it saw."""

    at: float
    still: int
    """Looks in a row in which nothing had moved: each doubles the time to the next."""
    moved: int
    """Members that had begun; branches count once more when they have ended."""
    begun: NotRequired[list[int]]
    """Of each block of members how many had begun."""
    whole: NotRequired[int]
    """Members before this one had all begun, as far as it was known."""
    number: int
    """Looks so far; names the next one's task."""


class FanoutReleased(Expiry):
    """`jobs/{job}/looks/{fanout}.released`: how far a fan-out is that is released page by page."""

    released: int
    """Members before this one are due: all of them have begun, or are lost."""
