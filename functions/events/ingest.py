"""A written transcript starts the job that puts it into its graph."""

from __future__ import annotations

from functions.events.start_job import Start
from functions.transcript_graph.triggers import asked_by

INGEST = Start("transcript-graph", asked_by)
