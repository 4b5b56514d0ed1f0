"""transcript_graph, as data.

request -> list_transcripts -> per transcript, with no barrier between them:
        read_transcript -> extract_pack (fan-out) -> collect_transcript
        -> store_graph -> judge_pairs (fan-out) -> finish_graph -> graph
"""

from __future__ import annotations

from functions.transcript_graph.stage_estimates import EXPECTS
from functions.transcript_graph.stage_messages import GraphRequest, GraphResult
from functions.transcript_graph.stages.collect_transcript import collect_transcript, gathered
from functions.transcript_graph.stages.extract_pack import extract_pack
from functions.transcript_graph.stages.finish_graph import finish_graph
from functions.transcript_graph.stages.judge_pairs import judge_key, judge_pairs, together
from functions.transcript_graph.stages.list_transcripts import list_transcripts
from functions.transcript_graph.stages.read_transcript import read_transcript
from functions.transcript_graph.stages.store_graph import store_graph
from shared.engine.flow import Branch, Cache, Flow, Join, Stage

FLOW = Flow(
    "transcript_graph",
    request=GraphRequest,
    result=GraphResult,
    expects=EXPECTS,
    stages=(
        Stage(
            list_transcripts, timeout=600, each="transcripts",
            then=Branch(
                "transcript", first=read_transcript, last=collect_transcript,
                join=Join(store_graph, tolerate=1.0, combine=gathered),
            ),
        ),
        Stage(read_transcript, timeout=300, each="packs", then=extract_pack),
        Stage(
            extract_pack, lane="models", attempts=8, timeout=600, join=Join(collect_transcript, tolerate=1.0),
        ),
        Stage(collect_transcript, needs=(read_transcript,), timeout=300),
        Stage(store_graph, needs=(list_transcripts,), each="doubts", then=judge_pairs, timeout=600),
        Stage(
            judge_pairs, lane="models", cache=Cache(days=365, key=judge_key),
            join=Join(finish_graph, tolerate=1.0, combine=together),
        ),
        Stage(finish_graph, lane="models", needs=(store_graph, list_transcripts), timeout=300),
    ),
)  # fmt: skip
