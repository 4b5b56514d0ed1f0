"""A new version of the catalogue: columns, vectors, what the log teaches, in one file that `catalogues/current` names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from functions.for_you import document_paths
from functions.for_you.array_types import Floats
from functions.for_you.catalogue.episode_snapshot import columns
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Engagement, Episode
from functions.for_you.profile.completion_quantiles import bands
from functions.for_you.ranking.blend_tuning import tuned
from functions.for_you.ranking.interaction_log import from_engagements
from functions.for_you.ranking.model_fitting import fitted
from functions.for_you.stage_messages import SnapshotMade
from shared.ports import Ports
from shared.ports.documents import Data, Merge


def snapshot(episodes: Sequence[Episode], events: Sequence[Engagement], provided: Floats | None, now: float) -> Snapshot:
    """The catalogue as it is now. Takes seconds for ten thousand episodes."""
    bare = columns(episodes, provided, now=now)
    log = from_engagements((event.no_later(now) for event in events), bare.index)
    chosen = tuned(bare, log)
    whole = fitted(bare, log, now, chosen.blend)
    plays = [
        (float(bare.durations[bare.index[event.episode_id]]), event.completion)
        for event in events
        if event.action == "play" and event.completion is not None and event.episode_id in bare.index
    ]
    return replace(whole, completions=bands(plays), report=chosen.as_report())


async def publish(made: Snapshot, engagements: int, ports: Ports) -> SnapshotMade:
    """Keep a snapshot and name it the current one.

    Raises:
        Transient: a store did not answer.
    """
    content = made.dump()
    version = hashlib.sha256(content).hexdigest()[:16]
    blob = await ports.blobs.put(f"catalogues/{version}.npz", content, "application/octet-stream")
    before = await ports.documents.get(document_paths.CURRENT)
    told = SnapshotMade(
        version=version, episodes=len(made), engagements=engagements, vectors=made.made_by, report=json.loads(json.dumps(made.report)),
        changed=before is None or before.data["version"] != version,
    )  # fmt: skip
    fields: Data = {**told.model_dump(mode="json"), "blob": blob.name, "made_at": made.made_at}
    await ports.documents.commit(Merge(document_paths.CURRENT, fields))
    return told
