"""How far places that do not copy each other agree on a name: where it stands, what sentences say, who signs, whose address it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from functions.interview_prep.posting.identity.weighed import Features

_PLACES = {
    "stands": "label beside line_above line_below sole_part line_says_so marked pictured site head head_says_so remainder board_says before_place rated linked lone line_0 line_1",
    "told": "hires at_we about opening is_a owns join work_at we_are since does job_at part_of subject",
    "signs": "copyright legal foot eeo frame_says logo",
    "owner": "mailbox address domain tenant",
}
_AT_THE_TOP = frozenset({"line_0", "line_1", "lone", "subject"})
"""What is found of any word that stands early."""
_KINDS = {kind: place for place, kinds in _PLACES.items() for kind in kinds.split()}
"""The features of a name by the kind of place that they are found in. A model is none: it reads the same text."""
_PAIRS = tuple(combinations(_PLACES, 2))

_SPEAKS_FOR_A_BOARD = frozenset({"label", "hires", "at_we", "line_says_so", "head_says_so", "marked", "owns"})


def has_evidence(values: Mapping[str, float]) -> bool:
    """Whether anything says that a name is the employer's: a place, a sentence, a signature, an address, or its own words."""
    owned = values.get("legal_form") or (values.get("organisation") and values.get("ordinary", 0.0) < _ORDINARY)
    said = values.get("agreed_alone") or any(values.get(kind, 0.0) > 0 for kind in _KINDS.keys() - _AT_THE_TOP)
    return bool(owned or said) and not values.get("unit")


def signs_as_board(values: Mapping[str, float]) -> bool:
    """Whether a name is a board's, which signs its pages, and nothing says that the board hires."""
    return bool(values.get("board")) and not any(values.get(kind, 0.0) > 0 for kind in _SPEAKS_FOR_A_BOARD)


def add_agreement(features: Features) -> None:
    """Add to each name's features which kinds of places agree on it, and whether it is the only one that two agree on."""
    found = {
        key: {_KINDS[kind] for kind, value in values.items() if value > 0 and kind in _KINDS} for key, values in features.items()
    }
    agreed = [key for key, places in found.items() if len(places) > 1]
    for key, values in features.items():
        values.update(_agreed(found[key]), agreed_alone=float(agreed == [key]))


_ORDINARY = 0.4
"""Share of ordinary words from which an organisation's words say nothing: `Payment Systems`."""
_ON_ITS_LINE = frozenset({"sole_part", "line_0", "line_1", "head", "remainder", "subject"})
"""What is found of anything that stands behind a title's dash, a team or a subject too."""


def is_titles_tail(values: Mapping[str, float]) -> bool:
    """Whether a name stands beside the title on its line and nothing else speaks for it: `Data Scientist - Payment Systems`."""
    owned = values.get("organisation") and values.get("ordinary", 0.0) < _ORDINARY
    named = owned or values.get("legal_form")
    return (
        bool(values.get("line_of_title"))
        and not named
        and not any(values.get(kind, 0.0) > 0 for kind in _KINDS.keys() - _ON_ITS_LINE)
    )


def _agreed(places: Collection[str]) -> dict[str, float]:
    pairs = {f"{one}_and_{other}": float(one in places and other in places) for one, other in _PAIRS}
    return {"agreed": max(0.0, len(places) - 1.0), **pairs}
