"""What the offline model's endpoints share: error bodies in OpenAI's shape, the model's name, and token counts."""

from __future__ import annotations

import math
from typing import Any

MODEL = "offline"
Body = dict[str, Any]


class Refusal(Exception):
    """A request that OpenAI's API would answer with 400. The message says why."""

    def __init__(self, message: str, *, kind: str = "invalid_request_error", code: str | None = None) -> None:
        super().__init__(message)
        self.kind, self.code = kind, code


def error_body(message: str, kind: str, code: str | None = None) -> Body:
    """An error in OpenAI's shape."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def tokens_of(text: str) -> int:
    """Tokens, at four characters each."""
    return math.ceil(len(text) / 4)
