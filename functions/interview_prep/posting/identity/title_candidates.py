"""Candidates for a job's title, with what speaks for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Candidates with their weights; two spellings of one title are one candidate."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    spelled: dict[str, list[tuple[float, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str, weight: float) -> None:
        """A find of a title, under its letters and digits."""
        if key and weight > 0:
            self.weights[key] += weight
            self.spelled[key].append((weight, -len(self.spelled[key]), text))

    def merge(self) -> None:
        """A title and the same with a team behind it are one."""
        for key in sorted(self.weights, key=len):
            if key not in self.weights:
                continue
            longer = [other for other in self.weights if other != key and other.startswith(key) and len(key) > 2]  # noqa: PLR2004
            if longer:
                best = max(longer, key=lambda other: self.weights[other])
                into, out = (key, best) if self.weights[key] >= self.weights[best] else (best, key)
                self.weights[into] += self.weights.pop(out)
                self.spelled[into] += [(weight / 2, at, text) for weight, at, text in self.spelled.pop(out)]

    def ranked(self) -> list[tuple[float, str]]:
        order = sorted(self.weights, key=lambda key: (-self.weights[key], key))
        return [(self.weights[key], max(self.spelled[key])[2]) for key in order]
