"""Answers held to the OpenAPI document: a status it names, a content type it names for it, a body that fits the schema there."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import httpx2
from jsonschema import Draft202012Validator

Json = dict[str, Any]
STREAMS = "text/event-stream"


class Contract:
    """What one document promises. `checked`: the operations that answers were held to."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._paths = {path: re.compile("".join(f"(?:{part})" for part in self._pattern(path))) for path in document["paths"]}
        self.checked: set[tuple[str, int]] = set()
        self._validator = cache(self._made)

    @staticmethod
    def _pattern(path: str) -> list[str]:
        return ["[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", path) if part]

    def hold(self, response: httpx2.Response) -> None:
        """See that an answer is as the document says.

        Raises:
            AssertionError: it is not; the message says where.
        """
        path = response.request.url.path
        operation = self._operation(response.request.method, path)
        if operation is None:
            return  # a method or a path that is not there is answered with a problem, of which the document says nothing
        where, answers = operation
        answer = answers.get(str(response.status_code)) or (answers["default"] if response.status_code >= 400 else None)
        assert answer is not None, f"{where} answers {response.status_code}, of which the document says nothing"
        self.checked.add((where, response.status_code))
        content = answer.get("content", {})
        media = response.headers.get("content-type", "").partition(";")[0]
        if not content:
            assert not response.read(), f"{where} answers {response.status_code} with a body that the document does not know"
            return
        assert media in content, f"{where} answers {media}; the document knows {', '.join(content)}"
        if media == STREAMS or not media.endswith("json"):
            return
        value = json.loads(response.read())
        faults = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in self._validator(json.dumps(content[media]["schema"])).iter_errors(value)
        ]
        assert not faults, f"{where} answers {response.status_code} with {faults[:3]}"

    def _operation(self, method: str, path: str) -> tuple[str, Json] | None:
        for template, pattern in self._paths.items():
            item = self._document["paths"][template]
            if method.lower() in item and pattern.fullmatch(path):
                return f"{method} {template}", item[method.lower()]["responses"]
        return None

    def _made(self, schema: str) -> Draft202012Validator:
        return Draft202012Validator({**json.loads(schema), "components": self._document["components"]})
