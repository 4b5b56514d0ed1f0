"""The checks of `headrace doctor` around the program: the profile, its emulators and queues, paused jobs and dead letters."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from urllib.parse import urlsplit

from functions import flow_check, lanes, left_out, registrations
from infra.cli.checks.settings_checks import Check, State
from shared import bootstrap
from shared.errors import BadInput, HeadraceError
from shared.ports import Ports
from shared.ports.documents import Where
from shared.settings import Settings

PATIENCE = 15.0
"""Seconds that the store has to tell its numbers."""
PLACES = {
    "local": "SQLite, files, and a queue of its own, in the data folder",
    "emulator": "Google's clients against emulators",
    "cloud": "Firestore, Cloud Tasks and Cloud Storage",
}


async def profile(settings: Settings) -> Check:
    """Whether the settings make a whole of their profile. Nothing is connected."""
    try:
        await bootstrap.close(bootstrap.build(settings))
        bootstrap.check_api(settings)
    except HeadraceError as error:
        return Check("profile", settings.profile, "broken", error.message, error.advice)
    return Check("profile", settings.profile, "ok", PLACES[settings.profile])


async def emulators(settings: Settings) -> list[Check]:
    """Each emulator that is named: whether something listens there, and whether the profile uses it at all."""
    values = settings.by_variable()
    named = [name for name in bootstrap.EMULATORS if values[name]]
    if not named:
        return [Check("emulators", "none", "ok", "no setting names one")]
    return list(await asyncio.gather(*(_emulator(name, str(values[name]), settings.profile) for name in named)))


async def _emulator(name: str, address: str, profile: str) -> Check:
    there = await _listens(address)
    told = f"{address} {'is there' if there else 'does not answer'}"
    if profile != "emulator":
        return Check("emulators", name, "warning", f"{told}; not used", "Only HEADRACE_PROFILE=emulator uses it.")
    return Check("emulators", name, "ok" if there else "broken", told, f"Start it, or set {name} to where it is.")


async def _listens(address: str) -> bool:
    """Whether `host:port`, or a base URL, takes connections."""
    try:
        place = urlsplit(address if "//" in address else f"//{address}")
        port = place.port or {"https": 443}.get(place.scheme, 80)
        async with asyncio.timeout(2):
            _, writer = await asyncio.open_connection(place.hostname, port)
    except (OSError, ValueError):
        return False
    writer.close()
    return True


def flows() -> Iterator[Check]:
    """Each pipeline: whether its flow can run, mistake by mistake."""
    try:
        flow_check.leave_out_broken()
    except BadInput as error:
        yield Check("pipelines", "HEADRACE_PIPELINES", "broken", error.message, error.advice)
        return
    for title, broken in left_out().items():
        for fault in broken.faults:
            yield Check("pipelines", title, "broken", str(fault), "Mend it: until then it is left out, and its jobs wait.")
    for title, registered in registrations().items():
        yield Check("pipelines", title, "ok", f"{len(registered.stages)} stages")


def queues() -> Iterator[Check]:
    """Each lane's two queues, and what they let through."""
    for name, lane in lanes().items():
        pace = f"{lane.rate:g} deliveries per second, {lane.concurrency} at once"
        yield Check("queues", name, "ok", f"{name}-interactive, {name}-bulk: each {pace}")


async def work(settings: Settings) -> list[Check]:
    """Open jobs, paused jobs and dead letters, counted in the profile's own store."""
    if settings.profile == "local" and not (settings.data / "headrace.db").exists():
        return [Check("work", "jobs", "ok", "none yet")]
    ports = bootstrap.build(settings)
    try:
        async with asyncio.timeout(PATIENCE):
            return await _counted(ports)
    except HeadraceError as error:
        return [Check("work", "jobs", "broken", f"the store does not tell: {error.message}", error.advice)]
    except (sqlite3.Error, OSError) as error:
        return [Check("work", "jobs", "broken", f"the store does not tell: {str(error) or 'no answer'}")]
    finally:
        await bootstrap.close(ports)


async def _counted(ports: Ports) -> list[Check]:
    count = ports.documents.count
    under_way = await count("jobs", Where("status", "in", ("queued", "running")))
    return [
        Check("work", "jobs under way", "ok", f"{under_way:,}"),
        paused(await count("jobs", Where("status", "==", "paused"))),
        _dead_letters(await count("dead_letters")),
    ]


def paused(number: int, more: str = "") -> Check:
    """Jobs that wait for somebody to resume them."""
    advice = "headrace jobs list --status paused; then: headrace jobs resume JOB"
    return Check("work", "jobs paused", _some(number), f"{number:,}{more}", advice if number else "")


def _dead_letters(number: int) -> Check:
    advice = "Tasks that no delivery could help: read the documents under dead_letters, then delete them."
    return Check("work", "dead letters", _some(number), f"{number:,}", advice if number else "")


def _some(number: int) -> State:
    return "warning" if number else "ok"
