"""Sentences from templates: each `{one|another}` in a line of `claim_corpus/*_templates.txt` is one of its choices."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tests.support.fitting.claim_sentences import CORPUS, lines

DRAWN = 40
"""Of each template, at most: fewer where it has fewer forms."""
_CHOICE = re.compile(r"\{([^{}]*)\}")
_HAN = re.compile("[\u4e00-\u9fff]")


def drawn(seed: int = 5) -> Iterator[tuple[str, str]]:
    """Kind and text of sentences of every template."""
    lots = random.Random(seed)
    for name in ("english_templates", "chinese_templates"):
        for kind, template in lines(CORPUS / f"{name}.txt"):
            for text in dict.fromkeys(_one_of(template, lots) for _ in range(DRAWN)):
                yield (
                    kind,
                    text + lots.choice(("", "", "!", "。" if _HAN.search(text) else ".")) if text[-1] not in "?!" else text,
                )


def _one_of(template: str, lots: random.Random) -> str:
    text = _CHOICE.sub(lambda match: lots.choice(match[1].split("|")), template)
    return re.sub(r" ([,.:?!])", r"\1", re.sub(" {2,8}", " ", text)).strip()
