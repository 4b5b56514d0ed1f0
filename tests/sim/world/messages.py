"""What travels through the simulator's flows."""

from __future__ import annotations

from pydantic import BaseModel


class Item(BaseModel):
    """One member's work: seconds, paid calls, whether it fails, and which execution of the stage before made it."""

    number: int
    rank: int = 0
    works: float = 0.0
    calls: int = 0
    fails: bool = False
    deadly: bool = False
    pad: str = ""
    made: int = 0


class Toy(BaseModel):
    """A job's request."""

    items: list[Item]
    salt: int = 0
    note_works: float = 0.0


class Square(BaseModel):
    """A member's result. `made` tells executions apart: as with a model, two never give the same."""

    number: int
    square: int
    made: int
    pad: str = ""


class Note(BaseModel):
    """The side stage's result."""

    count: int
    made: int


class Plan(BaseModel):
    """A result of which one field fans out."""

    items: list[Item]
    made: int


class Total(BaseModel):
    """A job's result: exactly which executions it is made of."""

    total: int
    members: list[tuple[int, int]]
    note: tuple[int, int] | None = None


class Sums(BaseModel):
    """What members of a combining join give, and what a combiner makes of several."""

    total: int = 0
    members: list[tuple[int, int]] = []
