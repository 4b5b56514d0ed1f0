"""The question that every system asks, and its right answer: about 1,100 tokens a call. Plain text: peers need nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

CALLS = 884
CALL = re.compile(r"call number (\d+)")
INSTRUCTIONS = "Answer with the number of the call, its value, and a remark."
FACTS = "Interview report: two rounds, one on system design and one on code; both asked for trade-offs and for failures. " * 27
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["call", "value", "remark"],
    "properties": {"call": {"type": "integer"}, "value": {"type": "integer"}, "remark": {"type": "string"}},
}  # fmt: skip
REMARK = "They asked for trade-offs and for what happens when a machine dies in the middle of the work. " * 8


def data_of(call: int) -> str:
    """What call `call` is about."""
    return f"This is call number {call}.\n{FACTS}"


def value_of(call: int) -> int:
    """The value that call `call` must bring back."""
    return call * call % 9973


def answer_to(call: int) -> str:
    """The model's answer, as JSON text."""
    return json.dumps({"call": call, "value": value_of(call), "remark": REMARK})


def request_of(call: int) -> dict[str, Any]:
    """The call as arguments of `client.chat.completions.create`."""
    return {
        "model": "gpt-6-luna",
        "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": data_of(call)}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "Remark", "strict": True, "schema": SCHEMA}},
        "max_completion_tokens": 800,
    }


def checked(call: int, content: str) -> int:
    """The value of an answer.

    Raises:
        ValueError: it is the answer to something else.
    """
    answer = json.loads(content)
    if answer["call"] != call or answer["value"] != value_of(call):
        raise ValueError(f"call {call} was answered {answer['call']}: {answer['value']}")
    return int(answer["value"])
