"""A card's colours: an agent's own, the same every day, so that its cards are known by them."""

from __future__ import annotations

from dataclasses import dataclass

from shared.engine.store.paths import digest


@dataclass(frozen=True)
class Palette:
    """`top` and `bottom` of the ground, `ink` of the words (contrast at least 7:1 on both), `quiet` of small ones, `accents`."""

    top: str
    bottom: str
    ink: str
    quiet: str
    accents: tuple[str, str, str]


PALETTES = (
    Palette("#14213d", "#0b1426", "#fdf6e9", "#c3cbdc", ("#f4a259", "#5b8e7d", "#bc4b51")),
    Palette("#f6efe3", "#ecdfc9", "#23201b", "#5a5146", ("#c8553d", "#588b8b", "#f28f3b")),
    Palette("#0f3d3e", "#092627", "#f3f7ef", "#b9d3cc", ("#e2b04a", "#4fa095", "#e76f51")),
    Palette("#eef3f7", "#d7e3ec", "#14222e", "#42566a", ("#2a6f97", "#e56b6f", "#f2b880")),
    Palette("#3b1c32", "#220f1d", "#fff3ec", "#e0bfce", ("#ffb26b", "#a64d79", "#6d72c3")),
    Palette("#f7eded", "#efdadb", "#2f1a1d", "#6b4448", ("#9e2a2b", "#e09f3e", "#335c67")),
    Palette("#1f2421", "#121614", "#f4f1e8", "#bcc6be", ("#dce1de", "#49a078", "#d9a441")),
    Palette("#edf1e4", "#dce5ca", "#1e2a18", "#47573c", ("#606c38", "#bc6c25", "#8fb339")),
)


def palette_of(agent: str) -> Palette:
    return PALETTES[seed_of(agent) % len(PALETTES)]


def seed_of(*parts: str) -> int:
    """A number that the same words always give."""
    return int(digest(*parts)[:12], 16)
