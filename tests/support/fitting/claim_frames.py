"""Frames around sentences: some take a claim back (it is quoted, warned of, found by a court), some change nothing about it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

_HAN = re.compile("[\u4e00-\u9fff]")
SHARE = 0.35
"""Of the claims that are framed each way; of harmless sentences half as many."""
QUOTED = (
    "He told me “{}” and I blocked him.",
    'Anyone who writes "{}" should be ignored.',
    "The scammer's message said: {} I reported it.",
    "Beware of posts like “{}”",
    "They claimed “{}”, and the regulator fined them for it.",
    "I once believed someone who said “{}”, and I lost a lot.",
    "Why do people write things like “{}”?",
    "A typical scam line: {}",
    "Never trust somebody who tells you “{}”",
    "The court quoted his chat: “{}”",
    "“{}” is a classic line of fraudsters, police say.",
    "Do not answer messages such as “{}”",
    "If somebody writes “{}”, hang up and report it.",
    "“{}”, he said, and then he disappeared with the money.",
    "The regulator warns of adverts like “{}”",
    "Red flags: “{}” and the like.",
    "No honest adviser would ever say “{}”",
    "They wrote “{}” and my aunt believed it.",
)
QUOTED_ZH = (
    "他跟我說「{}」，我直接封鎖。",
    "看到有人寫「{}」就要小心。",
    "詐騙訊息寫著：{}我已經檢舉了。",
    "凡是說「{}」的，都不要相信。",
    "他們宣稱「{}」，後來被主管機關罰款。",
    "我曾經相信別人說的「{}」，結果賠了很多。",
    "為什麼有人會寫「{}」這種話？",
    "诈骗的典型话术：{}",
    "法院判決書引用他的對話：「{}」",
    "有人私信我「{}」，我举报了。",
    "「{}」是詐騙集團的老套路，警方說。",
    "收到「{}」這種訊息，不要回。",
    "有人跟你說「{}」，請直接離開並檢舉。",
    "他說「{}」，然後就捲款消失了。",
    "金管會提醒，「{}」這類廣告都是詐騙。",
    "警訊：「{}」之類的話。",
    "合法的投顧不會說「{}」",
    "骗子最爱说「{}」，千万别信。",
)
FOUND = (
    "Prosecutors allege: {}",
    "According to the court's ruling, {}",
    "The company denies the claim that {}",
    "A lawsuit says {} The company rejects it.",
    "There is no evidence for the rumour that {}",
    "The regulator found in 2019 that {}",
)
FOUND_ZH = (
    "檢方指控：{}公司否認。",
    "法院認定：{}全案可上訴。",
    "公司澄清，網傳「{}」並非事實。",
    "没有证据表明「{}」。",
    "證監會的裁決書說：{}",
    "媒體報導「{}」，公司表示將提告。",
)
BEFORE = (
    "I read the whole report twice. ",
    "Good morning everyone. ",
    "Revenue grew 8% last quarter. ",
    "Not financial advice. ",
    "Here is my view: ",
    "Let me be clear, ",
    "Listen, ",
    "After ten years in this market I can say one thing: ",
)
BEFORE_ZH = (
    "財報我看了兩次。",
    "大家早安。",
    "上季營收成長百分之八。",
    "非投資建議。",
    "我的看法是，",
    "說真的，",
    "聽好，",
    "做股票十年，我只說一句：",
)
AFTER = (
    " What do you think?",
    " Good luck to all.",
    " DYOR.",
    " Just my two cents.",
    " 🚀",
)
AFTER_ZH = (
    "大家怎麼看？",
    "祝大家順利。",
    "以上僅供參考。",
    "純分享。",
    "🚀",
)


def framed(rows: Sequence[tuple[str, str]], seed: int = 7) -> Iterator[tuple[str, str]]:
    """Kind and text of some of `rows` (kind and text) within frames."""
    lots = random.Random(seed)
    for kind, text in rows:
        chinese = bool(_HAN.search(text))
        if kind != "harmless" and lots.random() < SHARE:
            frames = (FOUND_ZH if chinese else FOUND) if kind == "accusation" else QUOTED_ZH if chinese else QUOTED
            yield "harmless", lots.choice(frames).format(text)
        if lots.random() < (SHARE / 2 if kind == "harmless" else SHARE):
            before, after = (BEFORE_ZH, AFTER_ZH) if chinese else (BEFORE, AFTER)
            yield kind, lots.choice(before) + text if lots.random() < 0.5 else text + lots.choice(after)
