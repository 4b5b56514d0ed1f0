"""What is wrong with a text: every rule in one call."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied, supplied_by
from shared.post_rules.banned_claims import banned
from shared.post_rules.disclosure import has_ai_label, has_disclaimer, opened
from shared.post_rules.language_rules import language_faults
from shared.post_rules.model_leftovers import leftover_faults
from shared.post_rules.platform_rules import platform_faults
from shared.text.fault_codes import Fault
from shared.text.supported_languages import Language
from shared.text.word_count import length

LEAST = 0.4
"""Share of `max_words` below which a text is too short: half of it is a post, a quarter is a remark."""


@dataclass(frozen=True)
class Rules:
    """What one post's texts are held against; made once for all its versions."""

    language: Language
    max_words: int
    """Of the text as published, in the language's unit."""
    facts: Sequence[str] = ()
    topic: str = ""
    stock_code: str = ""
    stock_name: str = ""
    platform: str = "forum"
    disclaimer: str = ""
    """The persona's own, instead of the language's."""
    ai_label: bool = True
    instructions: str = ""
    """The prompt, to find it quoted."""
    samples: Sequence[str] = ()
    """Texts of the persona's, likewise."""
    least: float = LEAST
    """The share of `max_words` that a text must reach."""
    suspicions: bool = True
    """Whether sentences that only read like claims are faults, too (`hold`)."""

    @cached_property
    def supplied(self) -> Supplied:
        """What the facts and the topic say."""
        return supplied_by((*self.facts, self.topic), self.stock_code, self.stock_name)


def check(text: str, rules: Rules) -> tuple[Fault, ...]:
    """Everything that is wrong with a text as it would be published, in the order of its places; empty: it may be published."""
    body = opened(text, rules.disclaimer)
    if not length(body):
        return (Fault("empty", "There is no text."),)
    faults = [
        *_length_faults(text, body, rules),
        *_disclosure_faults(text, rules),
        *language_faults(body, rules.language, rules.supplied.text),
        *banned(body, "\n".join(rules.supplied.lines), language=rules.language, classified=rules.suspicions),
        *unsupplied(body, rules.supplied),
        *platform_faults(text, body, rules.platform, rules.supplied.text),
        *leftover_faults(body, rules.instructions, rules.samples),
    ]
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.start))


def _length_faults(text: str, body: str, rules: Rules) -> list[Fault]:
    words, least = length(text), math.floor(rules.max_words * rules.least)
    if words > rules.max_words:
        return [Fault("too_long", f"{words} words; at most {rules.max_words}.")]
    if words < least:
        return [Fault("too_short", f"{length(body)} words; at least {least} of {rules.max_words}.")]
    return []


def _disclosure_faults(text: str, rules: Rules) -> list[Fault]:
    faults = []
    if not has_disclaimer(text, rules.disclaimer):
        faults.append(Fault("missing_disclaimer", "The disclaimer is missing."))
    if rules.ai_label and not has_ai_label(text):
        faults.append(Fault("missing_ai_label", "Nothing says that an AI wrote it."))
    return faults
