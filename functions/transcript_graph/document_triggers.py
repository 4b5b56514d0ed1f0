"""A transcript that a user writes goes into its collection's graph; one that is deleted goes out of it."""

from __future__ import annotations

from functions.events.start_job import Start
from shared.engine.trigger.document_events import Change
from shared.ports.documents import Data


def asked_by(change: Change) -> Data | None:
    """The request that a written transcript makes; nothing for one that was only touched."""
    before, after = change.before, change.after
    if after is None:
        return {
            "collection": str((before or {}).get("collection", "transcripts")),
            "remove": [str((before or {}).get("id", change.name))],
        }
    same = before is not None and all(before.get(name) == after.get(name) for name in ("text", "title", "date", "collection"))
    if same or not after.get("text"):
        return None
    about = {"id": str(after.get("id", change.name)), "title": str(after.get("title", "")), "date": str(after.get("date", ""))}
    return {"collection": str(after.get("collection", "transcripts")), "transcripts": [about]}


INGEST = Start("transcript-graph", asked_by)
"""Starts the job that puts it into its graph."""
