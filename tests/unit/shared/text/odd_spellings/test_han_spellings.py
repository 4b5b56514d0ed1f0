"""Chinese words in odd spellings, and honest texts that stay."""

from __future__ import annotations

import pytest

from shared.text.folding import fold
from shared.text.hidden_words import close_up


def shown(text: str) -> str:
    return close_up(fold(text)).text


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("wen賺不賠", "稳赚不赔"),
        ("穩zhuan不賠", "稳赚不赔"),
        ("保證zhuan qian", "保证赚钱"),
        ("保z獲利", "保证获利"),
        ("禾急貝兼不賠", "稳赚不赔"),
        ("马扁子公司", "骗子公司"),
        ("言乍騙公司", "诈骗公司"),
        ("文转不赔", "稳赚不赔"),
        ("內木消息", "内幕消息"),
        ("保(證)獲(利)了", "保证获利了"),
        ("穩\n賺\n不\n賠\n快進", "稳赚不赔快进"),
        ("保\n證獲\n利，快\n買進", "保证获利,快买进"),
    ],
)
def test_what_is_spelled_by_sound_or_in_parts_is_the_word(hidden: str, word: str) -> None:
    assert shown(hidden) == word


@pytest.mark.parametrize(
    "plain",
    [
        "這檔K線還好，GG了，QQ。",
        "買ETF比較省事，b站有影片。",
        "女子在門口等車，目的地未知。",
        "營收成長\n毛利下滑\n存貨下降",
        "晶片供應鏈的報導（下），心得如前。",
        "他轉到新公司，才一年。",
    ],
)
def test_what_hides_nothing_stays(plain: str) -> None:
    assert shown(plain) == fold(plain).text
