"""All of the emulator profile: emulators, queues, schedules, and every function behind its address, until the block ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from functions import deployed
from functions.upkeep.schedules import schedules
from infra.deployment.terraform_variables import FILE
from infra.emulators.cloud_run_proxy import CERTS, Front
from infra.emulators.cloud_scheduler import Signed, calling
from infra.emulators.cloud_tasks import CloudTasks, queue_of
from infra.emulators.function_process import Service
from infra.emulators.identity_tokens import Identity
from infra.emulators.pinecone import pinecone
from infra.emulators.storage import storage
from infra.local.uvicorn_server import serve
from shared.engine.flow import Flow, Lane
from shared.engine.trigger.schedule_slots import Schedule

PROJECT, LOCATION, BUCKET = "emulated", "here", "emulated"
ACCOUNT = "tasks@emulated.iam.gserviceaccount.com"
DOCUMENTS = f"projects/{PROJECT}/databases/(default)/documents"
AGAIN, TRIES = (429, 503), 60
"""Answers after which a queue brings a task again: many processes that start at once may not reach the keys in time."""
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Emulated:
    """A running system. `url` is the API's, `functions` the address that private functions are below."""

    url: str
    functions: str
    services: Mapping[str, Service]
    firestore: str
    identity: Identity

    async def up(self, flow: Flow) -> None:
        """Start the API and the flow's functions, and wait until each has answered; one that cannot yet is asked again, as queues do."""
        bodies = {flow.function(stage): {"kind": "warm", "job": "none", "stage": stage.name} for stage in flow.stages}
        async with httpx2.AsyncClient(trust_env=False, timeout=60) as http:

            async def answered(function: str) -> None:
                url = await self.services[function].url()
                signed = Signed(self.identity, ACCOUNT, audience=self.functions)
                for _ in range(TRIES):
                    if (answer := await http.post(url, json=bodies[function], auth=signed)).status_code not in AGAIN:
                        break
                    await asyncio.sleep(1)
                answer.raise_for_status()

            await asyncio.gather(http.get(f"{self.url}/healthz"), *map(answered, bodies))

    async def forget(self) -> None:
        """Delete every document."""
        await _empty(self.firestore)


@contextlib.asynccontextmanager
async def emulated(
    environment: Mapping[str, str], firestore: str, logs: Path, cloud: CloudTasks | None = None, exported: Path = FILE
) -> AsyncIterator[Emulated]:
    """Run the system on a Firestore emulator's `host:port`, from an empty store.

    `environment` is all that the functions' processes get, beside what points them at the emulators; `logs` is a folder for their
    output. `cloud` may deliver in a way of its own. Services, queues and schedules are those of the file `exported`, which Terraform
    makes a project's from.

    Raises:
        Absent: an emulator is not installed.
    """
    async with contextlib.AsyncExitStack() as stack:
        buckets, index = stack.enter_context(storage(BUCKET)), stack.enter_context(pinecone())
        http = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False, timeout=None, limits=httpx2.Limits()))
        cloud = cloud or CloudTasks()
        await _empty(firestore)
        services: dict[str, Service] = {}
        front = Front(services, http, account=ACCOUNT, key=cloud.identity.public_key, token=cloud.identity.token)
        private = await stack.enter_async_context(serve(front.private))
        await stack.enter_async_context(cloud)
        given = {
            **environment,
            "PYTHONPATH": str(ROOT),
            "HEADRACE_PROFILE": "emulator",
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "HEADRACE_LOCATION": LOCATION,
            "HEADRACE_BUCKET": BUCKET,
            "HEADRACE_FUNCTION_URL": f"{private}/{{function}}",
            "HEADRACE_TASKS_ACCOUNT": ACCOUNT,
            "HEADRACE_FETCH_FUNCTION": "page_fetcher",
            "HEADRACE_METADATA_URL": private,
            "HEADRACE_CERTS_URL": f"{private}{CERTS}",
            "HEADRACE_TASKS_HOST": cloud.host,
            "FIRESTORE_EMULATOR_HOST": firestore,
            "STORAGE_EMULATOR_HOST": buckets,
            "PINECONE_API_KEY": "emulated",
            "PINECONE_HOST": index,
        }
        variables = await asyncio.to_thread(_read, exported)
        for name in _functions(variables):
            services[name] = Service(name, _source(name), given, logs / f"{name}.log")
            stack.push_async_callback(services[name].kill)
        await make_queues(cloud, variables["queues"])
        url = await stack.enter_async_context(serve(front.public("jobs_api")))
        await stack.enter_async_context(calling(_schedules(variables), private, cloud.identity, ACCOUNT))
        yield Emulated(url, private, services, firestore, cloud.identity)


async def _empty(firestore: str) -> None:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        (await http.delete(f"http://{firestore}/emulator/v1/{DOCUMENTS}")).raise_for_status()


def _read(exported: Path) -> dict[str, Any]:
    variables: dict[str, Any] = json.loads(exported.read_text())
    return variables


def _functions(variables: Mapping[str, Any]) -> list[str]:
    """What the large size's services serve: a function each."""
    return [function for service in variables["services"]["large"].values() for function in service["functions"]]


def _source(function: str) -> Path:
    """The `main.py` that has the function."""
    return ROOT / f"{deployed()[function].replace('.', '/')}.py"


def _schedules(variables: Mapping[str, Any]) -> dict[str, Schedule]:
    """The file's times. What is done about missed ones is the functions' own to know: Cloud Scheduler does nothing."""
    missed = {function: schedule.missed for function, schedule in schedules().items()}
    return {name: Schedule(one["cron"], one["zone"], missed[name]) for name, one in variables["schedules"].items()}


async def make_queues(cloud: CloudTasks, queues: Mapping[str, Mapping[str, float]]) -> None:
    """Each queue with its rate, concurrency and retries."""
    client: Any = cloud.client()
    parent = f"projects/{PROJECT}/locations/{LOCATION}"
    for name, queue in queues.items():
        lane = Lane(queue["rate"], int(queue["concurrency"]), int(queue["attempts"]), queue["min_backoff"], queue["max_backoff"])
        await client.create_queue(parent=parent, queue=queue_of(f"{parent}/queues/{name}", lane))
    await client.transport.close()
