"""Writes commands' output files (`--out`) atomically: job results, graph exports, plots."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from infra.cli.api_client import Client, Result
from shared.errors import BadInput

FOLDER = Path("out")
STDOUT = Path("-")
"""What `--out -` is: standard output, and everything else that is said goes to standard error."""


def prepare(out: Path | None) -> None:
    """See that a result can be written, before a job is paid for.

    Raises:
        BadInput: it cannot (`bad_out`).
    """
    if out == STDOUT:
        return
    folder = (out or FOLDER / "_").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(folder, error.strerror) from error
    if out is not None and out.is_dir():
        raise _cannot(out, "it is a folder")


def alone(out: Path | None, *, as_json: bool) -> None:
    """See that not both a result and a JSON document are to be on standard output.

    Raises:
        BadInput: they are (`bad_out`).
    """
    if as_json and out == STDOUT:
        raise BadInput(
            "--out - and --json both want standard output", code="bad_out", advice="Give --out a file, or leave one out."
        )


async def save(client: Client, job_id: str, pipeline: str, out: Path | None) -> Path:
    """Download a result into `out`, or `out/<pipeline>.<kind>`. Answers where it is.

    Raises:
        BadInput: the file cannot be written (`bad_out`).
        Conflict: the job has no result.
    """
    prepare(out)
    result = await client.result(job_id)
    path = out or FOLDER / f"{pipeline}{result.suffix}"
    write(path, _readable(result))
    return path


async def save_beside(client: Client, job_id: str, result: Any, path: Path, *, over: bool) -> tuple[list[Path], list[Path]]:
    """Download the files beside a result to `<name>.<ending>`, by its `files`: those written, and those left as they were, for want of `over`.

    Raises:
        BadInput: a file cannot be written (`bad_out`).
    """
    named = result.get("files") if isinstance(result, dict) else None
    endings = [ending for ending in named or () if re.fullmatch(r"[a-z-]{1,30}(?:\.[a-z]{1,8})?", ending)]
    places = {ending: path.with_name(f"{path.stem}.{ending}") for ending in endings}
    written, left = [], []
    for ending, place in places.items():
        if place == path:
            continue
        if place.exists() and not over:
            left.append(place)
            continue
        write(place, (await client.result(job_id, ending)).content)
        written.append(place)
    return written, left


def write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, in place of one that is there.

    Raises:
        BadInput: it cannot be written (`bad_out`).
    """
    if path == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    prepare(path)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise _cannot(path, error.strerror) from error


def _readable(result: Result) -> bytes:
    """JSON as people read it, anything else as it is."""
    if result.media_type != "application/json":
        return result.content
    return (json.dumps(json.loads(result.content), indent=2, ensure_ascii=False) + "\n").encode()


def _cannot(path: Path, why: str | None) -> BadInput:
    return BadInput(f"cannot write {path}: {why or 'no reason given'}", code="bad_out", advice="Give another --out.")
