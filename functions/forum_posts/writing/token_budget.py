"""How many tokens a text of some length takes: what a call reserves of the tokens a minute, and where a runaway answer is stopped.

A flat 2,000 for 150 words reserves five times too much, and providers count what is reserved.
"""

from __future__ import annotations

import math

from functions.forum_posts.stage_messages import Language

TOKENS: dict[Language, float] = {"en": 2.0, "zh-Hant": 2.0, "zh-Hans": 1.8, "ja": 1.8}
"""Tokens per unit of length (word; CJK character) that 99 of 100 texts stay under, for old tokenisers as for new ones.

Measured on posts about stocks, forum posts and speech, average and 99th percentile. o200k_base: English 1.37 and 1.86, Traditional
Chinese 1.12 and 1.48, Simplified 1.02 and 1.12; cl100k_base: 1.38 and 1.94, 1.63 and 1.92, 1.54 and 1.69. Figures make them long.
A tokeniser of our own to count exactly would be 75 MB for a bound that needs no exactness.
"""
OVERRUN = 1.25
"""A text somewhat too long shall come whole: it can be told from one cut off, and shortened."""
AROUND = 80
"""Tokens around the text: a structured answer's names and brackets, a closing mark."""


def max_output_tokens(max_words: int, language: Language) -> int:
    """The most tokens a post of at most `max_words` needs as an answer; 150 English words: 455. Reasoning tokens are not in it."""
    return math.ceil(max_words * TOKENS[language] * OVERRUN) + AROUND
