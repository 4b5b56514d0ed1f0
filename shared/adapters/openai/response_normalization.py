"""Normalizes the differing responses of OpenAI-compatible gateways and local servers: content, reasoning, errors, images.

Contents as lists of parts; reasoning inside the text (`<think>`, `[THINK]`, `<|channel|>analysis`); errors inside a 200, beside or
inside the choices; billing refusals under several statuses and words; images as `data:` or as an address.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from shared.adapters.openai.error_mapping import (
    BILLING,
    BUSY,
    DEFAULT_WAIT,
    QUOTA,
    REFUSED,
    no_credit,
    refused,
    unauthorised,
    unavailable,
)
from shared.errors import HeadraceError, Permanent, PutBack

_NAMES = ("think", "thinking", "thought", "reasoning", "reflection", "analysis", "scratchpad", "seed:think")
_OPENINGS = (*(f"<{name}>" for name in _NAMES), "[think]", "◁think▷", "<|begin_of_thought|>", "<|channel|>analysis<|message|>")
_CLOSINGS = {
    **{f"<{name}>": f"</{name}>" for name in _NAMES}, "[think]": "[/think]", "◁think▷": "◁/think▷", "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|channel|>analysis<|message|>": "<|end|>",
}  # fmt: skip
_STRAY_CLOSING = re.compile(
    "|".join(re.escape(closing) for closing in dict.fromkeys(_CLOSINGS.values()) if closing != "<|end|>"), re.IGNORECASE
)
_MARKS = re.compile(
    r"<\|(?:start|end|return|message|im_end|im_start|eot_id|endoftext|channel|begin_of_solution|end_of_solution)\|>(?:assistant|final)?"
)
LONGEST_OPENING = max(map(len, _OPENINGS))
_HIDDEN_PARTS = {"reasoning", "thinking", "reasoning_content", "redacted_thinking", "tool_use", "tool_call"}


def content_text(content: Any) -> str:
    """A message's content as text, whatever it is: a string, parts, objects of the SDK or none."""
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, list | tuple):
        return "".join(content_text(part) for part in content)
    found = content if isinstance(content, Mapping) else getattr(content, "__dict__", {})
    if found.get("type") in _HIDDEN_PARTS:
        return ""
    for name in ("text", "content", "output_text", "value"):
        if (inner := found.get(name)) is not None:
            return content_text(inner)
    return (
        json.dumps(content, ensure_ascii=False) if isinstance(content, dict) and "type" not in content else ""
    )  # the object itself


def choice_text(choice: Any) -> str:
    """What a choice says: its message's content, else what it calls a tool with, else the text of an old completion."""
    message = _field(choice, "message")
    called = [_field(call, "function") for call in _field(message, "tool_calls") or ()] + [_field(message, "function_call")]
    places = [_field(message, "content"), *(_field(call, "arguments") for call in called), _field(choice, "text")]
    return next((text for place in places if (text := content_text(place))), "")


def without_reasoning(text: str) -> str:
    """The text without what a model thought before it; empty if it never came to an end of that."""
    hidden = HiddenReasoning()
    shown = hidden.shown(text) + hidden.rest()
    if (last := None if not shown else [*_STRAY_CLOSING.finditer(shown[:200_000])]) and last:
        shown = shown[last[-1].end() :]  # templates that open it for the model
    return _MARKS.sub("", shown).lstrip("\n") if shown != text else text


class HiddenReasoning:
    """The same for a text that comes in pieces: what may be shown of each; a beginning is held until it is clear what it is."""

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""
        self._begun = self._hid = False

    def shown(self, piece: str) -> str:
        """What of the text so far may be shown now and was not yet."""
        if self._begun and not self._closing:
            return piece
        self._held += piece
        while True:
            if self._closing:
                at = self._held.lower().find(self._closing)
                if at < 0:
                    self._held = self._held[-len(self._closing) :] if len(self._held) > len(self._closing) else self._held
                    return ""
                self._held, self._closing = self._held[at + len(self._closing) :].lstrip(), ""
            low = self._held.lstrip().lower()
            opening = next((one for one in _OPENINGS if low.startswith(one)), "")
            if opening:
                self._closing, self._hid = _CLOSINGS[opening], True
                self._held = self._held.lstrip()[len(opening) :]
                continue
            if len(low) < LONGEST_OPENING and any(one.startswith(low) for one in _OPENINGS):
                return ""
            self._begun = True
            held, self._held = self._held, ""
            return held.lstrip() if self._hid else held

    def rest(self) -> str:
        """What is left at the end: a beginning that turned out to be text."""
        held, self._held = ("" if self._closing else self._held), ""
        return held


def error_inside(answer: Any) -> HeadraceError | None:
    """The error that an answer with status 200 is; None if it is an answer."""
    choice = next(iter(getattr(answer, "choices", None) or ()), None)
    for place in (answer, choice):
        found = _field(place, "error")
        if found:
            return of_body(found)
    if choice is not None and getattr(choice, "finish_reason", None) == "error":
        return unavailable("the model provider's answer ended in an error")
    return None


def of_body(error: Any) -> HeadraceError:
    """An error's body as ours: by its code, its type or its words."""
    if not isinstance(error, Mapping):
        error = getattr(error, "__dict__", None) or {"message": str(error)}
    names = {str(error.get(name, "")) for name in ("code", "type", "status")}
    message = " ".join(str(error.get("message", "")).split())[:200]
    if names & (QUOTA | {"402"}) or BILLING.search(message):
        return no_credit()
    if names & (REFUSED | {"content_policy", "safety"}):
        return refused()
    if names & (BUSY | {"429", "RESOURCE_EXHAUSTED"}):
        return PutBack("openai", DEFAULT_WAIT)
    if names & {"401", "403"}:
        return unauthorised(message)
    if names & {"404", "model_not_found"}:
        return Permanent(
            f"the provider has no such model: {message}", code="model_not_found", advice="Check the HEADRACE_MODEL_* settings."
        )
    return unavailable(f"the model provider answered with an error: {message}")


def image_data(text: str) -> bytes | None:
    """The bytes of a base64 text or a `data:` address; None for anything else."""
    body = text.strip()
    if body[:5].lower() == "data:":
        head, _, body = body.partition(",")
        if "base64" not in head.lower():
            return None
    try:
        return base64.b64decode(body, validate=True) or None
    except ValueError:
        return None


def _field(place: Any, name: str) -> Any:
    return place.get(name) if isinstance(place, Mapping) else getattr(place, name, None)
