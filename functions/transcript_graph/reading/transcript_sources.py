"""Where transcripts come from: the request itself, a folder, a page, a stored file, a record that a user wrote."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from functions.transcript_graph.reading.read_file import MOST_BYTES, files_of
from functions.transcript_graph.reading.stored_texts import BLOB, FOLDER
from functions.transcript_graph.stage_messages import GraphRequest, Source, TranscriptInput
from functions.transcript_graph.transcript_records import path_of
from shared.errors import BadInput, Permanent
from shared.ports import Ports

TIMEOUT = 60.0


def sources_of(request: GraphRequest, ports: Ports) -> list[Source]:
    """The request's transcripts, in the order of their ids.

    Raises:
        BadInput: a folder that cannot be read here (`no_transcripts`), or two transcripts of one id.
    """
    found = [_source(one) for one in request.transcripts]
    if request.path is not None:
        if ports.settings.profile != "local":
            raise BadInput(
                "a folder is read by the local cloud alone", code="no_transcripts",
                advice="Bring them in with `headrace import transcripts`, then name them by id.",
            )  # fmt: skip
        found += [Source(id=name, kind="path", where=str(path)) for name, path in files_of(Path(request.path).expanduser())]
    ids = [source.id for source in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise BadInput(f"two transcripts are called {twice!r}", code="two_of_one_id", advice="Give each an id of its own.")
    return sorted(found, key=lambda source: source.id)


def _source(one: TranscriptInput) -> Source:
    about = {"id": one.id, "title": one.title, "date": one.date}
    if one.text is not None:
        return Source(kind="text", text=one.text, **about)
    return Source(kind="uri", where=one.uri, **about) if one.uri else Source(kind="record", where=one.id, **about)


async def fetch_transcript(source: Source, ports: Ports) -> tuple[bytes, str]:
    """A transcript's bytes, and the ending that says what they are.

    Raises:
        Permanent: there is nothing (`transcript_not_found`), or not what there was when the job began (`transcript_changed`).
        Transient: it could not be fetched now.
    """
    content, suffix = await _content(source, ports)
    if len(content) > MOST_BYTES:
        raise Permanent(f"it has more than {MOST_BYTES // 1_000_000} MB", code="broken_transcript")
    if source.body and body_of(content) != source.body:
        raise Permanent("it was changed while it was read", code="transcript_changed", advice="Run the job again.")
    return content, suffix


async def _content(source: Source, ports: Ports) -> tuple[bytes, str]:
    if source.kind == "text":
        return source.text.encode("utf-8", "replace"), ""
    if source.kind == "path":
        path = Path(source.where)
        try:
            return await asyncio.to_thread(_beginning, path), path.suffix
        except OSError as error:
            raise Permanent(f"it cannot be read: {error.strerror}", code="transcript_not_found") from error
    if source.kind == "uri":
        return await _fetched(source.where, ports), Path(source.where.partition("?")[0]).suffix
    record = await ports.documents.get(path_of(source.where))
    if record is None:
        raise Permanent(
            "there is no such transcript", code="transcript_not_found", advice="`headrace import transcripts` brings them in."
        )
    return str(record.data.get("text", "")).encode("utf-8", "replace"), ""


def _beginning(path: Path) -> bytes:
    """A file's bytes, and of one that is too large to be a transcript enough to tell."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


async def _fetched(uri: str, ports: Ports) -> bytes:
    if uri.startswith(BLOB):
        name = uri.removeprefix(BLOB)
        found = await ports.blobs.get(name) if name.startswith(FOLDER) else None
        if found is None:
            raise Permanent("there is no such file", code="transcript_not_found")
        return found
    page = await ports.web.fetch(uri, max_bytes=MOST_BYTES, timeout=TIMEOUT)
    if page.status != 200:  # noqa: PLR2004 - HTTP's own number
        raise Permanent(f"its address answered {page.status}", code="transcript_not_found")
    return page.content


def body_of(content: bytes) -> str:
    """What a transcript's bytes are known by."""
    return hashlib.sha256(content).hexdigest()
