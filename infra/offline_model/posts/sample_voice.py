"""Brings a text of the offline model nearer to a persona's style samples: the length of its sentences, and emoji."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from shared.post_rules.platform_limits import EMOJI
from shared.text.word_count import units

LONG, SHORT = 1.6, 0.6
"""Sentences of the samples by the text's own: beyond these, sentences are joined, or parted."""
_ENDS = re.compile(r"(?<=[.!?]) +|(?<=[。！？])")
_JOINT = re.compile(r"; |, (?=but |so )|；")
TERSE = 7.0
"""Words of a sentence up to which samples are terse."""


def are_terse(samples: Sequence[str]) -> bool:
    """Whether the samples' sentences are so short that only short ones go with them."""
    return bool(samples) and _sentence(samples) <= TERSE


def like_samples(text: str, samples: Sequence[str], small: Collection[str] = ()) -> str:
    """The text with sentences about as long as the samples' are, and with as many emoji. As it was without samples.

    `small`: words that are written small inside a sentence.
    """
    if not samples:
        return text
    want, own = _sentence(samples), _sentence([text])
    paragraphs = [_ENDS.split(paragraph) for paragraph in text.split("\n\n")]
    if want > LONG * own:
        paragraphs = [_joined(sentences, want, small) for sentences in paragraphs]
    elif want < SHORT * own:
        paragraphs = [[piece for sentence in sentences for piece in _parted(sentence)] for sentences in paragraphs]
    cjk = bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text))
    made = "\n\n".join(("" if cjk else " ").join(filter(None, sentences)) for sentences in paragraphs)
    found = EMOJI.findall("".join(samples))
    count = min(2, round(len(found) / len(samples)))
    return f"{made} {''.join(found[(len(text) + at) % len(found)] for at in range(count))}" if count else made


def _sentence(texts: Sequence[str]) -> float:
    """Words of a sentence, on average."""
    parts = [len(units(part)) for text in texts for block in text.splitlines() for part in _ENDS.split(block) if units(part)]
    return sum(parts) / max(1, len(parts))


def _joined(sentences: Sequence[str], want: float, small: Collection[str]) -> list[str]:
    """Sentences that follow each other as one, until it is long enough; a question stays by itself."""
    made: list[str] = []
    for sentence in filter(None, sentences):
        last = made[-1] if made else ""
        if last.endswith((".", "。")) and not sentence.endswith(("?", "？")) and len(units(last)) < want:
            made[-1] = f"{last[:-1]}；{sentence}" if last.endswith("。") else f"{last[:-1]}; {_begun(sentence, small)}"
        else:
            made.append(sentence)
    return made


def _parted(sentence: str) -> list[str]:
    """A sentence at its joints; one with figures stays whole, so that each stands by its subject."""
    if re.search(r"\d", sentence):
        return [sentence]
    cjk = sentence.endswith(("。", "！", "？"))
    parts = [part for part in _JOINT.split(sentence) if part]
    return [*(f"{_capital(part)}{'。' if cjk else '.'}" for part in parts[:-1]), _capital(parts[-1])] if parts else [sentence]


def _begun(sentence: str, small: Collection[str]) -> str:
    first, gap, rest = sentence.partition(" ")
    return f"{first.lower()}{gap}{rest}" if first in small else sentence


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
