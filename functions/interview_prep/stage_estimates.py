"""What each stage will likely take, for `headrace plan` before any job has run.

Tokens as measured on the sample postings, up to the most that a stage asks for; seconds as the sites and models usually take.
"""

from __future__ import annotations

from typing import get_args

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import SectionName
from functions.interview_prep.stages.batch_reports import FEWEST, MOST
from functions.interview_prep.stages.pick_posts import READS
from functions.interview_prep.stages.read_employer_pages import PAGES
from shared.engine.flow import Expect, Guess


def searches(request: PrepRequest) -> Guess:
    """At most six, all at once; none when only the user's own exports are to be read."""
    return (4, 6, 6) if _asks_forums(request) else 0


def reads(request: PrepRequest) -> Guess:
    """Comments are read of the best posts that have some."""
    return (0, READS, READS) if _asks_forums(request) else 0


def _asks_forums(request: PrepRequest) -> bool:
    return request.sources is None or bool(set(request.sources) - {"export"})


EXPECTS = {
    # The model is asked only where a page says too little in a form that rules can read: its limit is nothing to count on here.
    "read_posting": Expect(calls=(1, 1, 3), input_tokens=(0, 0, 5_000), output_tokens=(0, 0, 700), seconds=(0.3, 1, 8)),
    "fetch_logo": Expect(calls=(0, 1, 2), seconds=(0.1, 0.5, 3)),
    "read_employer_pages": Expect(calls=(0, 1 + PAGES, 1 + PAGES), seconds=(0.3, 1.5, 10)),
    "search_forum": Expect(searches, calls=1, resource="reddit", seconds=(0.2, 0.5, 3)),
    "read_comments": Expect(reads, calls=1, resource="reddit", seconds=(0.2, 0.5, 3)),
    "extract_insights": Expect(
        (0, FEWEST, MOST),
        calls=1,
        resource="openai",
        input_tokens=(1_500, 4_000, 8_000),
        output_tokens=(500, 1_800, 6_000),
        seconds=(2, 6, 20),
    ),
    "write_section": Expect(
        len(get_args(SectionName)),
        calls=1,
        resource="openai",
        role="good",
        input_tokens=(1_200, 5_000, 9_000),
        output_tokens=(400, 1_200, 6_000),
        seconds=(3, 10, 40),
    ),
    "render_guide": Expect(seconds=(0.2, 0.5, 2)),
}
