"""Sentences from templates: each `{one|another}` in a line of `claim_corpus/*_templates.txt` is one of its choices.

`{@boss}` is one of the choices that `*_slots.txt` lists by that name; choices may hold choices.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

from tests.support.fitting.claim_sentences import CORPUS, lines

DRAWN = 40
"""Of each template, at most: fewer where it has fewer forms."""
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"@(\w+)")
_HAN = re.compile("[\u4e00-\u9fff]")


def drawn(seed: int = 5, of: str = "templates") -> Iterator[tuple[str, str]]:
    """Kind and text of sentences of every template. `of`: what its files are called behind the language."""
    lots = random.Random(seed)
    for language in ("english", "chinese"):
        slots = dict(line.split(": ", 1) for _, line in lines(CORPUS / f"{language}_slots.txt") if line[0] != "#")
        for kind, template in lines(CORPUS / f"{language}_{of}.txt"):
            for text in dict.fromkeys(_one_of(template, slots, lots) for _ in range(DRAWN)):
                yield (
                    kind,
                    text + lots.choice(("", "", "!", "。" if _HAN.search(text) else ".")) if text[-1] not in "?!" else text,
                )


def _one_of(template: str, slots: Mapping[str, str], lots: random.Random) -> str:
    text = template
    while _CHOICE.search(text := _SLOT.sub(lambda match: f"{{{slots[match[1]]}}}", text)):
        text = _CHOICE.sub(lambda match: lots.choice(match[1].split("|")), text)
    return re.sub(r" ([,.:?!])", r"\1", re.sub(" {2,8}", " ", text)).strip()
