"""A question that a stage asks, told to whoever is told of jobs: `job.waiting`, with the link on which it can be answered."""

from __future__ import annotations

from collections.abc import Iterable

from functions.events.job_notifications import CALLBACK, COLLECTION, MAIL, by_mail, tell
from functions.jobs_api.reports import job_view
from shared.engine.trigger.document_events import Change
from shared.ports import Ports
from shared.ports.documents import Data


def is_new(change: Change) -> bool:
    """Whether a question has just been asked."""
    return change.before is None and change.after is not None and change.after["state"] == "open"


def answer_link(question: str, token: str, url: str) -> str:
    """Where a person answers it without a key. `url`: the deployment's address; without, the link is relative to it."""
    return f"{url.rstrip('/')}/#/answer/{question}.{token}"


async def notify_question(change: Change, ports: Ports) -> None:
    """A question, once, as a message to whoever is to be told, and the task that sends it."""
    asked = change.after or {}
    name = _name(asked["job"], change.name)
    receivers = {name: ""} if ports.settings.notify_url else {}
    if by_mail(ports):
        receivers[f"{name}{MAIL}"] = ""
    if (callback := asked.get("callback_url")) is not None:
        receivers[f"{name}{CALLBACK}"] = callback
    await tell(receivers, _message(change.name, asked, ports.settings.url), ports)


def paths_of(job: str, questions: Iterable[str]) -> list[str]:
    """Where all that was ever told of a job's questions is kept."""
    return [f"{COLLECTION}/{_name(job, question)}{suffix}" for question in questions for suffix in ("", CALLBACK, MAIL)]


def _name(job: str, question: str) -> str:
    return f"{job}-asks-{question[:12]}"


def _message(question: str, asked: Data, url: str) -> Data:
    asked_at, until = job_view.moment(asked["created_at"]), job_view.moment(asked["until"])
    assert asked_at is not None and until is not None  # noqa: S101, PT018 - times are given
    links = {"self": job_view.links(asked["job"])["self"], "question": f"/api/v1/questions/{question}",
             "answer": answer_link(question, asked["token"], url)}  # fmt: skip
    data = {"id": asked["job"], "run": asked["run"], "pipeline": asked["pipeline"], "status": "running", "question": question,
            "stage": asked["stage"], "asks": asked["asks"], "until": until.isoformat(), "error": None, "links": links}  # fmt: skip
    return {"type": "job.waiting", "timestamp": asked_at.isoformat(), "data": data}
