"""Images: which are asked for and how, what they cost, and what is made of answers that are none."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from shared.adapters.openai import images
from shared.adapters.openai.error_mapping import IMAGES, REQUESTS
from shared.engine.limits.configured_limits import limits_of
from shared.errors import BadInput, HeadraceError, Permanent, PutBack, Transient, Unavailable
from shared.ports.models import Picture
from shared.settings import Settings
from tests.unit.shared.adapters.openai.conftest import Provider, answer, failure
from tests.unit.shared.adapters.web.sites import http

PATH = "images/generations"


def file_of(form: str, size: tuple[int, int] = (64, 64)) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(out, form)
    return out.getvalue()


PNG = file_of("PNG")


def drawn(content: bytes | str | None = PNG, *, usage: bool = True, **changes: Any) -> dict[str, Any]:
    text = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    body: dict[str, Any] = {"created": 1, "data": [{"b64_json": text}], "size": "1024x1024", "quality": "medium"}
    if usage:
        body["usage"] = {"input_tokens": 40, "output_tokens": 1756, "total_tokens": 1796, "input_tokens_details": {"text_tokens": 40, "image_tokens": 0}}  # fmt: skip
    return body | changes


async def draw(provider: Provider, **changes: Any) -> Picture:
    question: dict[str, Any] = {"prompt": "a mill in spring"}
    return await provider.models.draw(**question | changes)


async def test_an_image_is_decoded_priced_and_settled_under_its_own_limit(provider: Provider) -> None:
    provider.says(PATH, answer(drawn(), x_ratelimit_remaining_requests=3))
    assert await draw(provider) == Picture(PNG, "image/png", "gpt-image-2.6-sunburst")
    [usage] = provider.used
    assert (usage.calls, usage.input_tokens, usage.output_tokens) == (1, 40, 1756)
    assert usage.usd == pytest.approx((40 * 5 + 1756 * 30) / 1e6)
    assert provider.limits.acquired == ["openai-images"]
    assert provider.settled["usd"] == usage.usd < provider.settled["reserved"]["usd"]
    assert provider.settled["headers"]["x-ratelimit-remaining-requests"] == "3"
    assert provider.asked == [
        {"model": "gpt-image-2.6-sunburst", "prompt": "a mill in spring", "size": "1024x1024", "quality": "medium", "output_format": "png", "n": 1}
    ]  # fmt: skip
    assert provider.models.label == "gpt-6.1-terra"  # who writes


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
async def test_the_media_type_is_what_the_file_says(provider: Provider, form: str) -> None:
    provider.says(PATH, answer(drawn(file_of(form), data=[{"b64_json": base64.b64encode(file_of(form)).decode(), "revised_prompt": "a mill"}])))  # fmt: skip
    found = await draw(provider, media="jpeg", size="1024x1280", quality="high")
    assert (found.media, found.revised_prompt) == (f"image/{form.lower()}", "a mill")
    [body] = provider.asked
    assert (body["output_format"], body["size"], body["quality"]) == ("jpeg", "1024x1280", "high")


SIZES = ["", "1024", "auto", "1000x1000", "512x512", "4096x1024", "3840x1024", "3840x2176", "-1024x1024", "1024x1024x3", "16x99999"]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
async def test_a_size_that_no_image_has_is_refused_before_anything_is_paid(provider: Provider, size: str) -> None:
    with pytest.raises(BadInput) as caught:
        await draw(provider, size=size)
    assert (caught.value.code, "1024x1024" in caught.value.advice) == ("bad_image_size", True)
    assert (provider.site.requests, provider.limits.acquired) == ([], [])


@pytest.mark.parametrize("size", ["1024x1024", "1536x864", "1024x1280", "3840x2160", "1408x480", "480x1440", "1024x640"])
def test_sizes_within_the_bounds_are_fine(size: str) -> None:
    assert images.sides(size) == tuple(map(int, size.split("x")))


PRICES = [  # dollars, as the provider's guide has them for gpt-image-2
    ("1024x1024", "low", 0.006), ("1024x1024", "medium", 0.053), ("1024x1024", "high", 0.211),
    ("1024x1536", "low", 0.005), ("1536x1024", "medium", 0.041), ("1024x1536", "high", 0.165),
]  # fmt: skip


@pytest.mark.parametrize(("size", "quality", "usd"), PRICES)
def test_the_list_has_the_providers_own_examples(size: str, quality: str, usd: float) -> None:
    assert images.tokens_of(size, quality) * images.price_of("gpt-image-2").output / 1e6 == pytest.approx(usd, abs=0.0006)


def test_an_image_never_costs_more_than_its_ceiling() -> None:
    question = {"prompt": "ünïcödé 😀 " * 50, "size": "1536x1024", "quality": "high"}
    listed = images.tokens_of("1536x1024", "high") * 30 / 1e6
    most = images.ceiling(("gpt-image-2.6-sunburst", "gpt-image-2.6-flare"), question)
    assert 2 * listed < most < 2.5 * listed
    assert images.ceiling(("offline",), question) == 0
    assert images.ceiling(("nobody-knows",), question) == images.ceiling((), question) == 2 * most
    assert images.price_of("gpt-image-2.6-flare-2026-11-01") == images.price_of("gpt-image-2.6-flare")


@pytest.mark.parametrize(
    ("changes", "usd"), [({"model": "offline"}, 0.0), ({"model": "my-gateway-alias"}, 0.05288), ({}, 0.05288)]
)
async def test_the_answering_model_sets_the_price_unless_nobody_knows_it(
    provider: Provider, changes: dict[str, str], usd: float
) -> None:
    provider.says(PATH, answer(drawn() | changes))
    assert (await draw(provider)).model == changes.get("model", "gpt-image-2.6-sunburst")
    assert provider.used[0].usd == pytest.approx(usd)


async def test_without_a_count_an_image_costs_what_the_list_says(provider: Provider) -> None:
    provider.says(PATH, answer(drawn(usage=False)))
    await draw(provider)
    assert provider.used[0].usd == pytest.approx((4 * 5 + 1756 * 30) / 1e6)
    assert provider.settled["usd"] is None


UNVERIFIED = "Your organization must be verified to use the model `gpt-image-2.6-sunburst`. Please go to the settings."
FAILURES: list[tuple[bytes, type[HeadraceError], str]] = [
    (failure(400, "moderation_blocked", kind="image_generation_user_error"), Permanent, "image_blocked"),
    (failure(400, "content_policy_violation"), Permanent, "image_blocked"),
    (failure(403, kind="invalid_request_error", message=UNVERIFIED), Permanent, "model_not_found"),
    (failure(403), Permanent, "model_unauthorised"),
    (failure(401, "invalid_api_key"), Permanent, "model_unauthorised"),
    (failure(404, "model_not_found"), Permanent, "model_not_found"),
    (failure(400, "invalid_value"), Permanent, "model_refused"),
    (failure(429, "rate_limit_exceeded"), PutBack, "waiting_for_limit"),
    (failure(429, "billing_hard_limit_reached"), Permanent, "model_quota"),
    (failure(500), Unavailable, "model_turned_away"),
    (failure(504), Unavailable, "model_unavailable"),
    (http("<html>welcome</html>", content_type="text/html"), Transient, "model_invalid_answer"),
    (http("{not json", content_type="application/json"), Unavailable, "model_unavailable"),
    (answer({"created": 1}), Transient, "model_invalid_answer"),
    (answer(drawn(data=[])), Transient, "model_invalid_answer"),
    (answer(drawn(data=None)), Transient, "model_invalid_answer"),
    (answer(drawn(None)), Transient, "model_invalid_answer"),
    (answer(drawn("")), Transient, "model_invalid_answer"),
    (answer(drawn("?" * 40)), Transient, "model_invalid_answer"),
    (answer(drawn(base64.b64encode(PNG).decode()[:-37])), Transient, "model_invalid_answer"),
    (answer(drawn(PNG[:-20])), Transient, "model_invalid_answer"),
    (answer(drawn(file_of("JPEG")[:-20])), Transient, "model_invalid_answer"),
    (answer(drawn(file_of("WEBP")[:-20])), Transient, "model_invalid_answer"),
    (answer(drawn(b"<svg/>")), Transient, "model_invalid_answer"),
]


@pytest.mark.fault(16)
@pytest.mark.fault(17)
@pytest.mark.fault(20)
@pytest.mark.fault(21)
@pytest.mark.parametrize(("said", "kind", "code"), FAILURES)
async def test_each_failure_has_its_error(provider: Provider, said: bytes, kind: type[HeadraceError], code: str) -> None:
    provider.says(PATH, said)
    with pytest.raises(kind) as caught:
        await draw(provider)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert caught.value.advice or kind is PutBack
    assert len(provider.limits.settled) == len(provider.limits.acquired)
    if kind is PutBack:
        assert "openai-images" in caught.value.message
    if code == "model_invalid_answer":
        assert provider.used[0].calls == 1  # billed all the same


async def test_an_organisation_that_is_not_verified_is_told_what_to_do(provider: Provider) -> None:
    provider.says(PATH, failure(403, message=UNVERIFIED))
    with pytest.raises(Permanent) as caught:
        await draw(provider)
    assert "Verify the organisation" in caught.value.advice
    assert [body["model"] for body in provider.asked] == ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"]


@pytest.mark.parametrize(
    ("role", "names"),
    [("good", ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"]), ("fast", ["gpt-image-2.6-flare", "gpt-image-2.6-sunburst"])],
)
async def test_good_is_the_first_model_and_fast_the_last_and_each_gives_way(
    provider: Provider, role: str, names: list[str]
) -> None:
    provider.says(PATH, failure(404, "model_not_found"), answer(drawn()))
    assert (await draw(provider, role=role)).model == names[1]
    assert (await draw(provider, role=role)).model == names[1]
    assert [body["model"] for body in provider.asked] == [*names, names[1]]


async def test_an_image_that_takes_too_long_may_have_been_billed(provider: Provider) -> None:
    async def silent(*_: Any) -> None:
        """Never answers."""

    provider.says(PATH, silent)
    with pytest.raises(Transient) as caught:
        await draw(provider, timeout=0.1)
    assert caught.value.code == "model_unavailable"
    assert provider.settled["usd"] is None


def test_the_adapters_limits_are_those_that_the_settings_make() -> None:
    limits = limits_of(Settings(openai_rpm=7, openai_ipm=3))
    assert (limits[REQUESTS].requests, limits[IMAGES].requests) == (7, 3)
