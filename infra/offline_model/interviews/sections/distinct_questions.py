"""Leaves out questions that ask the same as another one does, or are answered alike."""

from __future__ import annotations

from infra.offline_model.interviews.sections.section_input import Item
from infra.offline_model.interviews.sections.text_similarity import likeness, situations, stems
from infra.offline_model.interviews.wording import in_english

_SAME, _SAME_WORDS, _SAME_SITUATION, _SAME_TELLING, _FEWEST_TELLING = 0.8, 2.4, 1.7, 0.7, 3


def _near(one: str, other: str) -> bool:
    if not in_english():  # questions begin alike, and their words are not weighed
        return False
    both = situations(one).keys() & situations(other).keys()
    return likeness(one, other) >= (_SAME_SITUATION if both else _SAME_WORDS) or _mostly_same(one, other)


def _mostly_same(one: str, other: str) -> bool:
    """Whether most telling words of the shorter of two texts stand in the other."""
    mine, theirs = stems(one).keys(), stems(other).keys()
    fewest = min(len(mine), len(theirs))
    return fewest >= _FEWEST_TELLING and len(mine & theirs) >= _SAME_TELLING * fewest


def distinct(items: list[Item]) -> list[Item]:
    """No question twice, also not in nearly the same words, nor with the same outline."""
    kept: list[Item] = []
    for candidate in items:
        words = set(candidate["title"].lower().rstrip("?.").split())
        alike = any(len(words & set(known["title"].lower().rstrip("?.").split())) / len(words) > _SAME for known in kept)
        same = not candidate["sources"] and any(
            candidate[part] and candidate[part] == known[part] for known in kept for part in ("text", "weak")
        )
        near = not candidate["sources"] and any(
            _near(candidate["title"], known["title"]) or (in_english() and _mostly_same(candidate["text"], known["text"]))
            for known in kept
        )
        if not alike and not same and not near:
            kept.append(candidate)
    return kept


def mixed(one: list[Item], other: list[Item]) -> list[Item]:
    """Two of one, then one of the other, as long as both last."""
    result: list[Item] = []
    while one or other:
        result += one[:2] + other[:1]
        one, other = one[2:], other[1:]
    return result
