"""What each stage will likely take, for `headrace plan` before any job has run.

A transcript of an hour has some 10,000 tokens of speech: 26 chunks of 400, in packs of ten. Tokens as counted on such packs.
"""

from __future__ import annotations

from pathlib import Path

from functions.transcript_graph.reading.read_file import files_of
from functions.transcript_graph.stage_messages import GraphRequest
from shared.engine.flow import Expect, Guess
from shared.errors import HeadraceError


def transcripts(request: GraphRequest) -> Guess:
    """One branch per transcript; those that are in the graph already cost nothing."""
    count = len(request.transcripts)
    if request.path is not None:
        try:
            count += sum(1 for _ in files_of(Path(request.path).expanduser()))
        except HeadraceError:
            count += 0
    return (0, count, count)


# Per transcript three packs of ten chunks; a fifth as many where much was there before, more where transcripts are long.
EXTRACT_PACK = Expect(
    (0, 3, 20), calls=(0, 1.05, 8), resource="openai", role="good", input_tokens=(0, 4_950, 12_000), output_tokens=(0, 2_200, 9_600),
    seconds=(2, 15, 60),
)  # fmt: skip
JUDGE_PAIRS = Expect(
    (0, 0.2, 30),
    calls=(0, 1, 4),
    resource="openai",
    input_tokens=(0, 900, 2_500),
    output_tokens=(0, 150, 600),
    seconds=(0, 2, 20),
)
