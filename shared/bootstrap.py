"""The composition root: settings to ports. The only importer of adapters; each is imported when its profile asks for it."""

from __future__ import annotations

from shared import logs
from shared.engine import meter
from shared.engine.buckets import Limit
from shared.engine.limits import SharedLimits
from shared.engine.meter import MeteredModels, MeteredWeb, count_usage
from shared.errors import BadInput
from shared.ports import Ports
from shared.ports.clock import SystemClock
from shared.settings import Settings

LATE_IMPORTS = ("openai",)
"""What adapters import when they are first used: see `functions.interview_prep.main.LATE_IMPORTS`."""

_ports: Ports | None = None


def ports() -> Ports:
    """The ports of this process, made on first use from the environment and shared from then on."""
    if _ports is not None:
        return _ports
    settings = Settings.load()
    logs.configure(settings.log_level)
    return use(settings)


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
        BadInput: there is no such profile (`bad_setting`).
    """
    if settings.profile != "local":
        raise BadInput(
            f"HEADRACE_PROFILE={settings.profile!r} is not available",
            code="bad_setting",
            advice="This version runs the profile `local`.",
        )
    from shared.adapters.embedded.blobs import FolderBlobs  # noqa: PLC0415 - imports are cold-start time
    from shared.adapters.embedded.database import Database  # noqa: PLC0415
    from shared.adapters.embedded.documents import SqliteDocuments  # noqa: PLC0415
    from shared.adapters.embedded.tasks import SqliteTasks  # noqa: PLC0415
    from shared.adapters.openai.models import OpenAIModels  # noqa: PLC0415
    from shared.adapters.web.client import GuardedWeb  # noqa: PLC0415

    database = Database(settings.data / "headrace.db")
    documents = SqliteDocuments(database)
    clock = SystemClock()
    limits = SharedLimits(documents, clock, limits_of(settings))
    return Ports(
        documents=documents,
        tasks=SqliteTasks(database),
        blobs=FolderBlobs(settings.data / "blobs"),
        models=MeteredModels(OpenAIModels(settings, limits, on_usage=count_usage)),
        web=MeteredWeb(GuardedWeb(settings.allow_hosts)),
        limits=limits,
        settings=settings,
        clock=clock,
    )


async def close(made: Ports) -> None:
    """Let go of connections and files."""
    for port in (made.web, made.models, made.documents):
        await meter.close(port)


def limits_of(settings: Settings) -> dict[str, Limit]:
    """The limited resources and what they allow; a limit of 0 is none."""
    limits = {
        "reddit": Limit(requests=settings.reddit_rpm, window=60),
        "openai": Limit(requests=settings.openai_rpm, tokens=settings.openai_tpm, burst=0.1),
    }
    return {resource: limit for resource, limit in limits.items() if limit.requests > 0}
