"""Whether a text repeats its prompt: the instructions' own words, or the marks and keys of its data."""

from __future__ import annotations

import re
from functools import lru_cache

from shared.text.word_count import CJK

WIDTHS = (36, 16)
"""Characters in a row, Latin and Chinese, without spaces and signs, that two texts share only by copying."""
SAMPLE_WIDTHS = (60, 24)
"""The same for a persona's own samples, whose turns of phrase it may use again."""
PROMPT_DATA = re.compile(
    r"<<<\s?(?:DATA|END)\b|[\"']?\b(?:posting_type|max_words|style_samples|stock_code|stock_name|kol_serial|never_says|alt_most|refused_prompt|image_style"
    r"|max_output_tokens|response_format)\b[\"']?\s?[:：=]|\{\s{0,3}\"(?:text|versions|task|persona|facts|title|angle|section|posting|posts|pairs|chunks|company|ref|draft|faults|insights|items|verdicts)\"\s?:|\b[a-z]{3,12}_posts?[._][a-z_]{3,20}\b"
)
"""Keys and marks of a prompt's data, which no post has a use for."""
_HAN = re.compile(f"[{CJK}]")
_SPACES_AND_SIGNS = re.compile(r"[\W_]+")


def echoes(text: str, instructions: str) -> str:
    """A piece of the prompt that stands in a text; empty: none does."""
    if found := PROMPT_DATA.search(text):
        return found[0].strip()
    return quoted_run(text, instructions)


def quoted_run(body: str, instructions: str, widths: tuple[int, int] = WIDTHS) -> str:
    """The first run of characters that a text has from the instructions, folded; empty: it quotes nothing."""
    text = _SPACES_AND_SIGNS.sub("", body).casefold()
    for width in widths:
        runs = _runs(instructions, width)
        for at in range(len(text) - width + 1):
            piece = text[at : at + width]
            if piece in runs and (width == widths[0] or len(_HAN.findall(piece)) > width / 2):
                return piece
    return ""


@lru_cache(maxsize=32)
def _runs(instructions: str, width: int) -> frozenset[str]:
    """Every run of `width` characters: the instructions are the same for many texts."""
    text = _SPACES_AND_SIGNS.sub("", instructions).casefold()
    return frozenset(text[at : at + width] for at in range(len(text) - width + 1))
