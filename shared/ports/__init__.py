"""What the engine and the stages speak. Ports know nobody; adapters implement them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.errors import Permanent
from shared.ports.blobs import Blobs
from shared.ports.clock import Clock, SystemClock
from shared.ports.documents import Documents
from shared.ports.identity import Identity, Users
from shared.ports.limits import Limits
from shared.ports.models import ModelBatches, Models
from shared.ports.tasks import Tasks
from shared.ports.telemetry import NoTelemetry, Telemetry
from shared.ports.token_counter import Tokens
from shared.ports.vectors import Vectors
from shared.ports.web import Web
from shared.settings import Settings


def _nothing() -> str:
    return ""


def _no_vectors() -> Vectors:
    raise Permanent("there is no place for vectors", code="no_vectors")


def _no_batches() -> ModelBatches:
    raise Permanent("there is nobody who takes batches of questions", code="no_batches")


def _no_tokens() -> Tokens:
    raise Permanent("there is nothing that counts tokens", code="no_tokens")


@dataclass(frozen=True)
class Ports:
    """Everything a stage may touch, handed in as one argument. Built by `shared.bootstrap`."""

    documents: Documents
    tasks: Tasks
    blobs: Blobs
    models: Models
    web: Web
    limits: Limits
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    instance: str = field(default_factory=lambda: f"{os.getpid()}-{uuid.uuid4().hex[:8]}")
    """This process, among all that share the store: who holds a claim or a lease."""
    open_vectors: Callable[[], Vectors] = _no_vectors
    """Answers the same vectors port each time."""
    open_tokens: Callable[[], Tokens] = _no_tokens
    """The same for the tokens port."""
    open_batches: Callable[[], ModelBatches] = _no_batches
    """The same for the model batches port."""
    held_up: Callable[[], str] = _nothing
    """Why the store takes nothing at the moment, in words; empty: nothing is known against it. It asks nobody."""
    identity: Identity | None = None
    """Checks who calls a function; None: only this machine may."""
    users: Users | None = None
    """Checks who signs in, as whom people may use the API; None: keys alone open it."""
    telemetry: Telemetry = field(default_factory=NoTelemetry)
    cold_starts: bool = False
    """Whether functions start when they are first called: then a job's later ones are called ahead."""

    @property
    def vectors(self) -> Vectors:
        """Made when it is first wanted, as few stages want it."""
        return self.open_vectors()

    @property
    def batches(self) -> ModelBatches:
        """Made when it is first wanted: few jobs have a day."""
        return self.open_batches()

    @property
    def tokens(self) -> Tokens:
        """Made when it is first wanted: only stages that cut texts want it."""
        return self.open_tokens()
