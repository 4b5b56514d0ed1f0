"""Answers of chat models: what is reserved for them, and what is read from them, whole or piece by piece."""

from __future__ import annotations

from typing import Any

from shared.adapters.openai import model_catalogue
from shared.adapters.openai.error_mapping import refused, truncated, unavailable, useless
from shared.adapters.openai.provider_client import Need
from shared.adapters.openai.response_normalization import (
    HiddenReasoning,
    choice_text,
    content_text,
    error_inside,
    without_reasoning,
)
from shared.adapters.openai.structured_output import TEXT_MODELS
from shared.ports.models import Usage


def need_of(request: dict[str, Any]) -> Need:
    """What a chat request needs: its tokens and a quarter of the answer's room, which is seldom filled; all of its dollars."""
    room = request["max_completion_tokens"]
    asked = sum(model_catalogue.tokens_of(message["content"]) for message in request["messages"])
    return Need(request["model"], asked + room // 4, _bound(request, request["model"]))


def untransformed(request: dict[str, Any]) -> dict[str, Any]:
    """The same request as an extra body: what we send is JSON already, and the SDK would look through all of it by its types."""
    return {"model": request["model"], "messages": (), "extra_body": request}


def _bound(request: dict[str, Any], model: str) -> float:
    sent = [request["messages"], *([request["response_format"]] if "response_format" in request else [])]
    return model_catalogue.bound(model, sent, request["max_completion_tokens"])


def text_of(completion: Any) -> str:
    """A whole answer's text.

    Raises:
        Permanent: the model refused (`model_refused`) or was cut off (`model_truncated`).
        HeadraceError: the answer holds an error (see `response_normalization.of_body`).
    """
    if (error := error_inside(completion)) is not None:
        raise error
    choice = completion.choices[0] if completion.choices else None
    if choice is not None and choice.finish_reason == "length":
        raise truncated()
    if choice is not None and (choice.finish_reason == "content_filter" or getattr(choice.message, "refusal", None)):
        raise refused()
    # No choice or no text is no valid object either: `parse` says so.
    return without_reasoning(choice_text(choice))


class Text:
    """An answer that comes in pieces: what they add up to, without keeping them."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._request = request
        self.model: str = request["model"]
        self._usage: Any = None
        self._bytes = 0
        self._finish: str | None = None
        self._refused = False
        self._hidden = HiddenReasoning()

    def piece(self, chunk: Any) -> str:
        """What a chunk adds to the text; often nothing."""
        self.model = getattr(chunk, "model", None) or self.model
        self._usage = getattr(chunk, "usage", None) or self._usage
        if (error := error_inside(chunk)) is not None:
            raise error
        choice = next(iter(getattr(chunk, "choices", None) or ()), None)
        if choice is None:
            return ""
        self._finish = choice.finish_reason or self._finish
        delta = getattr(choice, "delta", None)
        self._refused = self._refused or bool(getattr(delta, "refusal", None))
        piece = self._hidden.shown(content_text(getattr(delta, "content", None)))
        if self._finish:
            piece += self._hidden.rest()
        self._bytes += len(piece.encode("utf-8", "surrogatepass"))
        return piece

    def used(self) -> tuple[Usage, int | None]:
        """What it used, and its tokens if the provider has told: it does at the end. Else it cost what was reserved."""
        if self._usage:
            return model_catalogue.usage_of(self._usage, self.model, self._request["model"]), self._usage.total_tokens
        asked = sum(model_catalogue.tokens_of(message["content"]) for message in self._request["messages"])
        model = self.model if model_catalogue.family(self.model, model_catalogue.PRICES) else self._request["model"]
        return Usage(1, asked, self._bytes // 4, 0, _bound(self._request, model)), None

    def check(self) -> None:
        """Whether it is whole.

        Raises:
            Transient: it broke off (`model_unavailable`), or there is none (`model_invalid_answer`).
            Permanent: the model refused (`model_refused`) or was cut off (`model_truncated`).
        """
        if self._finish is None:
            raise unavailable("the model's text broke off")
        if self._finish == "length":
            raise truncated()
        if self._refused or self._finish == "content_filter":
            raise refused()
        if not self._bytes:
            raise useless("the model wrote nothing", TEXT_MODELS)
