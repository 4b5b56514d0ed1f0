"""transcript_graph's deployed functions: one per stage. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.entry import stage_function
from functions.transcript_graph.flow import FLOW

transcript_graph_list_transcripts = stage_function(FLOW, "list_transcripts")
transcript_graph_read_transcript = stage_function(FLOW, "read_transcript")
transcript_graph_extract_pack = stage_function(FLOW, "extract_pack")
transcript_graph_collect_transcript = stage_function(FLOW, "collect_transcript")
transcript_graph_store_graph = stage_function(FLOW, "store_graph")
transcript_graph_judge_pairs = stage_function(FLOW, "judge_pairs")
transcript_graph_finish_graph = stage_function(FLOW, "finish_graph")
