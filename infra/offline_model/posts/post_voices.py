"""How a voice of the offline model writes a forum post: what it begins with, how it brings a fact, how it ends."""

from __future__ import annotations

from typing import NamedTuple


class PostVoice(NamedTuple):
    """Sentences of one voice. `{stock}`, `{topic}` and `{fact}` are filled in."""

    openers: tuple[str, ...]
    frames: tuple[str, ...]
    """Each a whole sentence around a fact; the last one follows on another fact."""
    turns: tuple[str, ...]
    """How it comes from the facts to its own view."""
    asks: tuple[str, ...]
    """Ends of a post that asks its readers."""
    watches: tuple[str, ...]
    """Ends of a post that explains."""
    fact_first: bool = False
    """Whether the first fact stands before everything else."""
    reacts: bool = True
    """Whether it says something to a fact."""
    paragraphs: bool = False


VOICE_OF_TRAIT = {
    "dry": "dry", "wry": "dry", "plain": "terse", "terse": "terse", "doubting": "careful", "careful": "careful", "warm": "warm",
    "storyteller": "warm", "blunt": "blunt", "curious": "curious", "teacher": "teacher", "calm": "calm",
}  # fmt: skip
"""Which voice a version's trait is written in."""
SHARED_VOICES = {
    "dry": "dry",
    "wry": "dry",
    "terse": "terse",
    "plain": "terse",
    "careful": "careful",
    "doubting": "careful",
    "warm": "warm",
    "storyteller": "warm",
}
"""Traits that share a voice, with the one of the two that has its first openings and ends."""
