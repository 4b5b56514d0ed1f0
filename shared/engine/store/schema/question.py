"""What a stage asks a person or another system before it runs."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from shared.engine.store.schema.shared_fields import Expiry

QuestionState: TypeAlias = Literal["open", "answered"]


class QuestionChange(TypedDict, total=False):
    """What changes about a question."""

    state: QuestionState
    seen: int
    """Deliveries of the task that found no answer."""
    answer: Any
    """As the stage's model has it, as JSON."""
    answered_at: float
    answered_by: str
    """The owner of the key that it came with; `link`: it came by the question's own link."""


class QuestionRecord(QuestionChange, Expiry):
    """`questions/{hash of job and task}`: a task asks, and waits for the answer."""

    job: str
    run: int
    task: str
    stage: str
    pipeline: str
    owner: str
    """The job's."""
    asks: str
    """The question, as people read it."""
    about: Any
    """The stage's input, if it is small: what the question is about."""
    token: str
    """Whoever shows it may answer: it is in the link that is sent to somebody."""
    created_at: float
    until: float
    """Then the stage runs without an answer."""
    callback_url: NotRequired[str]
    """The job's own receiver, who is told of it."""
