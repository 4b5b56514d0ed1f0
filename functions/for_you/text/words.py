"""A text's words: what TF-IDF counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 20_000
"""Characters of one text that are looked at."""
_RUNS = re.compile(r"[^\W_]+")
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words(text: str) -> Iterator[str]:
    """Words in lower case; of scripts that write no spaces, pairs of characters."""
    for run in _RUNS.findall(text[:LONGEST].lower()):
        if _NO_SPACES.search(run):
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        else:
            yield run
