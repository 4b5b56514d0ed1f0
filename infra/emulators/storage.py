"""gcp-storage-emulator in a thread, in memory, and the one thing it lacks: `if_generation_match`."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.emulators import Absent


@contextmanager
def storage(*buckets: str) -> Iterator[str]:
    """Serve empty `buckets` and answer the base URL, the value of `STORAGE_EMULATOR_HOST`. Addresses need no signature there.

    Raises:
        Absent: the package is not installed.
    """
    try:
        from gcp_storage_emulator.handlers.buckets import create_bucket  # type: ignore[import-untyped]  # noqa: PLC0415 - a package for development, without types
        from gcp_storage_emulator.storage import Storage  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
    except ImportError as error:
        raise Absent("gcp-storage-emulator is not installed: it is one of the development packages") from error
    logging.getLogger("gcp_storage_emulator").setLevel(logging.CRITICAL)
    kept = Storage(use_memory_fs=True)
    for bucket in buckets:
        create_bucket(bucket, kept)
    server = HTTPServer(("127.0.0.1", 0), partial(_handler(), kept))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="storage-emulator", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler() -> Any:
    from gcp_storage_emulator.exceptions import NotFound  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
    from gcp_storage_emulator.server import RequestHandler  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    class Handler(RequestHandler):  # type: ignore[misc]  # the package has no types
        """Answers an upload whose precondition does not hold with 412, as Cloud Storage does."""

        rfile: Any

        def do_POST(self) -> None:  # noqa: N802 - the base class's name
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            self.rfile = io.BytesIO(body)
            query = parse_qs(urlsplit(self.path).query)
            wanted = query.get("ifGenerationMatch", [""])[0]
            if wanted and wanted != self._generation(_name(body) or query.get("name", [""])[0]):
                self.send_response(412)
                self.send_header("content-length", "0")
                self.end_headers()
            else:
                super().do_POST()

        def _generation(self, name: str) -> str:
            bucket = self.path.partition("/b/")[2].partition("/")[0]
            try:
                return str(self.storage.get_file_obj(bucket, name)["generation"])
            except NotFound:
                return "0"

    return Handler


def _name(body: bytes) -> str:
    """An upload's object name: in the JSON that a multipart or resumable upload begins with."""
    start = body.find(b"{")
    try:
        described, _ = (
            json.JSONDecoder().raw_decode(body[start : start + 64 * 1024].decode(errors="replace")) if start >= 0 else ({}, 0)
        )
    except ValueError:
        return ""
    return str(described.get("name", "")) if isinstance(described, dict) else ""
