"""transcript_graph, registered."""

from __future__ import annotations

from functions.pipeline_registration import Collection, DocumentTrigger, ImportKind, Pipeline, ResultPage

PIPELINE = Pipeline(
    "transcript_graph",
    about="Transcripts become a knowledge graph in which every name and every relation has its quote.",
    flow="functions.transcript_graph.flow:FLOW",
    stages=("list_transcripts", "read_transcript", "extract_pack", "collect_transcript", "store_graph", "judge_pairs", "finish_graph"),
    example="--set path=talks/",
    imports=(
        ImportKind(
            "transcripts", "transcript", "functions.transcript_graph.transcript_records:TranscriptRecord", key="id",
            files="functions.transcript_graph.reading.import_rows:records_of",
        ),
    ),
    collections=(
        Collection("transcripts", kept="what users wrote, until they delete it"),
        Collection("graph_yields", kept="which pack size was measured best for a model, until it is measured again"),
        Collection("graphs", kept="graphs live on: transcripts go out of them by `remove`"),
    ),
    triggers=(DocumentTrigger("transcript_written", "transcripts/{transcript}", calls="functions.transcript_graph.document_triggers:INGEST"),),
    error_codes="functions.transcript_graph.error_codes:CODES",
    statuses={
        "graph_not_found": 404, "entity_not_found": 404, "relation_not_found": 404, "edit_not_found": 404, "graph_too_large": 413,
        "too_many_edits": 409,
    },
    forgets=("graphs",),
    routes="functions.transcript_graph.routes:ROUTES",
    view="functions.transcript_graph.views:view",
    page=ResultPage("graph", source="/api/v1/graphs/{graph}"),
    late_imports=("numpy", "toktok", "rapidfuzz.distance"),
)  # fmt: skip
