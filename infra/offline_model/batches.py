"""Files and batches of chat completions, as OpenAI's Batch API has them, kept for as long as the process lives."""

from __future__ import annotations

import asyncio
import email.parser
import json
import time
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from infra.offline_model import chat
from infra.offline_model.errors_and_tokens import Body, Refusal, error_body

MOST_FILES = 200
"""The oldest go first."""
DAY = 86_400


@dataclass
class Batches:
    """The endpoints. A batch ends `seconds` after it was made; only its first `most` requests are answered, the rest expires."""

    seconds: float
    most: int | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, Body] = field(default_factory=dict)
    running: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            Route("/v1/files", self._upload, methods=["POST"]),
            Route("/v1/files/{file}/content", self._content),
            Route("/v1/batches", self._create, methods=["POST"]),
            Route("/v1/batches", self._list),
            Route("/v1/batches/{batch}", self._show),
            Route("/v1/batches/{batch}/cancel", self._cancel, methods=["POST"]),
        ]

    async def _upload(self, request: Request) -> Response:
        raw = f"content-type: {request.headers.get('content-type', '')}\r\n\r\n".encode() + await request.body()
        parts = email.parser.BytesParser().parsebytes(raw).walk()
        content = next((part.get_payload(decode=True) for part in parts if part.get_filename()), None)
        if not isinstance(content, bytes):
            return _refused("there is no file in it")
        name = self._keep(content)
        about = {"id": name, "object": "file", "bytes": len(content), "created_at": int(time.time()), "filename": "batch.jsonl"}
        return JSONResponse(about | {"purpose": "batch", "status": "processed"})

    def _keep(self, content: bytes) -> str:
        name = f"file-{uuid4().hex}"
        self.files[name] = content
        while len(self.files) > MOST_FILES:
            del self.files[next(iter(self.files))]
        return name

    async def _content(self, request: Request) -> Response:
        content = self.files.get(request.path_params["file"])
        return _missing("file") if content is None else PlainTextResponse(content.decode())

    async def _create(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        content = self.files.get(asked.get("input_file_id", ""))
        if content is None or asked.get("endpoint") != "/v1/chat/completions":
            return _refused("a batch is of /v1/chat/completions, and of a file that was uploaded")
        now = int(time.time())
        batch: Body = {
            "id": f"batch_{uuid4().hex}", "object": "batch", "endpoint": asked["endpoint"], "input_file_id": asked["input_file_id"],
            "completion_window": "24h", "status": "in_progress", "created_at": now, "expires_at": now + DAY,
            "metadata": asked.get("metadata"), "output_file_id": None, "error_file_id": None,
        }  # fmt: skip
        self.made[batch["id"]] = batch
        task = asyncio.create_task(self._answer(batch, content.decode().splitlines()))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return JSONResponse(batch)

    async def _answer(self, batch: Body, lines: list[str]) -> None:
        answers: list[str] = []
        errors: list[str] = []
        for number, line in enumerate(lines):
            expired = self.most is not None and number >= self.most
            (errors if expired else answers).append(_expired(line) if expired else await _answered(line))
        await asyncio.sleep(self.seconds)
        if batch["status"] == "cancelled":
            return
        batch["output_file_id"] = self._keep("\n".join(answers).encode()) if answers else None
        batch["error_file_id"] = self._keep("\n".join(errors).encode()) if errors else None
        batch["request_counts"] = {"total": len(lines), "completed": len(answers), "failed": len(errors)}
        batch["status"] = "expired" if errors else "completed"

    async def _list(self, request: Request) -> Response:
        del request
        data = list(reversed(self.made.values()))[:100]
        return JSONResponse({"object": "list", "data": data, "has_more": False})

    async def _cancel(self, request: Request) -> Response:
        """Nothing of it is answered any more."""
        batch = self.made.get(request.path_params["batch"])
        if batch is None:
            return _missing("batch")
        if batch["status"] != "in_progress":
            return _refused(f"a batch that is {batch['status']} cannot be cancelled")
        batch["status"] = "cancelled"
        return JSONResponse(batch)

    async def _show(self, request: Request) -> Response:
        batch = self.made.get(request.path_params["batch"])
        return _missing("batch") if batch is None else JSONResponse(batch)


async def _answered(line: str) -> str:
    asked = json.loads(line)
    try:
        response = await chat.answer(asked["body"], 0.0)
        status, body = response.status_code, json.loads(bytes(response.body))
    except Refusal as refusal:
        status, body = 400, error_body(str(refusal), refusal.kind, refusal.code)
    said = {"status_code": status, "request_id": f"req_{uuid4().hex}", "body": body}
    return json.dumps({"id": f"batch_req_{uuid4().hex}", "custom_id": asked["custom_id"], "response": said, "error": None})


def _expired(line: str) -> str:
    error = {"code": "batch_expired", "message": "This request could not be executed before the completion window expired."}
    return json.dumps(
        {"id": f"batch_req_{uuid4().hex}", "custom_id": json.loads(line)["custom_id"], "response": None, "error": error}
    )


def _refused(why: str) -> Response:
    return JSONResponse(error_body(why, "invalid_request_error"), status_code=400)


def _missing(what: str) -> Response:
    return JSONResponse(error_body(f"no such {what}", "invalid_request_error"), status_code=404)
