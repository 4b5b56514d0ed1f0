"""The model batches port over the OpenAI SDK: a file of requests, a batch of it, a file of answers."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import replace
from typing import Any, Final

from shared.adapters.openai import model_catalogue
from shared.adapters.openai.chat_completions import text_of
from shared.adapters.openai.provider_client import Need, Provider
from shared.adapters.openai.structured_output import messages_of, parse, response_format_of
from shared.errors import Permanent
from shared.ports.limits import Limits
from shared.ports.models import Answer, BatchResult
from shared.settings import Settings

ENDPOINT: Final = "/v1/chat/completions"
PRICE = 0.5
"""Of the plain price."""
NAME = "headrace"
"""The metadata by which a batch is found again that was handed in by somebody who died before writing its id down."""
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
CANCELLING = "cancelling"
SECONDS = 120.0
"""For one request: files of answers are some megabytes."""
MOST_KEPT = 4
"""Files of answers at hand: whoever waited for a batch comes for its part of one."""
RESOURCE = "openai-batches"
"""They have limits of their own, and none of ours."""


class OpenAIBatches:
    """Batches of chat completions by the first model of each question's role."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._settings = settings
        self._provider = Provider(settings, limits, None)
        self._files: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._label = ""

    @property
    def label(self) -> str:
        """Who answered last."""
        return self._label

    def request(self, **question: Any) -> str:
        """A question as a line of the file has it; see the port."""
        role = question.get("role", "fast")
        model = self._model(role)
        body = {
            "model": model,
            "messages": messages_of(question["instructions"], question["data"]),
            "response_format": response_format_of(question["answer"]),
            "max_completion_tokens": question.get("max_output_tokens", model_catalogue.MAX_OUTPUT_TOKENS),
            **model_catalogue.options_of(model, role),
        }
        return json.dumps(body, ensure_ascii=False)

    def ceiling(self, **question: Any) -> float:
        """Dollars that it may cost at most in this tier."""
        return PRICE * model_catalogue.ceiling([self._model(question.get("role", "fast"))], question)

    async def submit(self, name: str, requests: dict[str, str]) -> str:
        """Hand in requests, unless a batch of this name is there; see the port."""
        if (found := await self.find(name)) is not None:
            return found
        async with self._provider.request(Need("", resource=RESOURCE, obeyed=False), SECONDS) as exchange:
            batches, files = exchange.client.batches.with_raw_response, exchange.client.files.with_raw_response
            lines = "\n".join(_line(question, body) for question, body in requests.items())
            file = await exchange.answered(files.create(file=(f"{name}.jsonl", lines.encode()), purpose="batch"))
            made = await exchange.answered(
                batches.create(
                    input_file_id=file.id, endpoint=ENDPOINT, completion_window="24h", metadata={NAME: name}
                )
            )  # fmt: skip
            return str(made.id)

    async def find(self, name: str) -> str | None:
        """The id of the batch of this name, if it is there."""
        async with self._provider.request(Need("", resource=RESOURCE, obeyed=False), SECONDS) as exchange:
            page = await exchange.answered(exchange.client.batches.with_raw_response.list(limit=100))
        return next((str(batch.id) for batch in page.data if (batch.metadata or {}).get(NAME) == name), None)

    async def cancel(self, batch: str) -> None:
        """Ask for no more answers; see the port."""
        if (await self._batch(batch)).status in ENDED | {CANCELLING}:
            return
        try:
            async with self._provider.request(Need("", resource=RESOURCE, obeyed=False), SECONDS) as exchange:
                await exchange.answered(exchange.client.batches.with_raw_response.cancel(batch))
        except Permanent:
            if (await self._batch(batch)).status not in ENDED | {CANCELLING}:  # else it has ended just now
                raise

    async def has_ended(self, batch: str) -> bool:
        """Whether nothing more will be answered."""
        return (await self._batch(batch)).status in ENDED

    async def result(self, batch: str, question: str) -> BatchResult | None:
        """What an ended batch holds for a question; see the port."""
        if batch not in self._files:
            self._files[batch] = await self._answers(batch)
            if len(self._files) > MOST_KEPT:
                self._files.popitem(last=False)
        completion = self._files[batch].get(question)
        if completion is None:
            return None
        self._label = completion.model
        usage = model_catalogue.usage_of(completion.usage, completion.model, completion.model)
        return BatchResult(completion, replace(usage, usd=PRICE * usage.usd))

    def read(self, result: BatchResult, answer: type[Answer]) -> Answer:
        """The answer as a validated object; see the port."""
        return parse(text_of(result.completion), answer)

    async def _batch(self, batch: str) -> Any:
        async with self._provider.request(Need("", resource=RESOURCE, obeyed=False), SECONDS) as exchange:
            return await exchange.answered(exchange.client.batches.with_raw_response.retrieve(batch))

    async def _answers(self, batch: str) -> dict[str, Any]:
        """The good lines of its file of answers, also of a batch that expired half-way; there may be no such file."""
        file = (await self._batch(batch)).output_file_id
        if not file:
            return {}
        async with self._provider.request(Need("", resource=RESOURCE, obeyed=False), SECONDS) as exchange:
            content = await exchange.answered(exchange.client.files.with_raw_response.content(file))
        return dict(found for line in content.text.splitlines() if (found := _answered(line)) is not None)

    def _model(self, role: str) -> str:
        names = self._settings.model_good if role == "good" else self._settings.model_fast
        return next(iter(names), "")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._provider.aclose()


def _line(question: str, body: str) -> str:
    return f'{{"custom_id": {json.dumps(question)}, "method": "POST", "url": "{ENDPOINT}", "body": {body}}}'


def _answered(line: str) -> tuple[str, Any] | None:
    """A line's question and its completion; None for one that failed or that nobody can read."""
    from openai.types.chat import ChatCompletion  # noqa: PLC0415 - half a second at import

    try:
        said = json.loads(line)
        response = said["response"]
        if response["status_code"] != 200:  # noqa: PLR2004 - HTTP's own number
            return None
        return str(said["custom_id"]), ChatCompletion.model_validate(response["body"])
    except (ValueError, KeyError, TypeError):
        return None
