"""What a model leaves behind, and texts cut in two."""

from __future__ import annotations

import pytest

from shared.post_rules.model_leftovers import leftover_faults

PROMPT = "You write one post for a stock forum, in the voice of the person in `persona`. Follow the angle in opening, order and emphasis. 請以繁體中文寫一則股市論壇貼文，語氣要像真人，不要提供任何投資建議或保證。"


def codes(text: str) -> list[str]:
    return [fault.code for fault in leftover_faults(text, PROMPT)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("As an AI, I see risks.", "refusal"), ("I'm sorry, but I can't help with that.", "refusal"), ("I cannot write this post.", "refusal"), ("作為一個AI，我沒有立場。", "refusal"), ("抱歉，我不能回答。", "refusal"),
        ("Sure! Here's the post.", "leftover"), ("Here is the revised post:\nGood.", "leftover"), ("Title: Good\nIt is.", "leftover"), ("Version 2: It is good.", "leftover"), ("Good. Let me know if you want more.", "leftover"),
        ("好的，以下是貼文。", "leftover"), ("標題：好公司\n不錯。", "leftover"), ("不錯的公司。（約120字）", "leftover"), ("以下是修改後的版本：\n不錯。", "leftover"),
        ("A **bold** move.", "markup"), ("# Heading\nText.", "markup"), ("```\ntext\n```", "markup"), ("See [this](https://a.b).", "markup"), ("> quoted\nText.", "markup"), ("<p>Text.</p>", "markup"), ('{"text": "good"}', "markup"),
        ("[Company] is good.", "placeholder"), ("Up XX% today.", "placeholder"), ("{{stock}} is good.", "placeholder"), ("{stock_name} is good.", "placeholder"), ("【公司名稱】不錯。", "placeholder"), ("升了 ____ 元。", "placeholder"), ("<insert price> is fair.", "placeholder"),
        ("I follow the angle in opening, order and emphasis. In the voice of the person in persona.", "quoted_prompt"), ("語氣要像真人，不要提供任何投資建議或保證。", "quoted_prompt"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_post_is_found(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "ends_well"),
    [
        ("It fell. But the", False), ("It fell. The reason is simple,", False), ("It fell. People said it was because of", False), ("It fell. So what will the next quarter bring us then", False), ("It fell (a lot.", False),
        ("It said “wait.", False), ("跌了。不過市場更關心的是，", False), ("跌了。不過市場更關心的是之後的投入與利潤率的", False), ("跌了。「等等再說", False), ("跌了。接下來真正重要的是現金流與資本支出", False),
        ("It fell. So what?", True), ("It fell. Agree? lol", True), ("It fell. What now 🤔", True), ("It fell. Thoughts?\n\n#NVDA #AI", True), ("It fell. More here: https://example.com/a", True), ("Three points:\n1. Price\n2. Value\n3. Time", True),
        ("It fell (again).", True), ("He said: “wait.”", True), ("No stops at all here", True), ("It fell…", True), ("It fell. Thanks all", True), ("1) price 2) value. Fine :)", True), ("跌了。大家覺得呢", True), ("跌了。你怎麼看？😂", True), ("跌了！「再等等。」", True), ("跌了～", True),
    ],
)  # fmt: skip
def test_a_text_cut_in_two_is_told_from_a_casual_end(text: str, ends_well: bool) -> None:
    assert codes(text) == ([] if ends_well else ["unfinished"])


@pytest.mark.parametrize(
    "text",
    [
        "I can't help but wonder.", "Here is what I think about the post-Covid demand: it lasts.", "Sure, margins fell.", "The AI story is real.", "I am not an AI bull.", "Options are priced: 3 * 2 = 6.", "C# and #1 seed",
        "[Update] It closed lower.", "【個股分析】台積電仍然領先。", "[My take] It is fair.", "我覺得這是真的", "作為股東，我想知道。", "以下是我的三個理由。", "好的公司不一定是好的股票。", "The price of XXL shirts rose.", "It costs <5 dollars and >3.", "這是一個問題：為何跌？", "Angle grinders: a good business.",
    ],
)  # fmt: skip
def test_harmless_words_are_none(text: str) -> None:
    assert codes(text) == []
