"""How a text is written beside its persona's own samples: length, sentences' length, emoji, questions, openings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.forum_posts.stage_messages import Voice, VoiceComparison
from shared.post_rules.disclosure import opened
from shared.post_rules.platform_limits import EMOJI
from shared.text.word_count import units

OPENING = 3
"""Words (characters of Chinese and Japanese) that are a text's opening."""
_SENTENCE = re.compile(r"[.!?…](?:\s|$)|(?<=[。！？])|\n")


def compared(text: str, samples: Sequence[str], disclaimer: str = "") -> VoiceComparison | None:
    """A text beside the samples; None without any. The closing words that every post has do not count."""
    if not samples or not text:
        return None
    own, theirs = _voice([opened(text, disclaimer)]), _voice([opened(sample, disclaimer) for sample in samples])
    near = (
        _ratio(own.sentence, theirs.sentence),
        1 - min(1.0, abs(own.emoji - theirs.emoji) / 2),
        1 - min(1.0, abs(own.questions - theirs.questions)),
        float(own.openings[0] not in theirs.openings) if own.openings else 1.0,
    )
    return VoiceComparison(text=own, samples=theirs, closeness=round(sum(near) / len(near), 3))


def _voice(texts: Sequence[str]) -> Voice:
    """What is measured, on average of some texts."""
    sentences = [part for text in texts for part in _SENTENCE.split(text) if part and units(part)]
    words = [len(units(text)) for text in texts]
    openings = (" ".join(units(text)[:OPENING]).casefold() for text in texts)
    return Voice(
        length=round(sum(words) / len(texts), 1),
        sentence=round(sum(words) / max(1, len(sentences)), 1),
        emoji=round(sum(len(EMOJI.findall(text)) for text in texts) / len(texts), 2),
        questions=round(sum(bool(re.search("[?？]", text)) for text in texts) / len(texts), 2),
        openings=tuple(dict.fromkeys(opening for opening in openings if opening)),
    )


def _ratio(one: float, other: float) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0
