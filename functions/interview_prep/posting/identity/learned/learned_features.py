"""What the words around a name and the words that it is made of say, as features of the choice between names."""

from __future__ import annotations

from collections.abc import Sequence

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.identity.learned.mention_contexts import odds_of, told
from functions.interview_prep.posting.identity.learned.name_words import made_like_a_name
from functions.interview_prep.posting.identity.weighed import Features

_ODDS, _MADE = 4.0, 1.5
"""Log odds beyond which more say no more; those of an employer's name among all that may be one."""


def learned_of(name: str, spelled: Sequence[str], text: str) -> dict[str, float]:
    """What is told of one name, in the spellings that were found of it, and what it is made of."""
    odds = odds_of({*spelled, *map(company_name, spelled)}, text)
    return {
        "told": told(odds),
        "told_best": _bounded(max(odds)) if odds else 0.0,
        "told_mean": _bounded(sum(odds) / len(odds)) if odds else 0.0,
        "made": _bounded(made_like_a_name(name) + _MADE),
    }


def compare_told(features: Features) -> None:
    """Add how a name is told of against the one that is told of most."""
    for key, values in features.items():
        most = max((other["told"] for one, other in features.items() if one != key), default=0.0)
        is_told = values["told_best"] > 0  # a tool that only repeats is no employer
        values["told_more"] = max(0.0, values["told"] - most) if is_told else 0.0
        values["told_less"] = max(0.0, most - values["told"])


def _bounded(odds: float) -> float:
    return max(-_ODDS, min(_ODDS, odds)) / _ODDS
