"""Where things are kept, and how they are called. The only place that builds a document path."""

from __future__ import annotations

import hashlib


def job(job_id: str) -> str:
    return f"jobs/{job_id}"


def tasks(job_id: str) -> str:
    return f"jobs/{job_id}/tasks"


def task(job_id: str, task_id: str) -> str:
    return f"jobs/{job_id}/tasks/{task_id}"


def attempt(job_id: str, task_id: str, number: int) -> str:
    """What one attempt at a task had to say."""
    return f"jobs/{job_id}/attempts/{task_id}~{number}"


def fanouts(job_id: str) -> str:
    return f"jobs/{job_id}/fanouts"


def fanout(job_id: str, fanout_id: str) -> str:
    return f"jobs/{job_id}/fanouts/{fanout_id}"


def look(job_id: str, fanout_id: str) -> str:
    """When the sweeper looked a fan-out through, and what it saw. Not in the manifest, whose last change is its closing."""
    return f"jobs/{job_id}/looks/{fanout_id}"


def released(job_id: str, fanout_id: str) -> str:
    """How far a fan-out is that is released page by page. Beside the look, which has versions."""
    return f"jobs/{job_id}/looks/{fanout_id}.released"


def shards(job_id: str, fanout_id: str) -> str:
    return f"jobs/{job_id}/fanouts/{fanout_id}/shards"


def shard(job_id: str, fanout_id: str, level: int, number: int) -> str:
    return f"{shards(job_id, fanout_id)}/{level}.{number}"


def closed_shard(job_id: str, fanout_id: str, level: int, number: int) -> str:
    return f"jobs/{job_id}/fanouts/{fanout_id}/closed/{level}.{number}"


def branch_counts(job_id: str, fanout_id: str) -> str:
    return f"jobs/{job_id}/fanouts/{fanout_id}/inside"


def branch_count(job_id: str, fanout_id: str, number: str) -> str:
    """What the stages inside some of a fan-out's branches have done."""
    return f"{branch_counts(job_id, fanout_id)}/{number}"


def cache(key: str) -> str:
    return f"cache/{key}"


def values_folder(of: str) -> str:
    """Where the large values of a job are, or of the cache entry at a path."""
    return f"results/{of if of.isalnum() else digest(of)[:40]}"


FILES = ("results", "pdfs", "images")


def file_folders(job_id: str) -> tuple[str, ...]:
    """Where blobs are that belong to one job alone, its large values among them. They go with it."""
    return tuple(f"{kind}/{job_id}" for kind in FILES)


def question(job_id: str, task_id: str) -> str:
    """What a task asks before it runs."""
    return f"questions/{digest(job_id, task_id)[:40]}"


def removal_note(job_id: str) -> str:
    return f"removed/{job_id}"


def idempotency(owner: str, key: str) -> str:
    return f"idempotency/{digest(owner, key)}"


def labelled(owner: str, name: str, value: str) -> str:
    """The jobs that have a label: an owner's, or, with no owner, all."""
    return f"labels/{digest(owner, name, value)[:40]}/labelled"


def admission(group: str) -> str:
    """Which jobs of a group run."""
    return f"admissions/{group}"


def admission_group(owner: str, key: str | None = None) -> str:
    """The jobs of an owner, or those of one `key` of theirs: of each so many run at once."""
    return digest(owner, *([] if key is None else [key]))[:40]


def debounce(owner: str, pipeline: str, key: str) -> str:
    """Which of the jobs of a key that were asked for shortly after each other is to run."""
    return f"debounces/{digest(owner, pipeline, key)[:40]}"


def ledger(job_id: str, shard: int) -> str:
    """A part of the job's budget."""
    return f"jobs/{job_id}/budget/{shard}"


def late_spending(job_id: str, run: int) -> str:
    """What attempts spent that had lost their claim."""
    return f"jobs/{job_id}/late/{run}"


def limit(resource: str) -> str:
    return f"limits/{resource}"


def dead_letter(function: str, body: str) -> str:
    return f"dead_letters/{digest(function, body)[:40]}"


def event(function: str, event_id: str) -> str:
    """That a triggered function has handled an event."""
    return f"events/{digest(function, event_id)}"


def last_event(function: str, path: str) -> str:
    """The newest change of a document that a triggered function has handled."""
    return f"events/last-{digest(function, path)}"


def notification(job_id: str, run: int) -> str:
    return f"notifications/{job_id}-{run}"


def closed_webhook(url: str, secret: str) -> str:
    """That the receiver at an address wants nothing any more. Another key is another receiver."""
    return f"webhooks/{digest(url, secret)[:40]}"


def context(kind: str, subject: str) -> str:
    """What a pipeline has prepared from a record; `kind`: one of that kind of record, in words."""
    return f"contexts/{kind}:{subject}"


def task_id(run: int, stage: str, index: int | None = None, branch: int | None = None) -> str:
    """A member's id starts with a hash: thousands of neighbours would heat one range of the store. So does one in a branch."""
    name = f"{_scope(run, branch)}.{stage}" if index is None else f"{_scope(run, branch)}.{stage}.{index}"
    if index is None and branch is None:
        return name
    return f"{digest(stage, *(str(number) for number in (branch, index) if number is not None))[:4]}-{name}"


def fanout_id(run: int, stage: str, branch: int | None = None) -> str:
    """A fan-out is named after its members' stage."""
    name = f"{_scope(run, branch)}.{stage}"
    return name if branch is None else f"{digest(stage, str(branch))[:4]}-{name}"


def _scope(run: int, branch: int | None) -> str:
    """What a name is unique in: a run, or one branch of it."""
    return str(run) if branch is None else f"{run}@{branch}"


def digest(*parts: str) -> str:
    """Hex sha256 of the parts, unambiguous."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        whole.update(f"{len(raw)}:".encode())
        whole.update(raw)
    return whole.hexdigest()
