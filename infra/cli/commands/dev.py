"""`headrace dev`: the local cloud in the foreground."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from dataclasses import fields, replace
from typing import Annotated, Any

import typer

from infra.cli import event_loop
from infra.cli.output import tables
from infra.cli.shared_options import AsJson, Data
from shared.errors import Conflict
from shared.settings import Settings
from shared.text.redaction import origin_of

EXAMPLE = "Example: headrace dev --samples --port 8080"


def dev(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)] = 8080,
    data: Data = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes (HEADRACE_WORKERS).", min=1, show_default=False)] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Serve the sample sites too, and use them.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run the local cloud until Ctrl-C: the API, queues and schedules in this process, all functions in workers beside it."""
    settings = Settings.load()
    settings = replace(settings, data=data or settings.data, workers=settings.workers if workers is None else workers)
    with contextlib.suppress(KeyboardInterrupt):
        event_loop.run(_serve(settings, port, samples=samples, as_json=as_json))


async def _serve(settings: Settings, port: int, *, samples: bool, as_json: bool) -> None:
    """Run until cancelled.

    Raises:
        Conflict: the port or the folder is taken.
    """
    from infra.local.local_cloud import local_cloud  # noqa: PLC0415 - half a second that other commands save

    async with contextlib.AsyncExitStack() as stack:
        posting = ""
        if samples:
            settings, posting = await _samples(settings, stack)
        try:
            _probe(port)
            cloud = await stack.enter_async_context(local_cloud(settings, port=port, apart=True))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise Conflict(f"port {port} is taken", code="port_taken", advice="Stop who has it, or use --port 0.") from error
        _announce(cloud.url, settings, posting, offline=cloud.offline, as_json=as_json)
        await asyncio.Event().wait()


def _probe(port: int) -> None:
    """Find a taken port before the folder is locked and recovered.

    Raises:
        OSError: it is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


async def _samples(settings: Settings, stack: contextlib.AsyncExitStack) -> tuple[Settings, str]:
    """The sample sites, served; the settings pointed at them; a posting to try."""
    from infra.local.uvicorn_server import serve  # noqa: PLC0415
    from infra.sample_sites.server import SAMPLE_POSTING, sample_settings, samples_app  # noqa: PLC0415 - only with --samples

    base = await stack.enter_async_context(serve(samples_app()))
    return pointed(settings, sample_settings(base)), f"{base}{SAMPLE_POSTING}"


def pointed(settings: Settings, environment: dict[str, str]) -> Settings:
    """`settings` with those of `environment` in their place."""
    read = Settings.load(environment)
    changed: dict[str, Any] = {f.name: getattr(read, f.name) for f in fields(read) if f.metadata["env"] in environment}
    return replace(settings, **changed)


def model_in_words(settings: Settings, *, offline: bool) -> str:
    """Which model answers."""
    if offline:
        return "offline, by rules (set OPENAI_API_KEY for a real one)"
    return f"{settings.model_good[0]} at {origin_of(settings.openai_base_url) if settings.openai_base_url else 'OpenAI'}"


def _announce(url: str, settings: Settings, posting: str, *, offline: bool, as_json: bool) -> None:
    model = model_in_words(settings, offline=offline)
    if as_json:
        told = {"url": url, "docs": f"{url}/docs", "data": str(settings.data.resolve()), "model": model, "offline": offline}
        tables.as_json({**told, "pid": os.getpid(), "sample_posting": posting or None})
        return
    rows = {
        "Page": f"{url}/",
        "API": f"{url}/api/v1",
        "Docs": f"{url}/docs",
        "Data": str(settings.data.resolve()),
        "Model": model,
    }
    if posting:
        from infra.sample_sites.server import SAMPLE_RUN  # noqa: PLC0415 - as above

        rows["Try"] = f"headrace run {SAMPLE_RUN.format(posting=posting)} --data {settings.data}"
    for name, value in rows.items():
        tables.line(f"{name:<6} {value}")
    tables.line("Ctrl-C ends it; unfinished jobs resume with the next start.", "dim")
