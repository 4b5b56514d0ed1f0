"""How a text is written beside its persona's own samples: length, sentences and their rhythm, emoji, questions, openings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from functions.forum_posts.stage_messages import Voice, VoiceComparison
from shared.post_rules.disclosure import opened
from shared.post_rules.platform_limits import EMOJI
from shared.text.word_count import units

OPENING = 3
"""Words (characters of Chinese and Japanese) that are a text's opening."""
FAR = 0.45
"""Sentences shorter or longer than the samples' by more than this ratio are another voice's: within one person's texts it is 0.6 to 1."""
_SENTENCE = re.compile(r"[.!?…](?:\s|$)|(?<=[。！？])|\n")


def compared(text: str, samples: Sequence[str], disclaimer: str = "") -> VoiceComparison | None:
    """A text beside the samples; None without any. The closing words that every post has do not count."""
    if not samples or not text:
        return None
    own, theirs = measured([opened(text, disclaimer)]), measured([opened(sample, disclaimer) for sample in samples])
    near = (
        _ratio(own.sentence, theirs.sentence),
        1 - min(1.0, abs(own.emoji - theirs.emoji) / 2),
        1 - min(1.0, abs(own.questions - theirs.questions)),
        float(own.openings[0] not in theirs.openings) if own.openings else 1.0,
    )
    return VoiceComparison(text=own, samples=theirs, closeness=round(sum(near) / len(near), 3), far=far(own, theirs))


def far(own: Voice, theirs: Voice) -> tuple[str, ...]:
    """Where texts are far from the samples, in plain words; nothing where they are near. Length is the request's, and never far."""
    told = []
    if _ratio(own.sentence, theirs.sentence) < FAR:
        told.append(f"sentences of {own.sentence:.0f} words on average, the samples' have {theirs.sentence:.0f}")
    if theirs.emoji >= 0.5 and not own.emoji:  # noqa: PLR2004 -- every other sample has one
        told.append(f"no emoji, the samples have {theirs.emoji:.1f} each")
    elif own.emoji > theirs.emoji + 2:
        told.append(f"{own.emoji:.0f} emoji, the samples have {theirs.emoji:.1f} each")
    if copied := set(own.openings) & set(theirs.openings):
        told.append(f"begins as a sample does: “{min(copied)}”")
    return tuple(told)


def measured(texts: Sequence[str]) -> Voice:
    """How some texts are written, on average."""
    each = [[len(units(part)) for part in _SENTENCE.split(text) if part and units(part)] for text in texts]
    sentences = [length for lengths in each for length in lengths]
    steps = [abs(one - next_) for lengths in each for one, next_ in pairwise(lengths)]
    words = [len(units(text)) for text in texts]
    openings = (" ".join(units(text)[:OPENING]).casefold() for text in texts)
    return Voice(
        length=round(sum(words) / len(texts), 1),
        sentence=round(sum(words) / max(1, len(sentences)), 1),
        rhythm=round(sum(steps) / len(steps), 1) if steps else 0.0,
        emoji=round(sum(len(EMOJI.findall(text)) for text in texts) / len(texts), 2),
        questions=round(sum(bool(re.search("[?？]", text)) for text in texts) / len(texts), 2),
        openings=tuple(dict.fromkeys(opening for opening in openings if opening)),
    )


def _ratio(one: float, other: float) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0
