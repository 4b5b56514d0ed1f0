"""The offline model's streams, images, moderations and embeddings: the official SDK and our adapter cannot tell."""

from __future__ import annotations

import base64
import io
import json
import re
import time
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI
from PIL import Image
from pydantic import BaseModel

from infra.local.uvicorn_server import serve
from infra.offline_model import chat, images, moderation, rule_router
from infra.offline_model.server import offline_app
from shared.errors import Permanent, PutBack
from shared.ports.models import Usage
from tests.unit.infra.offline_model.offline_models import models_on, offline_models
from tests.unit.shared.adapters.web.conftest import NO_TLS


def client(**options: Any) -> AsyncOpenAI:
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(offline_app(**options)))
    return AsyncOpenAI(api_key="none", base_url="http://offline.test/v1", max_retries=0, http_client=http)


TEXT = "Headrace is a water channel that feeds a mill. It carries 300 litres a second. " * 3
ASKED: list[Any] = [{"role": "user", "content": TEXT}]


async def timed(base: str) -> list[float]:
    """When each piece of a streamed answer comes, in seconds from the question."""
    http = httpx2.AsyncClient(verify=NO_TLS)
    sdk = AsyncOpenAI(api_key="none", base_url=f"{base}/v1", max_retries=0, http_client=http)
    await sdk.models.list()  # connects
    began = time.monotonic()
    stream = await sdk.chat.completions.create(model="any", messages=ASKED, stream=True)
    times = [time.monotonic() - began async for chunk in stream if chunk.choices and chunk.choices[0].delta.content]
    await sdk.close()
    return times


async def test_a_stream_comes_piece_by_piece_over_its_latency() -> None:
    async with serve(offline_app(latency=0.6)) as base:
        times = await timed(base)
    assert len(times) > 8
    assert times[0] >= 0.6 * chat.FIRST - 0.01
    assert times[-1] >= 0.59
    assert len(set(times)) > 8  # not all at its end


async def test_without_a_latency_a_stream_has_the_pace_of_a_quick_model() -> None:
    async with serve(offline_app()) as base:
        times = await timed(base)
    assert times[-1] - times[0] >= (len(times) - 1) * chat.PACE * 0.9


@pytest.mark.parametrize("text", ["", "a", " two  words\nand more ", "台積電今天股價創新高，AI需求 strong。", TEXT])
def test_pieces_add_up_to_the_text_and_are_short(text: str) -> None:
    assert "".join(chat.pieces(text)) == text
    assert all(len(piece) < 40 for piece in chat.pieces(text))


async def test_usage_is_streamed_only_when_it_is_asked_for() -> None:
    stream = await client().chat.completions.create(model="any", messages=ASKED, stream=True)
    assert [chunk.usage for chunk in [chunk async for chunk in stream] if chunk.usage] == []


async def test_a_stream_carries_the_rate_limits() -> None:
    raw = await client(rpm=5).chat.completions.with_raw_response.create(model="any", messages=ASKED, stream=True)
    assert (raw.headers["x-ratelimit-limit-requests"], raw.headers["x-ratelimit-remaining-requests"]) == ("5", "4")
    assert raw.headers["content-type"].startswith("text/event-stream")


async def test_the_adapter_writes_draws_moderates_and_embeds_for_nothing() -> None:
    used: list[Usage] = []
    models = models_on(httpx2.ASGITransport(offline_app()), used=used)
    text = "".join([piece async for piece in models.write(instructions="Sum up.", data=TEXT)])
    assert text.startswith("Headrace is a water channel")
    picture = await models.draw(prompt="a mill in spring", size="1024x1280", media="webp")
    assert (picture.media, picture.model, Image.open(io.BytesIO(picture.content)).size) == ("image/webp", "offline", (1024, 1280))
    assert not (await models.moderate(text, image=picture.content, media=picture.media)).flagged
    assert (await models.moderate("A massacre with much GORE.")).categories == ("violence", "violence/graphic")
    assert len(await models.embed(["a mill", "a channel"])) == 2
    assert [usage.calls for usage in used] == [1] * 5
    assert sum(usage.usd for usage in used) == 0
    assert models.label == "offline"


def pixels(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


async def drawn(**changes: Any) -> bytes:
    question: dict[str, Any] = {"model": "gpt-image-2.6-flare", "prompt": "a mill in teal and gold", "size": "1024x640"}
    answer = await client().images.generate(**question | changes)
    assert answer.data is not None
    return base64.b64decode(str(answer.data[0].b64_json))


@pytest.mark.parametrize(("form", "size"), [("png", "1024x640"), ("jpeg", "640x1024"), ("webp", "1536x864"), (None, "auto")])
async def test_an_image_has_the_asked_size_and_format(form: str | None, size: str) -> None:
    image = pixels(await drawn(size=size, **({"output_format": form} if form else {})))
    assert image.format == (form or "png").upper()
    assert f"{image.width}x{image.height}" == size.replace("auto", "1024x1024")


async def test_an_image_comes_from_its_prompt_and_its_quality() -> None:
    seen = [await drawn(), await drawn(), await drawn(prompt="a mill in red"), await drawn(quality="high")]
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    red, _, blue = pixels(seen[2]).resize((1, 1)).getpixel((0, 0))  # type: ignore[misc] # three channels
    assert red > blue


async def test_an_image_is_marked_as_a_sample() -> None:
    image = pixels(await drawn(quality="low")).convert("L")
    corner = image.crop((image.width - 140, image.height - 50, image.width - 10, image.height - 10))
    least, most = corner.getextrema()
    assert isinstance(most, int | float)
    assert most > 240  # the letters
    assert isinstance(least, int | float)
    assert least < 110  # what they stand on


async def test_an_images_usage_grows_with_its_quality_and_size() -> None:
    async def used(**changes: Any) -> int:
        answer = await client().images.generate(model="any", prompt="a mill", **changes)
        assert answer.usage is not None
        return int(answer.usage.output_tokens)

    small, high, large = await used(quality="low"), await used(quality="high"), await used(quality="low", size="2048x1024")
    assert (small, high, large) == (272, 4160, 544)


@pytest.mark.parametrize(("changes", "code"), [
    ({"prompt": "a field of GORE, softly lit"}, "moderation_blocked"), ({"size": "100x100"}, "invalid_value"), ({"size": "1000x1000"}, "invalid_value"),
    ({"size": "3840x1024"}, "invalid_value"), ({"quality": "best"}, "invalid_value"), ({"output_format": "gif"}, "invalid_value"), ({"n": 11}, None),
    ({"prompt": ""}, None),
])  # fmt: skip
async def test_what_the_provider_would_not_draw_is_refused_in_its_shape(changes: dict[str, Any], code: str | None) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        await drawn(**changes)
    assert caught.value.code == code
    assert caught.value.type == ("image_generation_user_error" if code == "moderation_blocked" else "invalid_request_error")


async def test_the_adapter_is_told_that_a_prompt_is_blocked() -> None:
    with pytest.raises(Permanent) as caught:
        await offline_models().draw(prompt="a bloodbath")
    assert caught.value.code == "image_blocked"


async def test_images_have_a_limit_and_a_latency_of_their_own() -> None:
    models = models_on(httpx2.ASGITransport(offline_app(ipm=1, image_latency=0.2)))
    began = time.monotonic()
    await models.draw(prompt="one", size="1024x640")
    assert time.monotonic() - began >= 0.2
    with pytest.raises(PutBack) as caught:
        await models.draw(prompt="two", size="1024x640")
    assert 55 <= (caught.value.retry_after or 0) <= 60
    assert "".join([piece async for piece in models.write(instructions="", data=TEXT)])
    assert not (await models.moderate("fine")).flagged


async def test_moderation_answers_each_text_and_one_for_all_parts() -> None:
    sdk = client()
    answer = await sdk.moderations.create(input=["A nice day.", "Nude.", "denuded hills", "gore-tex jackets"])
    assert [result.flagged for result in answer.results] == [False, True, False, False]
    assert answer.results[1].categories.sexual
    assert answer.results[1].category_scores.sexual > 0.9
    picture = f"data:image/png;base64,{base64.b64encode(await drawn()).decode()}"
    parts: list[Any] = [{"type": "text", "text": "a massacre"}, {"type": "image_url", "image_url": {"url": picture}}]
    [mixed] = (await sdk.moderations.create(input=parts)).results
    assert (mixed.flagged, mixed.category_applied_input_types.violence) == (True, ["image", "text"])
    assert not (await sdk.moderations.create(input=parts[1:])).results[0].flagged


@pytest.mark.parametrize("given", [
    [], 7, [{"type": "video"}], ["text", 7], [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}],
    [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}], [{"type": "image_url", "image_url": {"url": "data:image/png;base64,?"}}],
])  # fmt: skip
async def test_what_cannot_be_moderated_is_refused(given: Any) -> None:
    with pytest.raises(openai.BadRequestError):
        await client().moderations.create(input=given)


def test_every_word_has_a_category_that_the_provider_has() -> None:
    assert set(moderation.WORDS.values()) <= set(moderation.CATEGORIES)


async def test_a_large_image_costs_no_tokens_to_moderate() -> None:
    models = models_on(httpx2.ASGITransport(offline_app(tpm=100)))
    content = images.encoded(Image.effect_noise((600, 600), 90), "png")
    for _ in range(3):
        await models.moderate("a mill", image=content)


async def test_texts_that_share_words_are_near_in_any_script() -> None:
    texts = [
        "台積電第三季營收創新高",
        "台積電營收又創新高",
        "今天的天氣非常適合爬山",
        "chips from Taiwan",
        "Taiwan's chips",
        "a walk in the hills",
    ]
    vectors = await offline_models().embed(texts)

    def near(a: int, b: int) -> float:
        return sum(x * y for x, y in zip(vectors[a], vectors[b], strict=True))

    assert near(0, 1) > 0.3 > near(0, 2)
    assert near(3, 4) > 0.5 > near(3, 5)


class Note(BaseModel):
    title: str
    words: int


async def test_a_rule_answers_by_the_task_that_the_data_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def note(data: dict[str, Any]) -> dict[str, Any]:
        return {"title": f"On {data['topic']}", "words": 3}

    def poem(data: dict[str, Any]) -> str:
        return f"O {data['topic']}, wide and slow."

    monkeypatch.setattr(rule_router, "BY_TASK", {"note": note, "poem": poem})
    models = offline_models()
    data = {"topic": "the mill race"}
    assert await models.ask(instructions="", data=json.dumps(data | {"task": "note"}), answer=Note) == Note(
        title="On the mill race", words=3
    )
    pieces = [piece async for piece in models.write(instructions="", data=json.dumps(data | {"task": "poem"}))]
    assert "".join(pieces) == "O the mill race, wide and slow."
    assert len(pieces) == 3
    other = await models.ask(instructions="", data=json.dumps(data | {"task": "other"}), answer=Note)
    assert "mill race" in other.title


def test_the_words_are_documented() -> None:
    page = " ".join((Path(__file__).parents[4] / "docs" / "models.md").read_text().split())
    [named] = re.findall(r"one of these words [^:]*: ([^.]+)\.", page)
    assert named.split(", ") == sorted(moderation.WORDS)
