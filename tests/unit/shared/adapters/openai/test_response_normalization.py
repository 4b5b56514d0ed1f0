"""Gateways' own shapes of answers, as a table: what each gives after the edge."""

from __future__ import annotations

import base64
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from pydantic import BaseModel

from shared.adapters.openai.chat_completions import text_of
from shared.adapters.openai.response_normalization import HiddenReasoning, content_text, image_data, of_body, without_reasoning
from shared.adapters.openai.structured_output import parse
from shared.errors import HeadraceError, Permanent, PutBack, Transient, Unavailable


def completion(content: Any, **more: Any) -> Thing:
    return Thing(choices=[Thing(finish_reason="stop", message=Thing(content=content, refusal=None))], **more)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain", "plain"),
        (None, ""),
        ([{"type": "text", "text": "one "}, {"type": "text", "text": "two"}], "one two"),
        ([{"type": "reasoning", "text": "hm"}, {"type": "output_text", "text": "said"}], "said"),
        ([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": {"value": "said"}}], "said"),
        (["a", "b"], "ab"),
        ({"text": "inner"}, "inner"),
        (Thing(type="text", text="object"), "object"),
        (17, ""),
        ({"name": "the answer itself"}, '{"name": "the answer itself"}'),
    ],
)
def test_a_content_of_any_shape_is_text(content: Any, text: str) -> None:
    assert content_text(content) == text
    assert text_of(completion(content)) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<think>let me see</think>The post.", "The post."),
        ('\n<Think>\nlet me see\n</think>\n\n{"text": 1}', '{"text": 1}'),
        ("<reasoning>a</reasoning><think>b</think>c", "c"),
        ("[THINK]a[/THINK]c", "c"),
        ("◁think▷a◁/think▷c", "c"),
        ("<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>c", "c"),
        ("thought without an opening</think>c", "c"),
        ("<think>never ends", ""),
        ("I <think> so", "I <think> so"),
        ("< 5 % and <b>", "< 5 % and <b>"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_reasoning_is_no_part_of_an_answer(raw: str, text: str) -> None:
    assert without_reasoning(raw) == text


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<think>let me\n see</think>\nThe post.", "The post."),
        ("<b>old</b> news", "<b>old</b> news"),
        ("<th", "<th"),
        ("[THINK]x[/THINK][5]", "[5]"),
    ],
)
def test_nor_of_a_stream_however_it_is_cut(raw: str, text: str, size: int) -> None:
    hidden = HiddenReasoning()
    assert "".join(hidden.shown(raw[at : at + size]) for at in range(0, len(raw), size)) + hidden.rest() == text


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        ({"code": 402, "message": "Insufficient credits"}, Permanent, "model_quota"),
        ({"message": "Your credit balance is too low to access the API"}, Permanent, "model_quota"),
        ({"type": "insufficient_quota"}, Permanent, "model_quota"),
        ({"code": 429, "message": "slow down"}, PutBack, ""),
        ({"code": "content_filter"}, Permanent, "model_refused"),
        ({"code": 401}, Permanent, "model_unauthorised"),
        ({"code": 404}, Permanent, "model_not_found"),
        ({"code": 502, "message": "upstream"}, Unavailable, "model_unavailable"),
        ("something broke", Unavailable, "model_unavailable"),
    ],
)
def test_an_error_inside_a_200_is_an_error(error: Any, kind: type[HeadraceError], code: str) -> None:
    found = of_body(error)
    assert isinstance(found, kind)
    assert not code or found.code == code
    for answer in (Thing(choices=None, error=error), Thing(choices=[Thing(error=error, finish_reason="error", message=None)])):
        with pytest.raises(kind):
            text_of(answer)


def test_an_image_is_base64_or_a_data_address() -> None:
    raw = b"\x89PNG\r\n"
    coded = base64.b64encode(raw).decode()
    assert image_data(coded) == image_data(f"data:image/png;base64,{coded}") == raw
    assert image_data("https://pictures.example/1.png") is None
    assert image_data("data:image/svg+xml,<svg/>") is None


ARGUMENTS = '{"name": "blue"}'


@pytest.mark.parametrize(
    "choice",
    [
        Thing(finish_reason="stop", message=Thing(content=None, refusal=None, tool_calls=[Thing(function=Thing(arguments=ARGUMENTS))])),
        Thing(finish_reason="stop", message=Thing(content="", refusal=None, function_call={"name": "f", "arguments": ARGUMENTS})),
        Thing(finish_reason="stop", message=None, text=ARGUMENTS),
        Thing(finish_reason="stop", message=Thing(content=f"<seed:think>hm {{</seed:think>{ARGUMENTS}", refusal=None)),
    ],
    ids=["a tool's call", "a function's call", "an old completion", "reasoning by another name"],
)  # fmt: skip
def test_an_answer_beside_the_content_is_an_answer(choice: Any) -> None:
    assert text_of(Thing(choices=[choice])) == ARGUMENTS


class Named(BaseModel):
    name: str


@pytest.mark.parametrize(
    "content",
    [
        f"Here it is:\n{ARGUMENTS}",
        f"{ARGUMENTS}\n\nI hope that helps {{really}}.",
        f"\ufeff{ARGUMENTS}",
        f"Sure!\n```json\n{ARGUMENTS}\n```\nDone.",
    ],
)
def test_an_object_among_words_about_it_is_the_answer(content: str) -> None:
    assert parse(content, Named).name == "blue"


@pytest.mark.parametrize("content", ["no object", "an { open one", '{"other": 1} and {"name": "blue"}'])
def test_what_holds_no_answer_first_is_none(content: str) -> None:
    with pytest.raises(Transient):
        parse(content, Named)


@pytest.mark.parametrize("said", ["Insufficient account balance", "Not enough credits for this request"])
def test_a_bill_to_pay_is_known_by_its_words(said: str) -> None:
    found = of_body({"message": said})
    assert found is not None
    assert found.code == "model_quota"
