"""`headrace dev`: the local cloud in the foreground."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from functions import packages
from infra.cli import event_loop
from infra.cli.output import tables
from infra.cli.shared_options import AsJson, Data
from infra.local import code_reload
from shared.errors import BadInput, Conflict, HeadraceError
from shared.settings import Settings
from shared.text.redaction import origin_of

EXAMPLE = "Example: headrace dev --samples --port 8080"
ANOTHER_PORT = "`--port 8081`, or `--port 0` for any that is free."


def dev(
    *,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)] = 8080,
    data: Data = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes (HEADRACE_WORKERS).", min=1, show_default=False)] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Serve the sample sites too, and use them.")] = False,
    reload: Annotated[bool, typer.Option(help="Start again when code or prompts of the pipelines change.")] = True,
    as_json: AsJson = False,
    handed_on: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Run the local cloud until Ctrl-C: the API, queues and schedules in this process, all functions in workers beside it."""
    before = Handed.read(handed_on)
    settings = Settings.load()
    settings = replace(settings, data=data or settings.data, workers=settings.workers if workers is None else workers)
    settings = replace(settings, kept_since=max(settings.kept_since, before.since))
    watched = code_reload.folders([*code_reload.PACKAGES, *packages()]) if reload else []
    wishes = Wishes(port, watched, samples=samples, as_json=as_json)
    with contextlib.suppress(KeyboardInterrupt):
        handed = event_loop.run(_serve(settings, wishes, before))
        again = [word for word in sys.argv[1:] if not word.startswith("--handed-on")]
        code_reload.start_again([*again, f"--handed-on={handed.text()}"])


@dataclass(frozen=True)
class Wishes:
    """What the command was asked for."""

    port: int
    watched: Sequence[Path]
    samples: bool
    as_json: bool


@dataclass(frozen=True)
class Handed:
    """What one run of the command hands on to the next: descriptors of its sockets (0: none), and when the code changed."""

    api: int = 0
    samples: int = 0
    since: float = 0.0

    @classmethod
    def read(cls, text: str) -> Handed:
        api, samples, since = text.split(",") if text else ("0", "0", "0")
        return cls(int(api), int(samples), float(since))

    def text(self) -> str:
        return f"{self.api},{self.samples},{self.since}"


async def _serve(settings: Settings, wishes: Wishes, before: Handed) -> Handed:
    """Run until cancelled, or until the code changed: what to hand on then.

    Raises:
        Conflict: the port or the folder is taken.
    """
    api = code_reload.taken_over(before.api) if before.api else _listen(wishes.port)
    handed = replace(before, api=before.api or code_reload.kept_open(api))
    if not settings.url:  # what messages lead to
        settings = replace(settings, url=f"http://127.0.0.1:{api.getsockname()[1]}")
    try:
        async with contextlib.AsyncExitStack() as stack:
            posting = ""
            if wishes.samples:
                sites = code_reload.taken_over(before.samples) if before.samples else _listen(0)
                handed = replace(handed, samples=before.samples or code_reload.kept_open(sites))
                settings, posting = await _samples(settings, sites, stack)
            await _run(settings, wishes, api, posting, again=bool(before.since), stack=stack)
            await _changed(wishes)
    except Exception as error:
        if not before.since:
            raise
        _tell_fault(error)  # what was just edited: the next edit mends it
        await _changed(wishes)
    return replace(handed, since=time.time())


async def _run(
    settings: Settings, wishes: Wishes, api: socket.socket, posting: str, *, again: bool, stack: contextlib.AsyncExitStack
) -> None:
    from infra.local.local_cloud import local_cloud  # noqa: PLC0415 - half a second that other commands save

    cloud = await stack.enter_async_context(local_cloud(settings, listener=api, apart=True, again=again))
    for broken in cloud.left_out:
        tables.warning(str(broken))
    if not again:
        _announce(cloud.url, settings, posting, offline=cloud.offline, as_json=wishes.as_json)


async def _changed(wishes: Wishes) -> None:
    """Until code that can be read has changed; for ever where nothing is watched."""
    if not wishes.watched:
        await asyncio.Event().wait()
    async for files in code_reload.changes(wishes.watched):
        names = ", ".join(file.name for file in files[:3]) + (" …" if len(files) > 3 else "")  # noqa: PLR2004 - a line's worth
        if (fault := code_reload.syntax_fault(files)) is None:
            tables.line(f"{names} changed: started again, jobs go on.", "dim", to=_aside())
            return
        tables.line(f"{fault.file}:{fault.line}: {fault.why}. The code before goes on.", "red", to=_aside())


def _tell_fault(error: Exception) -> None:
    """One line: what kept the code from starting, and where."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = (
        error.message if isinstance(error, HeadraceError) else f"{last.filename}:{last.lineno}: {type(error).__name__}: {error}"
    )
    tables.line(f"{what}. Waiting for the next change.", "red", to=_aside())


def _aside() -> Console:
    return tables.console(progress=True, as_json=True)


def _listen(port: int) -> socket.socket:
    """A socket on the port.

    Raises:
        Conflict: it is taken (`port_taken`).
        BadInput: this user may not listen there (`bad_setting`).
    """
    from infra.local.uvicorn_server import listen  # noqa: PLC0415 - as above

    try:
        return listen(port)
    except OSError as error:
        if error.errno == errno.EACCES:
            raise BadInput(f"this user may not listen at port {port}", code="bad_setting", advice=ANOTHER_PORT) from error
        if error.errno != errno.EADDRINUSE:
            raise
        advice = f"Stop the program that listens there, or choose another port: {ANOTHER_PORT}"
        raise Conflict(f"port {port} is taken", code="port_taken", advice=advice) from error


async def _samples(settings: Settings, listener: socket.socket, stack: contextlib.AsyncExitStack) -> tuple[Settings, str]:
    """The sample sites, served; the settings pointed at them; a posting to try."""
    from infra.local.uvicorn_server import serve  # noqa: PLC0415
    from infra.sample_sites.server import SAMPLE_POSTING, sample_settings, samples_app  # noqa: PLC0415 - only with --samples

    base = await stack.enter_async_context(serve(samples_app(), listener=listener))
    given = sample_settings(base)
    for name in ("HEADRACE_CHANNELS", "HEADRACE_CHANNEL_SECRETS", "HEADRACE_ALLOW_HOSTS"):
        own = settings.by_variable()[name]
        given[name] = ",".join((given[name], *own))  # one's own accounts and hosts stay beside the samples'
    return with_environment(settings, given), f"{base}{SAMPLE_POSTING}"


def with_environment(settings: Settings, environment: dict[str, str]) -> Settings:
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
