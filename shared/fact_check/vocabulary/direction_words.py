"""Words that say which way: up or down, bought or sold, profit or loss, beat or missed. Each axis has two ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.fact_check.vocabulary.direction_lexicon import GUARDED, VERBS, WORDS
from shared.text.folding import folded

_NOT = re.compile(
    r"(?:\bnot|n't|\bnever|\bno|\bwithout|\brather than|\binstead of)\s(?:\w{1,8}\s){0,1}$|(?:未|没|没有|不|并非|非)\s?$",
    re.IGNORECASE,
)
_DID_NOT = re.compile(
    r"(?:\b(?:did|does|do|has|have|had|was|were|is) not|(?:did|does|do|has|have|had|was|were|is)n't|\bfail(?:ed|s)? to|\bnever)\s$|(?:未能?|没有?|并未|并没有?|未有|无法)$",
    re.IGNORECASE,
)
"""Denies a verb, so that the opposite is said."""
_VERBAL = frozenset({"change", "flow", "surprise", "cross", "turn"})


@dataclass(frozen=True, slots=True)
class Pole:
    """A word that says which way. `sign`: 1 or -1 on its `axis`."""

    start: int
    end: int
    axis: str
    sign: int


def words_of_axis(axis: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of both ends of an axis that stand for it by themselves, in every form."""
    plus, minus = (
        tuple(
            dict.fromkeys(
                (
                    *_forms(VERBS.get(axis, ("", ""))[end]),
                    *(word for word in folded(WORDS.get(axis, ("", ""))[end]).split("|") if word),
                )
            )
        )
        for end in (0, 1)
    )
    return plus, minus


def _forms(verbs: str) -> Iterator[str]:
    """Every form of each verb of a list, as `direction_lexicon` writes them."""
    for entry in verbs.split():
        first, *irregular = entry.split("=")
        base, _, rest = first.partition("_")
        bare, doubled = base.rstrip("+!"), "+" in base
        stem = bare + bare[-1] if doubled else bare
        last = bare[-1:]
        made = [] if "!" in base else [bare]
        if last == "y" and bare[-2:-1] not in "aeou":
            made += [f"{bare[:-1]}ies", f"{bare}ing"] + ([] if irregular else [f"{bare[:-1]}ied"])
        elif last == "e":
            made += [f"{bare}s", f"{bare[:-1]}ing"] + ([] if irregular else [f"{bare}d"])
        else:
            made += [f"{bare}es" if bare.endswith(("s", "sh", "ch", "x", "z")) else f"{bare}s", f"{stem}ing"]
            made += [] if irregular else [f"{stem}ed"]
        tail = f" {rest.replace('_', ' ')}" if rest else ""
        yield from (f"{form}{tail}" for form in made)
        yield from (form.replace("_", " ") for form in irregular)


UNBOUND = frozenset({"strength", "trend"})
"""Axes whose words say nothing of a figure beside them: strong demand, a growth rate."""
AXES = tuple(dict.fromkeys((*VERBS, *WORDS, *GUARDED)))


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    """One pattern, and what each whole word says; guarded words say it by their group's name."""
    names: dict[str, tuple[str, int]] = {}
    parts = []
    for axis in AXES:
        for name, sign, words, patterns in zip(
            ("plus", "minus"), (1, -1), words_of_axis(axis), GUARDED.get(axis, ("", "")), strict=True
        ):
            for word in words:
                names.setdefault(word, (axis, sign))
            if patterns:
                parts.append(f"(?P<{axis}_{name}>{_bounded(folded(patterns))})")
    latin, han = (_tree([word for word in names if word.isascii() == is_latin]) for is_latin in (True, False))
    # Whole Chinese words first: 買超, 收入 must not be eaten by 超, 入 of another axis.
    whole = f"(?P<word>{han}|(?<![A-Za-z]){latin}(?![A-Za-z]))"
    parts.sort(key=lambda part: "change" in part)
    return re.compile("|".join([whole, *parts]), re.IGNORECASE), names


def _tree(words: Sequence[str]) -> str:
    """A pattern for any of the words, the longest at a place, that tries each character once."""
    branches: dict[str, list[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + _tree(rest) for first, rest in branches.items()]
    return f"(?:{'|'.join(parts)}){'?' if '' in words else ''}" if parts else ""


def _bounded(words: str) -> str:
    """Latin words with word edges, the longest Chinese ones first."""
    found = _split(words)
    latin = [word for word in found if word.isascii()]
    han = sorted((word for word in found if not word.isascii()), key=len, reverse=True)
    parts = [rf"(?<![A-Za-z])(?:{'|'.join(latin)})(?![A-Za-z])"] if latin else []
    return "|".join([*parts, *han])


def _split(words: str) -> list[str]:
    """At the bars that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(words):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(words[start:at])
            start = at + 1
    return [part for part in (*parts, words[start:]) if part]


@lru_cache(maxsize=64)  # asked again for each pair of a text's figures
def poles(text: str) -> tuple[Pole, ...]:
    """Every such word of a folded text, in order: a verb that is denied says the opposite, another denied word nothing."""
    pattern, names = _pattern()
    found = []
    for match in pattern.finditer(text):
        if match.lastgroup == "word":
            axis, sign = names[match[0].lower()]
        else:
            axis, _, name = (match.lastgroup or "").partition("_")
            sign = 1 if name == "plus" else -1
        before = text[max(0, match.start() - 16) : match.start()]
        if axis in _VERBAL and _DID_NOT.search(before):
            found.append(Pole(*match.span(), axis, -sign))
        elif not _NOT.search(before):
            found.append(Pole(*match.span(), axis, sign))
    return tuple(found)
