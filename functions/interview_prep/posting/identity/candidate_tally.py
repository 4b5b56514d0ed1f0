"""Candidates for a title or an employer, with what speaks for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Candidates with their weights; two spellings of one name are one candidate."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    spelled: dict[str, list[tuple[float, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str, weight: float, *, spells: float = 1.0) -> None:
        """`spells`: how far this find's spelling is to be trusted; a sentence cuts names short."""
        if key and weight > 0:
            self.weights[key] += weight
            self.spelled[key].append((weight * spells, -len(self.spelled[key]), text))

    def merge(self) -> None:
        """`Acme` and `Acme Robotics` are one; so are a title and the same with a team behind it."""
        for key in sorted(self.weights, key=len):
            if key not in self.weights:
                continue
            longer = [other for other in self.weights if other != key and other.startswith(key) and len(key) > 2]  # noqa: PLR2004
            if longer:
                best = max(longer, key=lambda other: self.weights[other])
                into, out = (key, best) if self.weights[key] >= self.weights[best] else (best, key)
                self.weights[into] += self.weights.pop(out)
                self.spelled[into] += [(weight / 2, at, text) for weight, at, text in self.spelled.pop(out)]

    def merge_initials(self) -> None:
        """`ICS` and `Institute for Coastal Studies` are one, under the longer."""
        long = {short: key for key in self.weights if len(short := _initials(self._spelling(key))) > 1}
        for key in list(self.weights):
            short = self._spelling(key).removeprefix("The ").removeprefix("the ")
            longer = long.get(short)
            if longer is not None and longer in self.weights and longer != key:
                self.weights[longer] += self.weights.pop(key)

    def _spelling(self, key: str) -> str:
        return max(self.spelled[key])[2]

    def ranked(self) -> list[tuple[float, str]]:
        order = sorted(self.weights, key=lambda key: (-self.weights[key], key))
        return [(self.weights[key], max(self.spelled[key])[2]) for key in order]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())
