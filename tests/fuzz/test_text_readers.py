"""No reader of strangers' text is forgotten: whatever goes through a text or parses one is among the calls that are tried, or said to be none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from functions.interview_prep.answers.private_questions import private_topics
from tests.support.hostile import peak_memory
from tests.support.hostile.hostile_calls import CALLS
from tests.support.hostile.hostile_shapes import shapes
from tests.support.hostile.text_readers import reached, text_readers

OWN = "our own records, written by us and read back"
SETTING = "the operator's settings and files"
ELSEWHERE = {
    "functions/events/notification_delivery.py": "a task's body: as `a task`",
    "functions/events/start_job.py": "a task's body: as `a task`",
    "functions/for_you/sessions/refresh_queue.py": "a task's body: as `a task`",
    "functions/transcript_graph/reading/import_rows.py": SETTING,
    "functions/for_you/evaluation/": SETTING,
    "shared/publish/posting_times/quiet_hours.py": SETTING,
    "functions/for_you/catalogue/": OWN,
    "functions/for_you/stages/build_snapshot.py": OWN,
    "functions/forum_posts/stages/write_main.py": "an answer as the model port has it: as `a model's answer`",
    "functions/transcript_graph/graph/": OWN,
    "functions/transcript_graph/lazy_json.py": OWN,
    "functions/transcript_graph/transcript_records.py": "an id of 64 characters",
    "functions/interview_prep/pdf/fit_to_pages.py": "labels of a guide's own",
    "functions/interview_prep/pdf/cover/in_short.py": "a reason of a guide's own",
    "functions/interview_prep/pdf/typography/fonts.py": "what reportlab writes",
    "functions/interview_prep/posting/job_board_apis.py": "names of boards in an address: as `a board's address`",
    "functions/jobs_api/docs/": "our own docstrings",
    "shared/adapters/embedded/": OWN,
    "shared/adapters/storable_values.py": OWN,
    "shared/adapters/google/": "what Google's interfaces answer",
    "shared/adapters/openai/batches.py": "lines of a provider's file, each as `a model's answer`",
    "shared/adapters/web/address_guard.py": "the port of an allowed host",
    "shared/adapters/web/guarded_client.py": "our own and the system's words for what went wrong",
    "shared/engine/delivery_handler.py": "a task's body: as `a task`",
    "shared/engine/job/lifecycle.py": "an input that the request's body held: as `a request's body`",
    "functions/jobs_api/reports/failure_groups.py": "our own messages",
    "shared/engine/store/payloads.py": OWN,
    "shared/eventarc.py": "JSON in an event: as `an event`",
    "shared/parser_process/": "what the parent process sends",
    "shared/ports/web.py": "a page of at most 2 MiB, as JSON",
    "shared/publish/publish_task.py": "a task's body: as `a task`",
    "shared/sources/news/conditional_fetch.py": "headers of an answer: as `Retry-After`",
}
"""Modules, or folders of them, that no call reaches, and why: who adds a reader of strangers' text adds its call to `hostile_calls`."""
POSTING = "Senior Engineer at Acme\n\nWe are hiring. Salary: $120k-150k in Berlin. They asked about SQL for an hour. a@b.test https://a.test #tag"
TEXTS = [*[text for _, text in shapes(300)][::6], POSTING]


def test_every_module_that_reads_text_is_tried_or_said_to_read_no_strangers() -> None:
    private_topics.cache_clear()  # a test before may have read them
    seen, readers = reached(CALLS, TEXTS), text_readers()
    untried = {module for module, places in readers.items() if not places & seen}
    excused = {module for module in readers if module.startswith(tuple(ELSEWHERE))}
    assert untried - excused == set(), "add a call of it to tests/support/hostile/hostile_calls.py"
    needless = {entry for entry in ELSEWHERE if not any(module.startswith(entry) for module in untried)}
    assert needless == set()
    assert len(readers) > 150


@pytest.mark.timeout(600)
@pytest.mark.skipif(not peak_memory.IS_MEASURED, reason="memory is read from /proc")
def test_no_call_at_its_cap_takes_more_than_fifty_megabytes() -> None:
    """A few shapes; `python -m tests.fuzz --memory` tries them all."""
    command = [sys.executable, "-m", "tests.fuzz", "--memory", "--shapes", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=580)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert len(done.stdout.splitlines()) == len(CALLS)
