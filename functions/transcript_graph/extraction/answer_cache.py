"""Answers kept by chunk: a chunk's text, the prompt, the schema and the model make its id, so only what is new is ever paid for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pydantic import ValidationError

from functions.transcript_graph.extraction.extraction_call import PROMPT_VERSION, asked
from functions.transcript_graph.stage_messages import Answer, Schema
from shared.engine.spending.usage_meter import running_job
from shared.engine.store import paths
from shared.engine.store.batches import in_batches
from shared.engine.store.payloads import canonical
from shared.ports import Ports
from shared.ports.documents import Data, Delete, Document, Merge
from shared.settings import Settings

KEPT_DAYS = 365.0
DAY = 86_400.0
AT_ONCE = 200


def extractor_of(schema: Schema, settings: Settings, *, gleaning: bool, chunk_tokens: int) -> str:
    """What decides an answer beside the chunk's text."""
    models = ",".join(settings.model_good)
    made = canonical([PROMPT_VERSION, asked(schema), models, gleaning])
    made = f"{hashlib.sha256(made.encode()).hexdigest()[:16]}|{chunk_tokens}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def chunk_id(text: str, extractor: str) -> str:
    """A chunk's id."""
    return hashlib.sha256(f"{extractor}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def path_of(chunk: str) -> str:
    """Where a chunk's answer is kept."""
    return paths.cache(f"transcript_graph_chunk:{chunk}")


async def read_answers(chunks: Sequence[str], ports: Ports) -> dict[str, Answer]:
    """The answers that are there, by chunk."""
    now = ports.clock.now()
    found: dict[str, Answer] = {}
    wanted = list(dict.fromkeys(chunks))
    for part in in_batches(wanted, AT_ONCE):
        for chunk, entry in zip(part, await ports.documents.get_many([path_of(each) for each in part]), strict=True):
            if (answer := _answer(entry, now)) is not None:
                found[chunk] = answer
    return found


def _answer(entry: Document | None, now: float) -> Answer | None:
    if entry is None or entry.data.get("expires_at", 0) <= now:
        return None
    try:
        return Answer.model_validate(entry.data["result"])
    except (ValidationError, KeyError):
        return None  # older code kept something else: such an entry is none


async def keep(answers: Sequence[Answer], ports: Ports) -> None:
    """Keep answers. Twice is once."""
    now = ports.clock.now()
    for some in in_batches(answers, AT_ONCE):
        await ports.documents.commit(*(Merge(path_of(answer.chunk), _entry(answer, now)) for answer in some))


async def forget(chunks: Sequence[str], ports: Ports) -> None:
    """Delete answers. Twice is once."""
    for some in in_batches(sorted(set(chunks)), AT_ONCE):
        await ports.documents.commit(*(Delete(path_of(chunk)) for chunk in some))


def _entry(answer: Answer, now: float) -> Data:
    return {
        "state": "kept",
        "job": running_job(),
        "also": None,
        "made_at": now,
        "expires_at": now + KEPT_DAYS * DAY,
        "result": answer.model_dump(mode="json"),
    }
