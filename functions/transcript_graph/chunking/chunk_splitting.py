"""Chunks: whole turns up to a budget of tokens; a turn that is too long is cut at its sentences' ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from functions.transcript_graph.reading.transcript_types import Transcript, Turn

BUDGET = 400
"""Tokens in a chunk. Fewer facts are found per token in larger ones: see docs/pipelines/transcript-graph.md, the yield curve."""
_ENDS = re.compile(r"[.!?…][\"'”’)]?\s+|[。！？]")
_LONGEST_PIECE = 1600
"""Characters of a piece that has no sentence's end."""

Count = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `at` to `upto` of a transcript's text, in `turns` `first` to `last`; so many tokens."""

    at: int
    upto: int
    first: int
    last: int
    tokens: int


@dataclass(frozen=True, slots=True)
class _Piece:
    at: int
    upto: int
    turn: int


def split_into_chunks(transcript: Transcript, count: Count, budget: int = BUDGET) -> list[Chunk]:
    """The transcript's chunks in order: they do not overlap, and every word is in one.

    A turn that fits stays whole; a chunk holds more than `budget` tokens only if one piece alone does.
    """
    pieces = [piece for number, turn in enumerate(transcript.turns) for piece in _pieces(transcript.text, turn, number)]
    counts = count([transcript.text[piece.at : piece.upto] for piece in pieces])
    return list(_packed(transcript.turns, pieces, counts, budget))


def _packed(turns: Sequence[Turn], pieces: Sequence[_Piece], counts: Sequence[int], budget: int) -> Iterator[Chunk]:
    whole: dict[int, int] = {}
    for piece, tokens in zip(pieces, counts, strict=True):
        whole[piece.turn] = whole.get(piece.turn, 0) + tokens
    held: list[_Piece] = []
    sum_held = 0
    for piece, tokens in zip(pieces, counts, strict=True):
        begins = piece.at == turns[piece.turn].at
        needed = whole[piece.turn] if begins and whole[piece.turn] <= budget else tokens
        if held and sum_held + needed > budget:
            yield _chunk(held, sum_held)
            held, sum_held = [], 0
        held.append(piece)
        sum_held += tokens
    if held:
        yield _chunk(held, sum_held)


def _chunk(held: Sequence[_Piece], tokens: int) -> Chunk:
    return Chunk(held[0].at, held[-1].upto, held[0].turn, held[-1].turn, tokens)


def _pieces(text: str, turn: Turn, number: int) -> Iterator[_Piece]:
    """A turn's sentences; a very long one in cuts at words."""
    begun = turn.at
    for end in _ENDS.finditer(text, turn.at, turn.upto):
        yield from _cuts(text, begun, end.end(), number)
        begun = end.end()
    if begun < turn.upto:
        yield from _cuts(text, begun, turn.upto, number)


def _cuts(text: str, at: int, upto: int, number: int) -> Iterator[_Piece]:
    while upto - at > _LONGEST_PIECE:
        space = text.rfind(" ", at + 1, at + _LONGEST_PIECE)
        cut = space + 1 if space > 0 else at + _LONGEST_PIECE
        yield _Piece(at, cut, number)
        at = cut
    if upto > at:
        yield _Piece(at, upto, number)


def spoken(transcript: Transcript, chunk: Chunk) -> str:
    """The chunk as the model reads it: a line per turn, the speaker before it."""
    lines = []
    for turn in transcript.turns[chunk.first : chunk.last + 1]:
        words = transcript.text[max(turn.at, chunk.at) : min(turn.upto, chunk.upto)].strip()
        lines.append(f"{turn.speaker}: {words}" if turn.speaker else words)
    return "\n".join(lines)
