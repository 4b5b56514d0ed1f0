"""What a job found, left out and could not do, in numbers that add up; and what packs of a size yield."""

from __future__ import annotations

from pydantic import Field

from shared.base_message import Message


class Counts(Message):
    """What was found and what was left out. They add up."""

    transcripts: int = 0
    chunks: int = 0
    answered: int = 0
    from_cache: int = 0
    copies: int = 0
    filler: int = 0
    failed: int = 0
    mentions: int = 0
    relations: int = 0
    tokens: int = 0
    dropped: dict[str, int] = Field(
        default_factory=dict, description="What the model said and the text does not bear out, by reason."
    )

    def __add__(self, other: Counts) -> Counts:
        dropped = dict(self.dropped)
        for reason, count in other.dropped.items():
            dropped[reason] = dropped.get(reason, 0) + count
        names = Counts.model_fields.keys() - {"dropped"}
        return Counts(
            **{name: getattr(self, name) + getattr(other, name) for name in names}, dropped=dict(sorted(dropped.items()))
        )


class Trial(Message):
    """A pack of a sample that is asked about in packs of several sizes; with what was found in it, once it was."""

    size: int = Field(description="Tokens in a pack; 0: each chunk alone.")
    chunks: int
    tokens: int
    triples: int = 0
    calls: int = 0


class YieldAt(Message):
    """What packs of a size yield."""

    pack_tokens: int = Field(description="0: each chunk alone.")
    triples_per_1000: float = Field(description="Triples that the text bears out, per 1,000 tokens of it.")
    share: float = Field(description="Of what is found alone.")
    calls: int
    chosen: bool = False
