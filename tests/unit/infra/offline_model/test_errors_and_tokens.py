"""The offline model speaks OpenAI's protocol: the official SDK cannot tell."""

from __future__ import annotations

import base64
import io
import time
from types import SimpleNamespace
from typing import Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI
from PIL import Image
from pydantic import BaseModel

from infra.offline_model import chat, server
from infra.offline_model.rate_windows import Windows, duration
from infra.offline_model.server import offline_app
from shared.adapters.openai.error_mapping import seconds_of
from shared.adapters.openai.structured_output import response_format_of
from tests.unit.infra.offline_model.offline_models import models_on, offline_models


def client(**options: Any) -> AsyncOpenAI:
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(offline_app(**options)))
    return AsyncOpenAI(api_key="none", base_url="http://offline.test/v1", max_retries=0, http_client=http)


ASKED: list[Any] = [{"role": "user", "content": "Headrace is a water channel that feeds a mill. It carries 300 litres a second."}]


async def test_chat_answers_from_the_prompts_own_text() -> None:
    answer = await client().chat.completions.create(model="any", messages=ASKED)
    assert answer.model == "offline"
    assert "Headrace is a water channel" in str(answer.choices[0].message.content)
    assert answer.usage is not None
    assert answer.usage.prompt_tokens == pytest.approx(len(ASKED[0]["content"]) / 4, abs=2)


async def test_a_stream_adds_up_to_the_answer_and_ends_with_its_usage() -> None:
    whole = await client().chat.completions.create(model="any", messages=ASKED)
    stream = await client().chat.completions.create(
        model="any", messages=ASKED, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert chunks[-1].usage == whole.usage
    assert chunks[-2].choices[0].finish_reason == "stop"


async def test_too_small_a_room_cuts_the_answer_off() -> None:
    answer = await client().chat.completions.create(model="any", messages=ASKED, max_completion_tokens=3)
    assert answer.choices[0].finish_reason == "length"


class Node(BaseModel):
    kind: str
    parts: tuple[Node, ...] = ()


class Odd(BaseModel):
    """A schema that nobody wrote rules for."""

    summary: str
    litres: int
    wet: bool
    level: float | None
    river: Any = None
    tags: list[str]
    tree: Node


async def test_an_unknown_schema_gets_an_answer_that_satisfies_it_from_the_text() -> None:
    found = await offline_models().ask(instructions="Summarise.", data=ASKED[0]["content"], answer=Odd)
    assert found.summary == "Headrace is a water channel that feeds a mill."
    assert found.litres == 300
    assert found.tags


async def test_the_adapter_learns_the_label_from_the_answer() -> None:
    models = models_on(httpx2.ASGITransport(offline_app()))
    assert models.label == "gpt-6.1-terra"
    await models.ask(instructions="", data="One sentence that is long enough.", answer=Odd)
    assert models.label == "offline"


async def test_data_that_is_not_what_a_rule_reads_still_gets_a_valid_answer() -> None:
    for name in ("Insights", "SectionDraft"):
        form = response_format_of(Odd)
        form["json_schema"]["name"] = name
        answer = await client().chat.completions.create(model="any", messages=ASKED, response_format=form)  # type: ignore[call-overload] # a plain dict
        Odd.model_validate_json(answer.choices[0].message.content)


async def test_embeddings_are_deterministic_unit_vectors_in_both_encodings() -> None:
    texts = ["payments and ledgers", "ledgers for payments", "motion planning of robots"]
    packed = await client().embeddings.create(model="text-embedding-3-small", input=texts)
    plain = await client().embeddings.create(model="text-embedding-3-small", input=texts, encoding_format="float")
    vectors = [entry.embedding for entry in packed.data]
    assert len(vectors[0]) == 1536
    assert all(a == pytest.approx(b.embedding, abs=1e-6) for a, b in zip(vectors, plain.data, strict=True))

    def near(a: list[float], b: list[float]) -> float:
        return sum(x * y for x, y in zip(a, b, strict=True))

    assert near(vectors[0], vectors[0]) == pytest.approx(1.0, abs=1e-5)
    assert near(vectors[0], vectors[1]) > 0.5 > near(vectors[0], vectors[2])


async def test_embeddings_take_a_size() -> None:
    answer = await client().embeddings.create(model="text-embedding-3-large", input="one", dimensions=64)
    assert len(answer.data[0].embedding) == 64


async def test_an_image_is_a_png_of_the_asked_proportions_and_always_the_same() -> None:
    first = await client().images.generate(model="gpt-image-2.6-flare", prompt="a mill", size="1536x1024")
    again = await client().images.generate(model="gpt-image-2.6-flare", prompt="a mill", size="1536x1024")
    assert first.data is not None
    assert again.data is not None
    assert first.data[0].b64_json == again.data[0].b64_json
    image = Image.open(io.BytesIO(base64.b64decode(str(first.data[0].b64_json))))
    assert image.format == "PNG"
    assert image.width / image.height == pytest.approx(1.5, abs=0.01)


async def test_models_carry_a_shutdown_date() -> None:
    models = [model async for model in client().models.list()]
    assert [(model.id, model.model_dump()["shutdown_date"]) for model in models] == [("offline", None)]


async def test_over_the_limit_is_a_429_that_says_when_to_come_back() -> None:
    limited = client(rpm=2)
    raw = await limited.chat.completions.with_raw_response.create(model="any", messages=ASKED)
    assert (raw.headers["x-ratelimit-limit-requests"], raw.headers["x-ratelimit-remaining-requests"]) == ("2", "1")
    assert seconds_of(raw.headers["x-ratelimit-reset-requests"]) == pytest.approx(60, abs=5)
    await limited.chat.completions.create(model="any", messages=ASKED)
    with pytest.raises(openai.RateLimitError) as caught:
        await limited.chat.completions.create(model="any", messages=ASKED)
    assert caught.value.code == "rate_limit_exceeded"
    assert 55 <= int(caught.value.response.headers["retry-after"]) <= 60


async def test_tokens_are_limited_too() -> None:
    limited = client(tpm=40)
    await limited.chat.completions.create(model="any", messages=ASKED)
    with pytest.raises(openai.RateLimitError):
        await limited.chat.completions.create(model="any", messages=ASKED)


def test_a_window_forgets_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    windows = Windows(rpm=2, tpm=None)
    assert (windows.take(1), windows.take(1)) == (0, 0)
    clock[0] += 20
    assert windows.take(1) == pytest.approx(40)
    clock[0] += 40
    assert windows.take(1) == 0


def test_a_request_larger_than_the_limit_waits_for_an_empty_window(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    windows = Windows(rpm=None, tpm=10)
    assert windows.take(1) == 0
    assert windows.take(500) == pytest.approx(60)
    clock[0] += 60
    assert windows.take(500) == 0


@pytest.mark.parametrize(("seconds", "text"), [(0.12, "120ms"), (1.5, "1.5s"), (60, "1m0s"), (360, "6m0s"), (0, "0ms")])
def test_durations_are_written_like_go_does(seconds: float, text: str) -> None:
    assert duration(seconds) == text


async def test_latency_is_the_whole_answers_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def slow(*_: Any) -> str:
        time.sleep(0.2)
        return "An answer."

    async def noted(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(chat, "reply", slow)
    monkeypatch.setattr(server, "asyncio", SimpleNamespace(sleep=noted))
    await client(latency=60.3).chat.completions.create(model="any", messages=ASKED)
    (rest,) = slept
    assert 0 < rest <= 60.3 - 0.2  # not the sum


@pytest.mark.parametrize(
    "body", [b"{not json", b"[]", b"{}", b'{"model": "m", "messages": []}', b'{"model": "m", "messages": ["x"]}']
)
async def test_bad_requests_are_refused_in_openais_shape(body: bytes) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(offline_app()), base_url="http://offline.test") as http:
        answer = await http.post("/v1/chat/completions", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
