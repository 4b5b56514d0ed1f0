"""What `make demo` runs: a whole Headrace on loopback, one interview-prep guide, and nothing left behind but the PDF."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from infra.cli import event_loop, exit_codes
from infra.cli.api_client import Client
from infra.cli.api_target import Target
from infra.cli.commands.dev import with_environment
from infra.cli.output import tables
from infra.cli.output.job_completion import follow
from infra.local.local_cloud import local_cloud
from infra.local.uvicorn_server import serve
from infra.offline_model.server import offline_app
from infra.sample_sites.server import SAMPLE_POSTING, Latency, sample_settings, samples_app
from shared import logs
from shared.errors import HeadraceError
from shared.ports.models import OFFLINE
from shared.settings import Settings

LATENCY = Latency(page=1.0, search=0.4, comments=0.4, logo=0.5)
MODEL_LATENCY = 2.0
"""Seconds, as the real ones might take: the table of times then means something."""
OUT = Path("out/interview-prep.pdf")


@contextlib.asynccontextmanager
async def world(data: Path) -> AsyncIterator[tuple[Client, str]]:
    """Sample sites, offline model and local cloud, on free ports; a client, and the posting to prepare for.

    Nothing of the user's environment is read: no key is used, nothing but loopback is called.
    """
    async with contextlib.AsyncExitStack() as stack:
        base = await stack.enter_async_context(serve(samples_app(LATENCY)))
        model = await stack.enter_async_context(serve(offline_app(latency=MODEL_LATENCY)))
        settings = with_environment(
            Settings(data=data, openai_base_url=f"{model}/v1", openai_api_key=OFFLINE), sample_settings(base)
        )
        cloud = await stack.enter_async_context(local_cloud(settings))
        yield await stack.enter_async_context(Client(cloud.url)), f"{base}{SAMPLE_POSTING}"


async def demo() -> int:
    """One guide from the sample posting. Answers the exit code."""
    with tempfile.TemporaryDirectory(prefix="headrace-demo-") as folder:
        async with world(Path(folder)) as (client, posting):
            tables.line(f"An interview-prep guide for {posting}", "bold")
            tables.line("Sample sites and an offline model on loopback; no account, no key, no network.", "dim")
            job_id = await client.create("interview-prep", {"job_posting_url": posting}, {})
            code = await follow(Target(client, own=True, lasting=False), job_id, as_json=False, out=OUT, save=True)
    if code == exit_codes.SUCCEEDED:
        tables.line("More: `.venv/bin/headrace dev --samples`, then its /docs for the API, and `headrace run --help`.", "dim")
    return code


def main() -> int:
    """Run the demo; its exit code."""
    logs.configure("error")
    for earlier in OUT.parent.glob(f"{OUT.stem}.*"):
        earlier.unlink()
    try:
        return event_loop.run(demo())
    except HeadraceError as error:
        tables.error(error, json_wanted=False)
        return exit_codes.FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return exit_codes.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
