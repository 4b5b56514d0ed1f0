"""The composition root: settings to ports. The only importer of adapters; each is imported when its profile asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Generic, TypeVar

from shared import logs
from shared.engine.limits import SharedLimits
from shared.engine.limits.circuit import SharedCircuit
from shared.engine.limits.configured_limits import limits_of
from shared.engine.spending import usage_meter
from shared.engine.spending.usage_meter import MeteredModels, MeteredWeb, count_usage
from shared.engine.store import queries
from shared.errors import BadInput
from shared.ports import Ports
from shared.ports.blobs import Blobs
from shared.ports.clock import Clock, SystemClock
from shared.ports.documents import Documents
from shared.ports.identity import Identity, Users
from shared.ports.limits import Limits
from shared.ports.models import ModelBatches
from shared.ports.tasks import Tasks
from shared.ports.telemetry import NoTelemetry, Telemetry
from shared.ports.token_counter import Tokens
from shared.ports.vectors import Vectors
from shared.ports.web import Web
from shared.settings import Settings

LATE_IMPORTS = (
    "shared.adapters.web.network_backend",
    "anyio._backends._asyncio",
    "openai",
    "openai.resources.chat.completions.completions",
)
"""What adapters import when they are first used. A process that serves everything imports these ahead, while it waits anyway."""
SHARED_IMPORTS = ("shared.adapters.toktok.vocabulary",)
"""What takes long and much memory: imported before processes are forked, which then share it."""


Made = TypeVar("Made")
_ports: Ports | None = None


def ports() -> Ports:
    """The ports of this process, made on first use from the environment and shared from then on."""
    if _ports is not None:
        return _ports
    settings = Settings.load()
    origin = logs.Origin(settings.project, settings.service or "headrace", settings.revision)
    logs.configure(settings.log_level, origin=origin)
    return use(settings)


def settings() -> Settings:
    """Settings of this process: its ports', or, before there are any, the environment's."""
    return _ports.settings if _ports is not None else Settings.load()


def use(settings: Settings) -> Ports:
    """Make this process's ports from `settings`.

    Raises:
        BadInput: there is no such profile (`bad_setting`).
    """
    global _ports  # noqa: PLW0603 - the one shared thing of a process
    _ports = build(settings)
    return _ports


def build(settings: Settings) -> Ports:
    """Ports of one profile. Nothing connects before it is used.

    Raises:
        BadInput: there is no such profile, or a setting it needs is missing (`bad_setting`).
    """
    from shared.adapters.openai.models import OpenAIModels  # noqa: PLC0415 - imports are cold-start time
    from shared.adapters.web.fetch_by_function import web_by_settings  # noqa: PLC0415
    from shared.adapters.web.guarded_client import GuardedWeb  # noqa: PLC0415

    settings.hide_secrets()
    clock = SystemClock()
    kept = _embedded(settings) if settings.profile == "local" else _google(settings)
    telemetry = _telemetry(settings)
    web = MeteredWeb(web_by_settings(settings, GuardedWeb(settings.allow_hosts), clock), telemetry)
    limits = SharedLimits(kept.documents, clock, limits_of(settings))
    models = OpenAIModels(settings, limits, on_usage=count_usage, web=web)
    return Ports(
        documents=kept.documents, tasks=kept.tasks, blobs=kept.blobs, web=web, limits=limits, settings=settings, clock=clock, held_up=kept.held_up,
        models=MeteredModels(models, SharedCircuit("openai", kept.documents, clock), telemetry),
        open_vectors=kept.vectors, open_tokens=_tokens, open_batches=_Late(partial(_batches, settings, limits)),
        identity=None if settings.profile == "local" else _identity(settings, web, clock),
        users=_users(settings, web, clock) if settings.firebase_project else None,
        telemetry=telemetry, cold_starts=settings.profile != "local",
    )  # fmt: skip


def _telemetry(settings: Settings) -> Telemetry:
    if not settings.telemetry:
        return NoTelemetry()
    from shared.adapters.opentelemetry import exporters  # noqa: PLC0415 - off, nothing of it is imported

    return exporters.make(settings, cold=settings.profile != "local")


@cache
def _tokens() -> Tokens:
    from shared.adapters.toktok.token_counter import ToktokTokens  # noqa: PLC0415 - imports are cold-start time

    return ToktokTokens()


def _batches(settings: Settings, limits: Limits) -> ModelBatches:
    from shared.adapters.openai.batches import OpenAIBatches  # noqa: PLC0415 - imports are cold-start time

    return OpenAIBatches(settings, limits)


class _Late(Generic[Made]):
    """A port that is made at its first use: most processes want none."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: Made | None = None

    def __call__(self) -> Made:
        if self._made is None:
            self._made = self._make()
        return self._made

    async def aclose(self) -> None:
        """Close it, if it was made."""
        await usage_meter.close_client(self._made)


@dataclass(frozen=True)
class _Kept:
    """Where a profile keeps things."""

    documents: Documents
    tasks: Tasks
    blobs: Blobs
    vectors: _Late[Vectors]
    held_up: Callable[[], str] = str


def _embedded(settings: Settings) -> _Kept:
    from shared.adapters.embedded.blobs import FolderBlobs  # noqa: PLC0415 - imports are cold-start time
    from shared.adapters.embedded.documents import SqliteDocuments  # noqa: PLC0415
    from shared.adapters.embedded.sqlite_file import Database  # noqa: PLC0415
    from shared.adapters.embedded.tasks import SqliteTasks  # noqa: PLC0415

    database = Database(settings.data / "headrace.db", settings.sync)

    def vectors() -> Vectors:
        from shared.adapters.embedded.vectors import SqliteVectors  # noqa: PLC0415 - as above

        return SqliteVectors(database)

    return _Kept(
        SqliteDocuments(database, queries.DECLARED),
        SqliteTasks(database),
        FolderBlobs(settings.data / "blobs"),
        _Late(vectors),
        database.held_up,
    )


def _google(settings: Settings) -> _Kept:
    _check(settings)
    from shared.adapters.google.blobs import CloudBlobs  # noqa: PLC0415 - imports are cold-start time
    from shared.adapters.google.documents import FirestoreDocuments  # noqa: PLC0415
    from shared.adapters.google.tasks import CloudTasks, Target  # noqa: PLC0415

    def vectors() -> Vectors:
        from shared.adapters.pinecone.vectors import PineconeVectors  # noqa: PLC0415 - as above

        return PineconeVectors(settings.pinecone_api_key, settings.pinecone_host)

    target = Target(settings.function_url, settings.tasks_account, services=settings.function_services)
    return _Kept(
        FirestoreDocuments(settings.project, settings.database),
        CloudTasks(settings.project, settings.location, target, settings.tasks_emulator),
        CloudBlobs(settings.bucket, project=settings.project, emulator=settings.storage_emulator),
        _Late(vectors),
    )


def _identity(settings: Settings, web: Web, clock: Clock) -> Identity:
    from shared.adapters.google.identity_token_check import GoogleIdentity  # noqa: PLC0415 - imports are cold-start time

    return GoogleIdentity(web, clock, settings.certs_url, iam_checked=bool(settings.iam_checked))


def _users(settings: Settings, web: Web, clock: Clock) -> Users:
    from shared.adapters.google.firebase_token_check import FirebaseUsers  # noqa: PLC0415 - imports are cold-start time

    return FirebaseUsers(settings.firebase_project, web, clock, settings.firebase_certs_url)


PLACES = (
    "GOOGLE_CLOUD_PROJECT",
    "HEADRACE_LOCATION",
    "HEADRACE_DATABASE",
    "HEADRACE_BUCKET",
    "HEADRACE_FUNCTION_URL",
    "HEADRACE_TASKS_ACCOUNT",
)
"""What the profiles `emulator` and `cloud` need: without the last, whoever calls a function could not be told from anybody."""
EMULATORS = ("FIRESTORE_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "HEADRACE_TASKS_HOST")


def check_functions(settings: Settings) -> None:
    """Whether a function that queues, schedules and triggers call may start: it knows its places, and its callers.

    Raises:
        BadInput: it may not (`bad_setting`).
    """
    if settings.profile != "local":
        _check(settings)


def check_api(settings: Settings) -> None:
    """Whether the HTTP API may start: in the cloud, it asks people for a key.

    Raises:
        BadInput: anybody could use it (`bad_setting`).
    """
    if settings.profile == "cloud" and not settings.api_key:
        raise BadInput(
            "HEADRACE_PROFILE=cloud needs HEADRACE_API_KEY: without, the HTTP API would be open to everybody",
            code="bad_setting",
            advice="Make one: openssl rand -hex 32",
        )


def _check(settings: Settings) -> None:
    """Whether the settings make a whole of their profile.

    Raises:
        BadInput: there is no such profile, or they do not (`bad_setting`).
    """
    if settings.profile not in ("emulator", "cloud"):
        raise BadInput(
            f"there is no profile {settings.profile!r}",
            code="bad_setting",
            advice="HEADRACE_PROFILE is `local`, `emulator` or `cloud`.",
        )
    needed = [*PLACES, *(EMULATORS if settings.profile == "emulator" else ())]
    values = settings.by_variable()
    if missing := [name for name in needed if not values[name]]:
        raise BadInput(
            f"HEADRACE_PROFILE={settings.profile} needs {', '.join(missing)}", code="bad_setting", advice="See docs/settings.md."
        )
    if settings.profile == "cloud" and (emulators := [name for name in EMULATORS if values[name]]):
        raise BadInput(
            f"HEADRACE_PROFILE=cloud, and {', '.join(emulators)} would lead to an emulator",
            code="bad_setting",
            advice="Unset it, or use HEADRACE_PROFILE=emulator.",
        )
    if "{function}" not in settings.function_url and "{service}" not in settings.function_url:
        raise BadInput(
            "HEADRACE_FUNCTION_URL names no function",
            code="bad_setting",
            advice="It has `{function}` or `{service}` in it, as in https://{service}-123456.us-central1.run.app",
        )


async def close(made: Ports) -> None:
    """Let go of connections and files; who asks for this process's ports again gets new ones."""
    global _ports  # noqa: PLW0603 - as in `use`
    _ports = None if made is _ports else _ports
    late = (made.open_batches, made.open_vectors)
    for port in (made.web, made.models, made.tasks, made.blobs, *late, made.documents, made.telemetry):
        await usage_meter.close_client(port)
