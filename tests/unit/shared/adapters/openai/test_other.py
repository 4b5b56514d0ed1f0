"""Moderation, embeddings, and a model of one's own for a question."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import BaseModel

from shared.adapters.openai import embedding_batches
from shared.adapters.openai.models import OpenAIModels
from shared.errors import HeadraceError, Permanent, PutBack, Transient, Unavailable
from shared.ports.models import Moderation, Priced, Usage
from shared.settings import Settings
from tests.support.fakes import FakeLimits
from tests.unit.shared.adapters.openai.conftest import Provider, answer, failure
from tests.unit.shared.adapters.web.sites import http


def moderated(**flags: bool) -> dict[str, Any]:
    found = {name.replace("__", "/").replace("_", "-"): said for name, said in flags.items()}
    return {"id": "m", "model": "omni-moderation-latest", "results": [{"flagged": any(found.values()), "categories": found}]}


async def test_moderation_names_what_it_found_and_costs_a_call(provider: Provider) -> None:
    provider.says(
        "moderations", answer(moderated(violence=True, violence__graphic=True, hate=False), x_ratelimit_remaining_requests=0)
    )
    assert await provider.models.moderate("so much gore") == Moderation(True, ("violence", "violence/graphic"))
    assert provider.asked == [{"model": "omni-moderation-latest", "input": "so much gore"}]
    assert provider.used == [Usage(calls=1)]
    assert (provider.limits.acquired, provider.settled["tokens"], provider.settled["usd"]) == (["openai"], 0, 0.0)
    assert provider.settled["headers"] == {}  # they speak of moderation's own limit: chat is not to be held up by it


async def test_an_image_is_moderated_with_its_text(provider: Provider) -> None:
    provider.says("moderations", answer(moderated(hate=False)))
    assert await provider.models.moderate("a mill", image=b"\x89PNG", media="image/webp") == Moderation(False)
    assert await provider.models.moderate("", image=b"\x89PNG") == Moderation(False)
    picture = {"type": "image_url", "image_url": {"url": "data:image/webp;base64,iVBORw=="}}
    assert provider.asked[0]["input"] == [{"type": "text", "text": "a mill"}, picture]
    assert [part["type"] for part in provider.asked[1]["input"]] == ["image_url"]


def embedded(*lists: list[float], tokens: int = 30) -> dict[str, Any]:
    data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(lists)]
    return {"object": "list", "model": "text-embedding-3-large", "data": data, "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}  # fmt: skip


async def test_each_text_has_its_unit_vector_in_order(provider: Provider) -> None:
    body = embedded([0.6, 0.8], [3.0, 4.0])
    body["data"].reverse()
    provider.says("embeddings", answer(body))
    assert await provider.models.embed(["a", ""]) == [[0.6, 0.8], [0.6, 0.8]]
    assert (provider.asked[0]["model"], provider.asked[0]["input"]) == ("text-embedding-3-large", ["a", " "])
    assert provider.used == [Usage(1, 30, 0, 0, 30 * 0.13 / 1e6)]
    assert (provider.settled["tokens"], provider.settled["usd"]) == (30, provider.used[0].usd)
    assert provider.models.ceiling({"texts": ["ä" * 50]}) == pytest.approx(100 * 0.13 / 1e6)


async def test_no_text_is_no_request(provider: Provider) -> None:
    assert await provider.models.embed([]) == []
    assert not provider.site.requests


async def test_many_texts_are_several_requests(provider: Provider) -> None:
    texts = [f"{number}" for number in range(embedding_batches.MOST_TEXTS + 3)]
    provider.says(
        "embeddings", answer(embedded(*[[1.0, 0.0]] * embedding_batches.MOST_TEXTS)), answer(embedded(*[[0.0, 1.0]] * 3))
    )
    found = await provider.models.embed(texts)
    assert (len(found), found[0], found[-1]) == (len(texts), [1.0, 0.0], [0.0, 1.0])
    assert [text for body in provider.asked for text in body["input"]] == texts
    assert len(provider.used) == len(provider.limits.settled) == 2


def test_batches_are_bounded_in_tokens_and_keep_all_texts() -> None:
    texts = ["x" * 8_000] * 25 + ["y" * 1_000_000] + ["z"]
    found = list(embedding_batches.batches(texts))
    assert [text for batch in found for text in batch] == texts
    assert [len(batch) for batch in found] == [10, 10, 5, 1, 1]
    assert math.isclose(len("".join(found[0])) / 4, embedding_batches.MOST_TOKENS)


FAILURES: list[tuple[bytes, type[HeadraceError], str]] = [
    (failure(429, "rate_limit_exceeded", retry_after=3), PutBack, "waiting_for_limit"),
    (failure(500), Unavailable, "model_turned_away"),
    (failure(401), Permanent, "model_unauthorised"),
    (failure(404, "model_not_found"), Permanent, "model_not_found"),
    (http("{not json", content_type="application/json"), Unavailable, "model_unavailable"),
    (http("<html>welcome</html>", content_type="text/html"), Unavailable, "model_unavailable"),
    (answer({}), Unavailable, "model_unavailable"),
]
NO_FLAGS = (answer({"results": [{}]}), Unavailable, "model_unavailable")
BODIES: tuple[dict[str, Any], ...] = (embedded([1.0]), embedded([1.0, 0.0], [1.0]), embedded([], []), {"data": [{}, {}]})
NO_VECTORS = [(answer(body), Transient, "model_invalid_answer") for body in BODIES]


@pytest.mark.parametrize(("said", "kind", "code"), [*FAILURES, *NO_VECTORS])
async def test_each_failed_embedding_has_its_error(provider: Provider, said: bytes, kind: type[HeadraceError], code: str) -> None:
    provider.says("embeddings", said)
    with pytest.raises(kind) as caught:
        await provider.models.embed(["a", "b"])
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert provider.settled["status"] == 0  # a 429 of this model's own limit holds up nobody else


@pytest.mark.parametrize(("said", "kind", "code"), [*FAILURES, NO_FLAGS])
async def test_each_failed_moderation_has_its_error(
    provider: Provider, said: bytes, kind: type[HeadraceError], code: str
) -> None:
    provider.says("moderations", said)
    with pytest.raises(kind) as caught:
        await provider.models.moderate("a")
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert len(provider.limits.settled) == 1


class Colour(BaseModel):
    name: str


def coloured() -> bytes:
    message = {"role": "assistant", "content": '{"name": "blue"}'}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
    return answer({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage})


async def test_a_question_may_name_its_model_and_an_unknown_one_falls_back_to_the_roles(provider: Provider) -> None:
    provider.says("chat/completions", coloured(), failure(404, "model_not_found"), coloured())
    question: dict[str, Any] = {"instructions": "", "data": "the sea", "answer": Colour}
    for model in ("gpt-6-sol", "gpt-4o", "gpt-4o", None):
        assert await provider.models.ask(**question, model=model) == Colour(name="blue")
    assert [body["model"] for body in provider.asked] == ["gpt-6-sol", "gpt-4o", "gpt-6-luna", "gpt-6-luna", "gpt-6-luna"]
    assert provider.asked[0]["reasoning_effort"] == "none"
    assert provider.models.ceiling(question | {"model": "gpt-6-sol"}) > 2 * provider.models.ceiling(question)


@pytest.mark.parametrize(("role", "usd"), [("fast", 0.1 + 0.5), ("good", 1.0 + 5.0), ("image", 5.0 + 30.0), ("embedding", 0.13)])
def test_each_role_has_its_price(provider: Provider, role: Priced, usd: float) -> None:
    assert provider.models.price(role, 1e6, 1e6) == pytest.approx(usd)
    assert not provider.models.unpriced(role)


@pytest.mark.parametrize("role", ["fast", "good", "image", "embedding"])
def test_a_model_that_the_price_list_lacks_is_named(role: Priced) -> None:
    setting = {f"HEADRACE_MODEL_{role.upper()}": "one-of-our-own,gpt-6-luna"}
    models = OpenAIModels(Settings.load({**setting, "OPENAI_API_KEY": "k"}), FakeLimits())
    assert models.unpriced(role) == "one-of-our-own"
