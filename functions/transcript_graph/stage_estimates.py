"""What each stage will likely take, for `headrace plan` before any job has run: by the sizes of files and texts where they are known.

Of a transcript that is still to be fetched an hour's is assumed: 10,000 tokens of speech, 26 chunks of 400, three packs. Tokens as counted on packs
of ten chunks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from functions.transcript_graph.extraction.pack_yield import DEFAULT
from functions.transcript_graph.reading.read_file import files_of
from functions.transcript_graph.stage_messages import GraphRequest
from shared.engine.flow import Expect, Guess
from shared.errors import HeadraceError

LETTERS = 4.2
"""Bytes of text in a token, in most languages."""
SPEECH = {".srt": 0.6, ".vtt": 0.6, ".json": 0.4, ".jsonl": 0.4}
"""What of a file is speech; the rest are times and fields."""
UNKNOWN = (0, 3, 20)
MOST = 1.7
"""By how much more there may be: words that are cut small, answers that are asked for again."""
TRIAL_PACKS = 40


def transcripts(request: GraphRequest) -> Guess:
    """One branch per transcript; those that are in the graph already cost nothing."""
    count = len(request.transcripts) + sum(1 for _ in _files(request))
    return (0, count, count)


def packs(request: GraphRequest) -> Guess:
    """Packs of the usual size in one transcript, on average over all, whatever the size that was asked for: what they hold costs the same.

    A second look at each counts as a pack, as it costs one. At least none: all may be in the graph already.
    """
    known = [math.ceil(tokens / DEFAULT) for tokens in _tokens(request)]
    unknown = sum(one.text is None for one in request.transcripts)
    if not known and not unknown:
        return 0
    twice = 2 if request.gleaning else 1
    trial = TRIAL_PACKS if request.measure else 0
    likely, high = (
        twice * (sum(known) * more + unknown * each) + trial for more, each in ((1.0, UNKNOWN[1]), (MOST, UNKNOWN[2]))
    )
    return (0, likely / (len(known) + unknown), high / (len(known) + unknown))


def _tokens(request: GraphRequest) -> Iterator[float]:
    """Tokens of speech in the transcripts whose size is known."""
    for one in request.transcripts:
        if one.text is not None:
            yield len(one.text.encode("utf-8", "replace")) / LETTERS
    for path in _files(request):
        yield path.stat().st_size * SPEECH.get(path.suffix.lower(), 1.0) / LETTERS


def _files(request: GraphRequest) -> Iterator[Path]:
    if request.path is None:
        return
    try:
        yield from (path for _, path in files_of(Path(request.path).expanduser()))
    except (HeadraceError, OSError):
        return


EXPECTS = {
    "transcript": Expect(transcripts),
    "extract_pack": Expect(
        packs, calls=(0, 1.05, 8), resource="openai", role="good", input_tokens=(0, 4_950, 12_000), output_tokens=(0, 2_200, 9_600),
        seconds=(2, 15, 60),
    ),
    "judge_pairs": Expect(
        (0, 0.2, 30), calls=(0, 1, 4), resource="openai", input_tokens=(0, 900, 2_500), output_tokens=(0, 150, 600),
        seconds=(0, 2, 20),
    ),
}  # fmt: skip
