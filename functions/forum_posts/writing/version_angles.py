"""What makes the versions of one post differ: an angle with its outline, and a trait of the voice. Never the temperature.

Current models refuse a temperature unless reasoning is off, and several calls at one temperature say the same thing in other words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from functions.forum_posts.stage_messages import Language, PostingType
from functions.forum_posts.writing.angle_table import ANALYSIS, INTERACTION, TRAITS, Wording


@dataclass(frozen=True, slots=True)
class Angle:
    """One way to go about a post. `name` is `{angle}` or, with a trait, `{angle}+{trait}`; `brief` is what a prompt says."""

    key: str
    wording: Wording
    chinese: Wording
    trait: str = ""

    @property
    def name(self) -> str:
        """What a version is recorded under; `angle_named` finds it again."""
        return f"{self.key}+{self.trait}" if self.trait else self.key

    def brief(self, language: Language) -> str:
        """Angle, outline and trait for a prompt: in Traditional Chinese for a post in it, else in English."""
        if language == "zh-Hant":
            trait = f"\n語氣：{TRAITS[self.trait][1]}" if self.trait else ""
            return f"角度：{self.chinese.angle}\n大綱：{' → '.join(self.chinese.outline)}{trait}"
        trait = f"\nVoice: {TRAITS[self.trait][0]}" if self.trait else ""
        return f"Angle: {self.wording.angle}\nOutline: {' -> '.join(self.wording.outline)}{trait}"


ANGLES: dict[PostingType, tuple[Angle, ...]] = {
    "interaction": tuple(Angle(*row) for row in INTERACTION),
    "analysis": tuple(Angle(*row) for row in ANALYSIS),
}


def pick(persona: str, posting_type: PostingType, count: int, seed: str) -> tuple[Angle, ...]:
    """`count` different angles, each with another trait, the same ones for the same arguments.

    Personas with consecutive serials start at different angles of the seed's order; the rest is in an order of each persona's own,
    so that not every second version in a forum takes the second angle.

    Raises:
        ValueError: more angles are asked for than there are.
    """
    angles = ANGLES[posting_type]
    if not 0 <= count <= len(angles):
        raise ValueError(f"{count} angles of {len(angles)} for {posting_type}")
    shared = _shuffled([angle.key for angle in angles], seed)
    first = shared[_place(persona) % len(shared)]
    order = [first, *(key for key in _shuffled(shared, f"{seed}|{persona}") if key != first)]
    traits = _shuffled(list(TRAITS), f"{seed}|{persona}")
    by_key = {angle.key: angle for angle in angles}
    return tuple(replace(by_key[key], trait=traits[at % len(traits)]) for at, key in enumerate(order[:count]))


def angle_named(name: str) -> Angle:
    """The angle of a recorded name, with its trait.

    Raises:
        KeyError: there is no such angle.
    """
    key, _, trait = name.partition("+")
    found = {angle.key: angle for angles in ANGLES.values() for angle in angles}[key]
    return replace(found, trait=trait if trait in TRAITS else "")


def angle_after(angle: Angle, posting_type: PostingType, taken: Sequence[str] = ()) -> Angle:
    """The next angle of the kind, with the next trait: what a text that came too close to another is written by instead.

    `taken`: keys of the post's other versions, passed over as long as any other is left.
    """
    angles, traits = ANGLES[posting_type], list(TRAITS)
    keys = [one.key for one in angles]
    at = keys.index(angle.key)
    round_after = [*angles[at + 1 :], *angles[:at]]
    following = next((one for one in round_after if one.key not in taken), round_after[0])
    trait = traits[(traits.index(angle.trait) + 1) % len(traits)] if angle.trait else ""
    return replace(following, trait=trait)


def _shuffled(keys: Sequence[str], seed: str) -> list[str]:
    """An order that depends on the seed alone: by hash, since `random` promises no order across Python's versions."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}|{key}".encode()).digest())


def _place(persona: str) -> int:
    """A serial's own number, so that 208 and 209 differ; else one from its hash."""
    return (
        int(persona) if persona.isascii() and persona.isdigit() else int.from_bytes(hashlib.sha256(persona.encode()).digest()[:4])
    )
