"""The composition root: settings to ports. The only importer of adapters; each is imported when its profile asks for it."""

from __future__ import annotations

from shared import logs
from shared.engine import meter
from shared.engine.limits import Limit, SharedLimits
from shared.engine.meter import MeteredModels, MeteredWeb, count_usage
from shared.errors import BadInput
from shared.ports import Ports
from shared.ports.clock import SystemClock
from shared.settings import Settings

LATE_IMPORTS = ("openai", "openai.resources.chat", "shared.adapters.openai.verdicts")
"""What adapters import when they are first used: see `functions.interview_prep.main.LATE_IMPORTS`."""

BURST, LEAST_BURST = 0.1, 0.005
"""Minutes' worth that goes at once to a model provider, at most and at least: it may count by seconds what it calls per
minute, and less than a third of a second's worth could not be kept up with."""
FREE = 1e6
"""Requests a minute of a resource whose dollars are limited, and not its requests."""

_ports: Ports | None = None


def ports() -> Ports:
    """The ports of this process, made on first use from the environment and shared from then on."""
    if _ports is not None:
        return _ports
    settings = Settings.load()
    logs.configure(settings.log_level)
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
    """Let go of connections and files; who asks for this process's ports again gets new ones."""
    global _ports  # noqa: PLW0603 - as in `use`
    _ports = None if made is _ports else _ports
    for port in (made.web, made.models, made.documents):
        await meter.close(port)


def limits_of(settings: Settings) -> dict[str, Limit]:
    """The limited resources and what they allow; a limit of 0 is none. Images wait in a line of their own."""
    usd, burst = settings.openai_usd_day, settings.openai_burst
    most = FREE if usd else 0
    rpm, ipm = settings.openai_rpm or most, settings.openai_ipm or most
    limits = {
        "reddit": Limit(requests=settings.reddit_rpm, window=60),
        "openai": Limit(requests=rpm, tokens=settings.openai_tpm, usd=usd, burst=_burst(burst, rpm)),
        "openai-images": Limit(requests=ipm, usd=usd, burst=BURST, account="openai"),
    }
    return {resource: limit for resource, limit in limits.items() if limit.requests > 0}


def _burst(requests: float, per_minute: float) -> float:
    return min(BURST, max(LEAST_BURST, requests / per_minute)) if per_minute else BURST
