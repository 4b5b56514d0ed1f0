"""What one transcript gives: its chunks' answers, held against its text, and resolved within it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from functions.transcript_graph.cpu_thread import run_in_cpu_thread
from functions.transcript_graph.extraction.answer_cache import read_answers
from functions.transcript_graph.extraction.extraction_counts import Counts, Trial
from functions.transcript_graph.extraction.provenance_check import verified
from functions.transcript_graph.extraction.type_check import Types
from functions.transcript_graph.graph.early_store import store_early
from functions.transcript_graph.graph.json_blobs import read_json, write_json
from functions.transcript_graph.reading.transcript_types import Turn
from functions.transcript_graph.resolution.contribution import LISTS, Contribution
from functions.transcript_graph.resolution.transcript_resolution import resolve_transcript
from functions.transcript_graph.stage_messages import Answer, Asked, Broken, Collected, Read
from shared.errors import PutBack
from shared.ports import Ports
from shared.ports.models import BATCH_WINDOW

PATIENCE, LOOK = 600.0, 1.0
"""Seconds for which the answer about a copied passage's original is waited for, and between looks."""
BATCH_PATIENCE, BATCH_LOOK = BATCH_WINDOW + 3_600.0, 60.0
"""The same where calls go by the provider's batches."""
MOST_NAMES = 100


async def collect_transcript(asked: list[Asked], transcript: Read, ports: Ports) -> Collected:
    """The transcript's contribution, kept as a blob; chunks without an answer are told.

    Raises:
        PutBack: a passage is copied from a transcript that is still being asked about.
        Transient: a blob is gone.
    """
    wanted = {place.copy_of or place.id for place in transcript.chunks if not place.left_out}
    answers = await read_answers(sorted(wanted), ports)
    waiting = [place for place in transcript.chunks if place.copy_of and not place.left_out and place.copy_of not in answers]
    patience, look = (BATCH_PATIENCE, BATCH_LOOK) if transcript.wanted.batch else (PATIENCE, LOOK)
    if waiting and ports.clock.now() < transcript.read_at + patience:
        raise PutBack("the answer about what passages are copied from", look)
    words = await read_json(transcript.words, ports)
    content, counts, failed = await run_in_cpu_thread(_contribution, transcript, words, answers)
    file = await write_json(content, transcript.wanted.collection, ports, LISTS)
    if transcript.wanted.run:
        await store_early(transcript.wanted.collection, transcript.wanted.run, content["id"], file, ports)
    names: Counter[str] = Counter()
    for entity in content["entities"]:
        names[max(sorted(entity["names"]), key=lambda name: entity["names"][name])] += len(entity["spans"])
    return Collected(
        contributions={content["id"]: file},
        failed=tuple(failed),
        counts=counts,
        names=_most(names),
        by=_by(asked),
        trials=_trials(asked),
    )


def _contribution(read: Read, words: Any, answers: dict[str, Answer]) -> tuple[Contribution, Counts, list[Broken]]:
    text: str = words["text"]
    turns = [Turn(*each) for each in words["turns"]]
    types = Types(read.wanted.graph_schema)
    name = read.wanted.source.id
    dropped: Counter[str] = Counter()
    failed: list[Broken] = []
    found = []
    for place in read.chunks:
        answer = answers.get(place.copy_of or place.id)
        if place.left_out:
            continue
        if answer is None:
            failed.append(
                Broken(
                    id=f"{name}#{place.id[:8]}",
                    code="no_answer",
                    reason=f"characters {place.at}-{place.upto} of {name} have no answer",
                )
            )
            continue
        checked = verified(answer, text[place.at : place.upto], types)
        dropped.update(checked.dropped)
        found.append((place.at, checked))
    entities, relations, lost = resolve_transcript(found, turns, text)
    content = Contribution(
        id=name, title=read.title, date=read.date, body=read.wanted.source.body, extractor=read.wanted.extractor, text=read.words,
        turns=[[turn.speaker, turn.doubtful, turn.start, turn.end] for turn in turns],
        chunks=[[place.id, place.at, place.upto, place.copy_of, place.left_out] for place in read.chunks],
        entities=entities, relations=relations, ends=[[one["source"], one["target"]] for one in relations], failed=len(failed),
    )  # fmt: skip
    return content, _counts(read, content, dropped + lost, len(found)), failed


def _counts(read: Read, content: Contribution, dropped: Counter[str], answered: int) -> Counts:
    return Counts(
        transcripts=1, chunks=len(read.chunks), answered=answered, from_cache=read.kept, failed=content["failed"],
        copies=sum(bool(place.copy_of) for place in read.chunks), filler=sum(bool(place.left_out) for place in read.chunks),
        mentions=sum(len(entity["spans"]) for entity in content["entities"]), tokens=sum(place.tokens for place in read.chunks),
        relations=sum(len(relation["says"]) for relation in content["relations"]), dropped=dict(sorted(dropped.items())),
    )  # fmt: skip


def gathered(parts: list[Collected]) -> Collected:
    """Transcripts' contributions as one: what the join carries up, so that what is known grows while the job runs."""
    names: Counter[str] = Counter()
    for part in parts:
        names.update(part.names)
    contributions = {name: blob for part in parts for name, blob in part.contributions.items()}
    failed = {one.id: one for part in parts for one in part.failed}
    return Collected(
        contributions=dict(sorted(contributions.items())), failed=tuple(failed[name] for name in sorted(failed)),
        counts=sum((part.counts for part in parts), Counts()), names=_most(names), by=_by(parts), trials=tuple(trial for part in parts for trial in part.trials),
    )  # fmt: skip


def _trials(asked: Sequence[Asked]) -> tuple[Trial, ...]:
    found = [one.trial for one in asked if one.trial is not None]
    return tuple(sorted(found, key=lambda trial: (trial.size, trial.tokens, trial.triples)))


def _by(parts: Sequence[Asked] | Sequence[Collected]) -> str:
    """Who answered: of several the last by name, whatever the order."""
    return max((part.by for part in parts), default="")


def _most(names: Counter[str]) -> dict[str, int]:
    return dict(sorted(names.items(), key=lambda each: (-each[1], each[0]))[:MOST_NAMES])
