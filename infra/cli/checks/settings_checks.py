"""What `headrace doctor` looks at. Each check answers rows; none raises."""

from __future__ import annotations

import json
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, TypeAlias

import httpx2

from infra.cli.api_target import running_cloud
from infra.local import data_folder_lock
from shared import tzdata_setup
from shared.settings import Settings, misspelt
from shared.text.redaction import redacted

State: TypeAlias = Literal["ok", "warning", "missing", "broken"]
SOON = 60
"""Days before a model's shutdown from which it is a warning."""
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True)
class Check:
    """One row: what was looked at, how it stands, and what to do about it."""

    group: str
    name: str
    state: State
    detail: str
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def program() -> Iterator[Check]:
    """Python and the packages that Headrace asks for."""
    fine = sys.version_info >= (3, 11)
    advice = "" if fine else "Headrace needs Python 3.11 or newer."
    yield Check("program", "Python", "ok" if fine else "broken", platform.python_version(), advice)
    yield Check("program", "headrace", "ok", metadata.version("headrace"))
    wanted = [need for need in metadata.requires("headrace") or () if "extra ==" not in need]
    found, absent = [], []
    for name in (re.split(r"[^A-Za-z0-9._-]", need, maxsplit=1)[0] for need in wanted):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            absent.append(name)
    yield Check("program", "packages", "ok", ", ".join(found))
    if absent:
        yield Check("program", "packages", "broken", f"not installed: {', '.join(absent)}", "Install from requirements.lock.")
    yield _time_zones(absent)


def _time_zones(absent: list[str]) -> Check:
    """Which data says when an agent's morning is."""
    if others := tzdata_setup.folders():
        return Check(
            "program", "time zones", "warning", f"from {', '.join(others)}", "Something reset zoneinfo's path: it may be old."
        )
    if "tzdata" in absent:
        return Check("program", "time zones", "broken", "there are none", "Install tzdata from requirements.lock.")
    return Check("program", "time zones", "ok", f"from tzdata {metadata.version('tzdata')}, not from the system's files")


def settings_rows(settings: Settings) -> Iterator[Check]:
    """The settings that differ from their defaults, and how many do not."""
    same = 0
    for field in fields(settings):
        value = getattr(settings, field.name)
        if field.metadata["secret"]:
            continue
        if value == field.default:
            same += 1
            continue
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        shown = redacted(re.sub(r"//[^/@\s]*@", "//***@", shown))  # an address may carry a password, or a token
        yield Check("settings", field.metadata["env"], "ok", shown or "empty", field.metadata["meaning"])
    for name, meant in misspelt().items():
        advice = f"Did you mean {meant}?" if meant else "docs/settings.md lists them."
        yield Check("settings", name, "warning", "no setting of Headrace", advice)
    yield Check("settings", "all others", "ok", f"{same} have their defaults: docs/settings.md")


def keys(settings: Settings) -> Iterator[Check]:
    """Of each secret whether it is set, and nothing of its text."""
    for field in fields(settings):
        if field.metadata["secret"]:
            told = "set" if getattr(settings, field.name) else "not set"
            yield Check("keys", field.metadata["env"], "ok", told, field.metadata["meaning"])


async def data_folder(settings: Settings) -> Check:
    """Whether the data folder can be written, and who runs on it."""
    folder = settings.data
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)):
            pass
    except OSError as error:
        return Check(
            "data", str(folder), "broken", f"cannot be written: {error.strerror}", "Use another --data or HEADRACE_DATA."
        )
    if not folder.exists():
        return Check("data", str(folder), "ok", "is made when it is needed")
    if url := await running_cloud(folder):
        return Check("data", str(folder), "ok", f"a local cloud runs on it at {url}")
    if data_folder_lock.is_in_use(folder):
        return Check("data", str(folder), "warning", "a local cloud holds it and does not answer", "Wait, or end that process.")
    return Check("data", str(folder), "ok", "nobody runs on it")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


async def models(settings: Settings, today: date | None = None) -> list[Check]:
    """Whether the provider answers, and until when the configured models do."""
    if not settings.openai_api_key and not settings.openai_base_url:
        advice = "Set OPENAI_API_KEY, or OPENAI_BASE_URL for another OpenAI-compatible server."
        return [Check("models", "provider", "missing", "no key: the offline model answers, by rules", advice)]
    base = (settings.openai_base_url or OPENAI).rstrip("/")
    headers = {"Authorization": f"Bearer {settings.openai_api_key}"} if settings.openai_api_key else {}
    try:
        async with httpx2.AsyncClient(timeout=10, headers=headers) as client:
            answer = await client.get(f"{base}/models")
        if answer.status_code in (401, 403):
            return [Check("models", "provider", "broken", f"{base} refuses the key", "Set OPENAI_API_KEY to a valid key.")]
        known = {str(model["id"]): model for model in answer.raise_for_status().json()["data"]}
    except (httpx2.HTTPError, httpx2.InvalidURL, json.JSONDecodeError, KeyError, TypeError) as error:
        why = str(error).split("\n")[0] or type(error).__name__
        return [Check("models", "provider", "broken", f"{base}: {why}", "Check OPENAI_BASE_URL and the network.")]
    today = today or datetime.now(UTC).date()
    rows = [Check("models", "provider", "ok", f"{base}: {len(known)} models")]
    for env, names in (
        ("HEADRACE_MODEL_FAST", settings.model_fast),
        ("HEADRACE_MODEL_GOOD", settings.model_good),
        ("HEADRACE_MODEL_IMAGE", settings.model_image),
        ("HEADRACE_MODEL_EMBEDDING", settings.model_embedding),
    ):
        of_role = [_model(env, name, known, today) for name in names]
        rows += of_role
        if all(row.detail.startswith(("is gone", "is not")) for row in of_role):
            rows.append(Check("models", env, "warning", "none of its models is known to the provider", f"Set {env}."))
    return rows


def _model(env: str, name: str, known: dict[str, Any], today: date) -> Check:
    if name not in known:
        return Check("models", name, "warning", "is not in the provider's list", f"Set {env} to models that are.")
    ends = _date(known[name].get("shutdown_date"))
    if ends is None:
        return Check("models", name, "ok", "no shutdown announced")
    if ends <= today:
        return Check("models", name, "warning", f"is gone since {ends}", f"Set {env} to another model.")
    state: State = "warning" if (ends - today).days <= SOON else "ok"
    advice = f"Set {env} to another model before then." if state == "warning" else ""
    return Check("models", name, state, f"shuts down on {ends}, in {(ends - today).days} days", advice)


def _date(value: Any) -> date | None:
    """An ISO date or time, or POSIX seconds; None for none."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC).date() if value else None
        return date.fromisoformat(str(value)[:10]) if value else None
    except (ValueError, OverflowError, OSError):
        return None


def forum(settings: Settings) -> Check:
    """Whether Reddit's API can be used."""
    if "reddit" not in settings.forum_sources:
        return Check("forum", "reddit", "ok", "is not among HEADRACE_FORUM_SOURCES")
    absent = [env for env, value in _reddit(settings) if not value]
    if not absent:
        return Check("forum", "reddit", "ok", "credentials are set")
    others = ", ".join(name for name in settings.forum_sources if name != "reddit") or "nothing"
    advice = f"Set {' and '.join(absent)} to those of an approved application. Until then: {others}."
    return Check("forum", "reddit", "missing", "no credentials: Reddit's API is skipped", advice)


def _reddit(settings: Settings) -> tuple[tuple[str, str], ...]:
    return (("REDDIT_CLIENT_ID", settings.reddit_client_id), ("REDDIT_CLIENT_SECRET", settings.reddit_client_secret))


def limits(settings: Settings) -> Iterator[Check]:
    """The shared budgets, per minute."""
    for name, value, env in (
        ("model requests", settings.openai_rpm, "HEADRACE_OPENAI_RPM"),
        ("model tokens", settings.openai_tpm, "HEADRACE_OPENAI_TPM"),
        ("images", settings.openai_ipm, "HEADRACE_OPENAI_IPM"),
        ("Reddit requests", settings.reddit_rpm, "HEADRACE_REDDIT_RPM"),
    ):
        if value > 0:
            yield Check("limits", name, "ok", f"{value:,} per minute")
        else:
            yield Check("limits", name, "warning", "no limit", f"Set {env} above 0 to have one.")
