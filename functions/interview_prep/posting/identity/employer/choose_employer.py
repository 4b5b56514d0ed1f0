"""The likeliest employer of all the names found, and whether it is likely enough to make a guide for.

The names and "none of them" share the probability: exp(score) of each, 1 for none. A name with a rival or with little
behind it is then no sure one, without rules for either. `weights.txt` says how its numbers were made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from functions.interview_prep.posting.identity.employer.agreement import has_evidence, is_titles_tail, signs_as_board
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.name_features import features_of
from functions.interview_prep.posting.identity.known_employers import KNOWN_WORD
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.weighed import Features, probabilities, weights_in

_WEIGHTS = Path(__file__).with_name("weights.txt")

SURE, SURE_OF_A_WORD = 0.55, 0.75
"""Probability from which a name is taken, and one that nothing but its lines and mentions speaks for."""
GUESS, GUESS_OF_A_WORD = 0.1, 0.2
"""Probability from which a name is a guess, likewise: a question costs less than a guide for somebody else, and with the right guess next to nothing."""

_HALF = 0.5
"""Share of ordinary words from which what stands behind the title is no guess: `Developer Tools`; what an unlikely word's probability counts."""

_OFFICE, _SHORTEST = re.compile(r"(?<=\w{4})(?:hq|inc|jobs|careers|group)$"), 4
"""What addresses put behind a name; letters of a name that another's beginning is told by."""


def weights() -> dict[str, float]:
    """The weight of each feature."""
    return weights_in(_WEIGHTS)


def choose_employer(found: Candidates, said: PostingParts, rows: Sequence[str], title: str) -> tuple[str, str]:
    """The employer's name where it is sure, else empty; and the likeliest name, empty where none is likely.

    A recruiter's name is never sure, nor one that hardly says a word in a text that speaks for somebody else: however loudly
    the page says it, the job is with another. Nor is what only stands behind the title on its line: a team stands there too.
    """
    features = features_of(found, said, rows, title)
    likely = probabilities({key: own for key, own in features.items() if not signs_as_board(own)}, weights())
    if not likely:
        return "", ""
    best = max(likely, key=lambda key: likely[key])
    own = features[best]
    theirs = (own.get("agency") and not own.get("client")) or own.get("speaks_for_other")
    read_so = bool(own.get("model"))  # it has read the text whole, and what it says stands there
    chance = sum(share for key, share in likely.items() if _are_one(features, key, best))
    enough = SURE if has_evidence(own) or read_so else SURE_OF_A_WORD
    sure = chance >= enough and not (theirs or (is_titles_tail(own) and not read_so))
    return (found[best].name if sure else ""), (found[best].name if sure else _guess(found, features, likely))


def _guess(found: Candidates, features: Features, likely: Mapping[str, float]) -> str:
    """The name to ask for: of a word that happens to stand there half its probability counts."""
    said_so = {
        key: has_evidence(own) or own.get("model") or own.get("known_alone") or own.get(KNOWN_WORD)
        for key, own in features.items()
    }
    best = max(likely, key=lambda key: likely[key] * (1.0 if said_so[key] else _HALF))
    own = features[best]
    chance = sum(share for key, share in likely.items() if _are_one(features, key, best))
    is_team = is_titles_tail(own) and own.get("ordinary", 0.0) >= _HALF and not (own.get("organisation") or own.get("model"))
    return found[best].name if chance >= (GUESS if said_so[best] else GUESS_OF_A_WORD) and not is_team else ""


def _are_one(features: Features, one: str, other: str) -> bool:
    """Whether two names are one employer's: an address or capitals cut short what is written out, `blueskyhq` and `BWXT`."""
    if one == other:
        return True
    short, long = sorted((one, other), key=lambda key: len(_OFFICE.sub("", key)))
    shortened = any(features[short].get(kind) for kind in ("domain_whole", "tenant", "capitals"))
    return bool(shortened) and len(bare := _OFFICE.sub("", short)) >= _SHORTEST and long.startswith(bare)
