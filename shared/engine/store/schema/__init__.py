"""The engine's documents, field by field: what writers write and readers find. `docs/data.md` says who does, and until when.

Times are POSIX seconds (UTC). Dollars are millionths (`usd_micros`), so that sums stay exact, except where a field says `usd`.
What `…Change` holds is written while a document lives; the rest stays as it began. `expires_at` is missing where nothing expires.
"""

from shared.engine.store.schema.engine_wide import (
    CacheEntry,
    DeadLetter,
    DeadLetterChange,
    EndedInstance,
    HandledEvent,
    IdempotencyKey,
    NewestChange,
    RemovalNote,
    TakenSlot,
)
from shared.engine.store.schema.fanout import (
    ClosedBecause,
    ClosedShard,
    FanoutLook,
    FanoutManifest,
    FanoutState,
    ManifestChange,
    PagedItems,
    ShardCounts,
)
from shared.engine.store.schema.job import (
    FailedLooks,
    JobChange,
    JobCost,
    JobOptions,
    JobRecord,
    JobStatus,
    LedgerShard,
    PathShare,
    StageState,
    StageSummary,
)
from shared.engine.store.schema.task import TaskChange, TaskRecord, TaskState
from shared.engine.store.schema.values import (
    BlobReference,
    BranchScope,
    Counters,
    ErrorRecord,
    Expiry,
    StoredValue,
    read_all_as,
    read_as,
    with_fields,
)

__all__ = [
    "BlobReference",
    "BranchScope",
    "CacheEntry",
    "ClosedBecause",
    "ClosedShard",
    "Counters",
    "DeadLetter",
    "DeadLetterChange",
    "EndedInstance",
    "ErrorRecord",
    "Expiry",
    "FailedLooks",
    "FanoutLook",
    "FanoutManifest",
    "FanoutState",
    "HandledEvent",
    "IdempotencyKey",
    "JobChange",
    "JobCost",
    "JobOptions",
    "JobRecord",
    "JobStatus",
    "LedgerShard",
    "ManifestChange",
    "NewestChange",
    "PagedItems",
    "PathShare",
    "RemovalNote",
    "ShardCounts",
    "StageState",
    "StageSummary",
    "StoredValue",
    "TakenSlot",
    "TaskChange",
    "TaskRecord",
    "TaskState",
    "read_all_as",
    "read_as",
    "with_fields",
]
